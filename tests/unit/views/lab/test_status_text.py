"""How labs and the host are shown: problems are visible, everything else is short, and JSON has all."""

import json
from dataclasses import replace
from io import StringIO
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

import pytest
from rich.console import Console

from lab.model.status import (
    NO_LAB,
    Acted,
    Difference,
    Finding,
    FlowStatus,
    HandFault,
    LabListing,
    LabStatus,
    NodeAddress,
    NodeStatus,
    RouteStatus,
    SessionStatus,
    TunnelStatus,
    Unsettled,
)
from lab.views.host import findings_json, print_findings
from lab.views.lab.labs import labs_json, print_labs
from lab.views.lab.status import print_status, status_json

LISTING = LabListing(lab="a", topology="hybrid", timers="tuned", ipsec="userspace", nodes=21, running=20, held_by="lab-test, process 12")
FINDINGS = (
    Finding(name="docker", ok=True, found="27.1", consequence="", way_out=""),
    Finding(
        name="XFRM interfaces", ok=False, found="not in this kernel", consequence="no --ipsec kernel", way_out="modprobe xfrm_interface"
    ),
)


def _addresses(*written: str) -> tuple[NodeAddress, ...]:
    return tuple(NodeAddress(interface=f"eth{number}", address=IPv4Interface(address)) for number, address in enumerate(written))


@pytest.fixture
def status() -> LabStatus:
    """A lab with one tunnel of two broken."""
    address = IPv4Address("169.254.10.1")
    return LabStatus(
        lab="a",
        topology="hybrid",
        timers="tuned",
        ipsec="userspace",
        nodes=21,
        sessions=(
            SessionStatus(node="gw1", neighbor_node="vpn1-1", neighbor=address, state="Active"),
            SessionStatus(node="gw1", neighbor_node="core", neighbor=address, state="Established"),
        ),
        tunnels=(
            TunnelStatus(tunnel="vpn1-1", ike=None, child=None),
            TunnelStatus(tunnel="vpn1-2", ike="ESTABLISHED", child="INSTALLED"),
        ),
        routes=(RouteStatus(node="core", prefix=IPv4Network("172.31.0.0/16"), via=("gw1", "gw2")),),
        flows=(
            FlowStatus(flow="dc1-app", direction="forward", reachable=True, path=("host", "core", "gw1")),
            FlowStatus(flow="dc1-app", direction="reverse", reachable=False, path=(), lost_after=("host", "core"), sent_to=("gw1",)),
            FlowStatus(flow="dc2-app", direction="forward", reachable=None, path=()),
        ),
        unprobed="lab a: held by lab-test, process 12",
        differences=(Difference(place="vpn1-1", found="no IKE SA", planned="ESTABLISHED"),),
        faults=(HandFault(kind="tunnel-down", target="vpn1-1", parameters=(), since="2026-01-02T03:04:05.678+00:00"),),
        inventory=(
            NodeStatus(node="host", role="host", trouble=None, addresses=_addresses("10.1.0.10/24")),
            NodeStatus(node="core", role="core router", trouble=None, addresses=_addresses("10.1.0.1/24", "100.64.0.0/31")),
            NodeStatus(node="gw1", role="customer gateway", trouble=None, addresses=()),
            NodeStatus(node="gw2", role="customer gateway", trouble="frozen", addresses=()),
        ),
        other_routes=3,
    )


def printed(console: Console) -> list[str]:
    """What was printed, line by line, with single spaces."""
    assert isinstance(console.file, StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_a_status_names_faults_flows_and_nodes_with_their_neighbors(console: Console, status: LabStatus) -> None:
    print_status(console, status)
    assert printed(console) == [
        "a hybrid, tuned timers, userspace IPsec, 21 nodes",
        "differs from its plan (a fault in force; `./inv lab-heal` repairs it)",
        "by hand tunnel-down vpn1-1, since 2026-01-02 03:04:05 UTC",
        "vpn1-1 no IKE SA, planned: ESTABLISHED",
        "flows not probed: lab a: held by lab-test, process 12",
        "dc1-app → host > core > gw1",
        "dc1-app ← nothing gets through; last seen at core, whose route leads to gw1",
        "dc2-app → not probed",
        "nodes BGP neighbors; 1 of 2 sessions Established, each counted at both ends",
        "host 10.1.0.10",
        "core 10.1.0.1",
        "gw1 vpn1-1 169.254.10.1 Active, core 169.254.10.1",
        "gw2 frozen",
        "tunnels 1 of 2 with IKE SA and child SA",
        "vpn1-1 IKE SA missing, child SA missing",
        "routes 1 learned by BGP, 3 different from the healthy lab (--all lists them)",
    ]


def test_all_of_a_status_also_has_every_address_session_tunnel_and_route(console: Console, status: LabStatus) -> None:
    print_status(console, status, every=True)
    assert printed(console)[8:] == [
        "nodes planned addresses",
        "host host eth0 10.1.0.10/24",
        "core core router eth0 10.1.0.1/24, eth1 100.64.0.0/31",
        "gw1 customer gateway",
        "gw2 customer gateway frozen",
        "sessions 1 of 2 Established, each counted at both ends",
        "gw1 vpn1-1 169.254.10.1 Active",
        "core 169.254.10.1 Established",
        "tunnels 1 of 2 with IKE SA and child SA",
        "vpn1-1 IKE SA missing, child SA missing",
        "vpn1-2 IKE SA ESTABLISHED, child SA INSTALLED",
        "routes 1 learned by BGP, 3 different from the healthy lab",
        "core 172.31.0.0/16 via gw1, gw2",
    ]


WHOLE = {"differences": (), "faults": (), "unprobed": None}


def test_a_lab_at_rest_without_a_fault_is_as_planned(console: Console, status: LabStatus) -> None:
    print_status(console, replace(status, **WHOLE, other_routes=0))
    lines = printed(console)
    assert (lines[1], lines[-1]) == ("as planned, no fault in force", "routes 1 learned by BGP, the same as in the healthy lab")


def test_what_is_learned_is_a_fault_only_while_one_is_in_force(console: Console, status: LabStatus) -> None:
    learned = Difference(place="vpn1-1", found="IKE none, child none", planned="ESTABLISHED, INSTALLED", learned=True)
    late = Unsettled(what="tunnel", name="vpn1-1", changed=False)
    print_status(console, replace(status, **WHOLE | {"differences": (learned,)}, unsettled=(late,)))
    assert printed(console)[1:3] == ["converging: no fault in force, but not yet as before: tunnel vpn1-1", "flows"]


def test_a_converging_flow_shows_no_path_and_the_rest_says_what_changed(console: Console, status: LabStatus) -> None:
    moving = [Unsettled(what="route", name=f"gw{number}", changed=True) for number in range(5)]
    flow = Unsettled(what="flow", name="dc1-app forward", changed=True)
    print_status(console, replace(status, unsettled=(*moving, flow)))
    lines = printed(console)
    assert lines[4] == "converging, look again: routes of gw0, gw1, gw2 and 2 more; flow dc1-app → changed while we looked"
    assert "dc1-app → converging" in lines
    assert not any("dc1-app → host" in line for line in lines)


def test_a_container_that_is_gone_needs_a_new_lab(console: Console, status: LabStatus) -> None:
    inventory = (*status.inventory[:3], replace(status.inventory[3], trouble="container exited"))
    print_status(console, replace(status, inventory=inventory))
    lines = printed(console)
    assert lines[1] == "differs from its plan (a container is gone; ./inv lab-down, then lab-up)"
    assert "gw2 container exited" in lines


def test_many_differences_leave_room_for_the_rest_of_the_screen(console: Console, status: LabStatus) -> None:
    many = tuple(Difference(place=f"gw{number}", found="down", planned="up") for number in range(20))
    print_status(console, replace(status, differences=many))
    assert printed(console)[4:7] == [
        "gw1 down, planned: up",
        "and 18 more (--all lists them)",
        "flows not probed: lab a: held by lab-test, process 12",
    ]


def test_a_monitor_is_shown_with_the_way_to_its_pages(console: Console, status: LabStatus) -> None:
    print_status(console, status)
    assert not any(line.startswith("monitor") for line in printed(console))
    print_status(console, replace(status, is_monitored=True))
    assert "monitor Prometheus and Alertmanager run (./inv lab-monitor opens their pages)" in printed(console)


def test_the_last_actions_of_automations_are_shown_and_all_of_them_if_asked(console: Console, status: LabStatus) -> None:
    actions = tuple(Acted(at=f"2026-01-02T03:04:0{second}.250+00:00", what=f"brown-out: act {second}") for second in range(6))
    print_status(console, replace(status, actions=actions))
    lines = printed(console)
    assert lines[1] == "differs from its plan (a fault or an action in force; `./inv lab-heal` repairs it)"
    first = lines.index("automations what they did") + 1
    assert lines[first : first + 4] == [f"2026-01-02 03:04:0{second} UTC brown-out: act {second}" for second in range(2, 6)]
    print_status(console, replace(status, actions=actions), every=True)
    assert "2026-01-02 03:04:00 UTC brown-out: act 0" in printed(console)
    assert json.loads(status_json(replace(status, actions=actions)))["actions"][0]["what"] == "brown-out: act 0"


def test_a_neighbor_is_not_torn_from_its_address(console: Console, status: LabStatus) -> None:
    sessions = tuple(replace(status.sessions[1], node="gw1", neighbor_node=f"neighbor-number-{number}") for number in range(6))
    print_status(console, replace(status, sessions=sessions))
    rows = [line for line in printed(console) if "neighbor-number" in line]
    assert len(rows) == 3
    assert all(line.endswith(("169.254.10.1,", "169.254.10.1")) for line in rows)


def test_status_json_says_addresses_as_text_and_keeps_what_is_unknown(status: LabStatus) -> None:
    value = json.loads(status_json(status))
    assert value["schema"] == 1
    assert value["sessions"][0] == {"node": "gw1", "neighbor_node": "vpn1-1", "neighbor": "169.254.10.1", "state": "Active"}
    assert value["routes"][0]["prefix"] == "172.31.0.0/16"
    assert value["flows"][2]["reachable"] is None
    since = "2026-01-02T03:04:05.678+00:00"
    assert value["faults"] == [{"kind": "tunnel-down", "target": "vpn1-1", "parameters": [], "since": since, "until": None}]
    assert value["inventory"][0]["addresses"] == [{"interface": "eth0", "address": "10.1.0.10/24"}]
    assert (value["converging"], value["unsettled"], value["other_routes"]) == (False, [], 3)
    assert value["differences"] == [{"place": "vpn1-1", "found": "no IKE SA", "planned": "ESTABLISHED", "learned": False}]


def test_a_listing_is_a_line_a_lab(console: Console) -> None:
    print_labs(console, [LISTING])
    assert printed(console) == ["lab topology timers ipsec nodes held by", "a hybrid tuned userspace 20 of 21 lab-test, process 12"]


@pytest.mark.parametrize(
    ("held_by", "told"),
    [
        (
            None,
            "is incomplete, because a command was killed while it deployed or removed the lab "
            "(./inv lab-up deploys it again, ./inv lab-down removes it)",
        ),
        ("lab-up, process 7", "is being deployed or removed"),
    ],
)
def test_a_lab_that_is_not_whole_is_said_to_be_so(console: Console, held_by: str | None, told: str) -> None:
    print_labs(console, [replace(LISTING, partial=True, held_by=held_by), replace(LISTING, lab="b")])
    assert printed(console)[3:] == [f"lab a {told}"]


def test_no_labs_are_said_in_words(console: Console) -> None:
    print_labs(console, [])
    assert printed(console) == ["no lab is running"]


def test_labs_json_lists_every_lab() -> None:
    assert json.loads(labs_json([LISTING]))["labs"][0]["held_by"] == "lab-test, process 12"


def test_what_the_host_lacks_comes_with_consequence_and_way_out(console: Console) -> None:
    print_findings(console, FINDINGS)
    assert printed(console) == [
        "ok docker 27.1",
        "lacking XFRM interfaces not in this kernel",
        "so no --ipsec kernel",
        "way out modprobe xfrm_interface",
        "",
        "Labs can run, with the limits after `so`. Go on with:",
        "sudo ./inv lab-test -t active-active-vpn --check one-appliance",
    ]


def test_a_host_with_everything_is_told_how_to_go_on(console: Console) -> None:
    print_findings(console, FINDINGS[:1])
    assert printed(console)[-2:] == [
        "Everything needed is here. Go on with:",
        "sudo ./inv lab-test -t active-active-vpn --check one-appliance",
    ]


def test_a_host_without_something_essential_is_told_what_is_missing(console: Console) -> None:
    docker = Finding(name="Docker", ok=False, found="none", consequence=f"{NO_LAB}; so it is", way_out="install it")
    print_findings(console, [docker, *FINDINGS])
    words = "No lab can run yet. Missing: Docker. Do what is written after `way out`, then run ./inv doctor again."
    assert " ".join(printed(console)).endswith(words)


def test_findings_json_lists_every_finding() -> None:
    assert [finding["ok"] for finding in json.loads(findings_json(FINDINGS))["findings"]] == [True, False]


def test_a_student_sees_no_difference_and_a_teacher_sees_the_flaws(status: LabStatus) -> None:
    student, teacher = StringIO(), StringIO()
    print_status(Console(file=student, width=100), replace(status, differences=(), faults=(), is_concealed=True))
    assert "a lab of a workshop: what is wrong is for you to find" in student.getvalue()
    assert "as planned" not in student.getvalue()
    print_status(Console(file=teacher, width=100), replace(status, flaws=("No BFD on the circuit.",)))
    assert "No BFD on the circuit." in teacher.getvalue()
