"""Tunnel options of AWS: only values that AWS has come in, because any other text may be a secret in the wrong place."""

import pytest

from lab.errors import Problem
from lab.importers.aws_cli.vpn import vpn_connection
from lab.importers.build import chosen
from lab.importers.build.tunnel_options import options_of
from lab.importers.files import account_from
from lab.importers.record import Record
from tests.unit.importers.accounts import customer_gateway, printed, virtual_private_gateway, vpc, vpn

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


def both(**lists: list[str]) -> list[object]:
    """Two tunnels that allow these values."""
    return [{key: [{"Value": each} for each in words] for key, words in lists.items()}] * 2


@pytest.mark.parametrize(
    ("tunnels", "options", "told"),
    [
        (
            both(Phase2EncryptionAlgorithms=["AES128", "AES256"], Phase2IntegrityAlgorithms=["SHA2-512", "SHA2-384"]),
            {"phase2_encryption": "AES256", "phase2_integrity": "SHA2-384"},
            ["Phase2EncryptionAlgorithms AES256, AES128 → AES256", "Phase2IntegrityAlgorithms SHA2-384, SHA2-512 → SHA2-384"],
        ),
        (
            both(Phase2EncryptionAlgorithms=["AES128", "AES256-GCM-16"], Phase2IntegrityAlgorithms=["SHA1", "SHA2-256"]),
            {},
            ["Phase2EncryptionAlgorithms AES256-GCM-16, AES128 → AES256-GCM-16"],
        ),
        (both(IkeVersions=["ikev1", "ikev2"]), {}, []),
        (both(IkeVersions=["ikev1"]), {"ike_version": 1}, []),
    ],
)
def test_of_several_allowed_values_the_lab_takes_one_and_says_which(tunnels: list[object], options: object, told: list[str]) -> None:
    outputs = printed(
        VpnConnections=[vpn(1, Options={"TunnelOptions": tunnels})],
        CustomerGateways=[customer_gateway(1)],
        VpnGateways=[virtual_private_gateway()],
        Vpcs=[vpc()],
    )
    kept = chosen(account_from(outputs))
    assert options_of(kept.vpn_connections[0]) == options
    found = [
        f"{each.what.removeprefix('tunnels that allow several values: ')} → {each.why.partition('The lab takes ')[2].partition(' (')[0]}"
        for each in kept.remarks
    ]
    assert found == told
