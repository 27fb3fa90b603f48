"""Experiments of FIS: which targets a check can name, and which only FIS chooses."""

from ipaddress import IPv4Network

import pytest

from lab.importers.build import topology_of
from lab.importers.files import account_from
from lab.importers.printed import Printed
from lab.model.sites import Edge, Site, Sites
from tests.unit.importers.accounts import connection, with_circuits

PREFIX = "10.1.0.0/16"


def imported(actions: tuple[str, ...] = ("cut",), **target: object) -> tuple[list[str], list[str]]:
    """The steps of the checks, and the remarks, of an experiment whose actions all have this target."""
    disconnect = {"actionId": "aws:directconnect:virtual-interface-disconnect", "targets": {"VirtualInterfaces": "t"}}
    ends = ("dxcon-1", "dxcon-2")
    experiment = {
        "id": "EXT1",
        "targets": {"t": {"resourceType": "aws:directconnect:virtual-interface", **target}},
        "actions": dict.fromkeys(actions, disconnect),
    }
    outputs = [*with_circuits(connection(1), connection(2)), Printed(file="fis.json", region="", data={"experimentTemplate": experiment})]
    site = Site(name="dc1", prefixes=(IPv4Network(PREFIX),), edges=(Edge(name="r1", ends=ends),))
    done = topology_of(account_from(outputs), Sites(name="n", summary="s", sites=(site,)))
    steps = [line.strip() for check in done.checks for line in check.text.splitlines() if "fault:" in line]
    return steps, [each.why for each in done.remarks if each.id == "EXT1"]


ARNS = [f"arn:aws:directconnect:us-east-1:210987654321:dxvif/dxvif-{number}" for number in (1, 2)]


@pytest.mark.parametrize("mode", [{"selectionMode": "ALL"}, {}, {"selectionMode": "COUNT(2)"}, {"selectionMode": "PERCENT(100)"}])
def test_a_target_of_which_fis_takes_all_becomes_steps(mode: dict[str, object]) -> None:
    steps, told = imported(resourceArns=ARNS, **mode)
    assert (len(steps), told) == (2, [])


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ({"selectionMode": "COUNT(1)"}, "FIS chooses its targets at random (COUNT(1)), and a check names them"),
        ({"selectionMode": "PERCENT(50)"}, "FIS chooses its targets at random (PERCENT(50)), and a check names them"),
        (
            {"selectionMode": "ALL", "filters": [{"path": "VirtualInterfaceState", "values": ["available"]}]},
            "FIS chooses its targets by the filter VirtualInterfaceState, and a check names them",
        ),
    ],
)
def test_what_only_fis_chooses_is_listed(target: dict[str, object], told: str) -> None:
    steps, remarks = imported(resourceArns=ARNS, **target)
    assert steps == []
    assert [each.partition(" (write")[0] for each in remarks] == [told]


def test_two_actions_that_disconnect_one_interface_at_the_same_time_are_one_step() -> None:
    steps, told = imported(("first", "second"), resourceArns=ARNS[:1])
    assert len(steps) == 1
    assert told == ["another action disconnects it at the same time, and a check breaks a thing once"]
