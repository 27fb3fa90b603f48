"""Tunnel options of AWS: only values that AWS has come in, because any other text may be a secret in the wrong place."""

import pytest

from lab.errors import Problem
from lab.importers.aws_cli.vpn import vpn_connection
from lab.importers.record import Record

_SECRET = "correct-horse-battery-staple"


def read(option: object) -> tuple[tuple[str, ...], list[Problem]]:
    """The options of the first tunnel, and the problems."""
    problems: list[Problem] = []
    vpn = {"VpnConnectionId": "vpn-1", "CustomerGatewayId": "cgw-1", "Options": {"TunnelOptions": [option]}}
    (found,) = vpn_connection(Record(data=vpn, file="vpn.json", place="VpnConnections[0]", problems=problems), "eu-west-1")
    return found.tunnels[0].options, problems


def test_values_that_aws_has_come_in_unless_they_are_the_usual_ones() -> None:
    options, problems = read({"StartupAction": "start", "DpdTimeoutAction": "clear", "IkeVersions": [{"Value": "ikev2"}]})
    assert (options, problems) == (("StartupAction start", "IkeVersions ikev2"), [])


@pytest.mark.parametrize("option", [{"StartupAction": _SECRET}, {"IkeVersions": [{"Value": _SECRET}]}, {"DpdTimeoutSeconds": _SECRET}])
def test_any_other_text_is_a_problem_that_does_not_show_it(option: dict[str, object]) -> None:
    options, problems = read(option)
    assert options == ()
    (problem,) = problems
    assert "expected" in problem.message
    assert _SECRET not in str(problem)
