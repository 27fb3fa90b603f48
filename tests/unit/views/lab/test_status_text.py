"""How labs and the host are shown: what is wrong stands out, what is right stays short, JSON has it all."""

import json
from dataclasses import replace
from io import StringIO
from ipaddress import IPv4Address, IPv4Network

import pytest
from rich.console import Console

from lab.model.status import Difference, Finding, FlowStatus, HandFault, LabListing, LabStatus, RouteStatus, SessionStatus, TunnelStatus
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
            FlowStatus(flow="dc1-app", direction="reverse", reachable=False, path=()),
            FlowStatus(flow="dc2-app", direction="forward", reachable=None, path=()),
        ),
        unprobed="lab a: held by lab-test, process 12",
        differences=(Difference(place="vpn1-1", found="no IKE SA", planned="ESTABLISHED"),),
        faults=(HandFault(kind="tunnel-down", target="vpn1-1", parameters=(), since="2026-01-02T03:04:05.678+00:00"),),
    )


def printed(console: Console) -> list[str]:
    """What was printed, line by line, each as single-spaced words."""
    assert isinstance(console.file, StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_a_status_names_faults_sessions_tunnels_routes_and_flows(console: Console, status: LabStatus) -> None:
    print_status(console, status)
    assert printed(console) == [
        "a hybrid, tuned timers, userspace IPsec, 21 nodes",
        "differs from its plan (a fault in force; `./inv lab-heal` puts it right)",
        "by hand tunnel-down vpn1-1, since 2026-01-02 03:04:05 UTC",
        "vpn1-1 no IKE SA, planned: ESTABLISHED",
        "flows not probed: lab a: held by lab-test, process 12",
        "dc1-app → host > core > gw1",
        "dc1-app ← nothing gets through",
        "dc2-app → not probed",
        "sessions 1 of 2 Established, each counted at both ends",
        "gw1 vpn1-1 Active, core",
        "tunnels 1 of 2 with IKE SA and child SA",
        "vpn1-1 IKE SA missing, child SA missing",
        "vpn1-2 IKE SA ESTABLISHED, child SA INSTALLED",
        "routes",
        "core 172.31.0.0/16 via gw1, gw2",
    ]


def test_status_json_says_addresses_as_text_and_keeps_what_is_unknown(status: LabStatus) -> None:
    value = json.loads(status_json(status))
    assert value["schema"] == 1
    assert value["sessions"][0] == {"node": "gw1", "neighbor_node": "vpn1-1", "neighbor": "169.254.10.1", "state": "Active"}
    assert value["routes"][0]["prefix"] == "172.31.0.0/16"
    assert value["flows"][2]["reachable"] is None
    since = "2026-01-02T03:04:05.678+00:00"
    assert value["faults"] == [{"kind": "tunnel-down", "target": "vpn1-1", "parameters": [], "since": since, "until": None}]
    assert value["differences"] == [{"place": "vpn1-1", "found": "no IKE SA", "planned": "ESTABLISHED", "learned": False}]


def test_a_listing_is_a_line_a_lab(console: Console) -> None:
    print_labs(console, [LISTING])
    assert printed(console) == ["lab topology timers ipsec nodes held by", "a hybrid tuned userspace 20 of 21 lab-test, process 12"]


@pytest.mark.parametrize(
    ("held_by", "told"),
    [
        (
            None,
            "is not whole, since a command was killed while it made or removed it (./inv lab-up makes it anew, ./inv lab-down removes it)",
        ),
        ("lab-up, process 7", "is being made or removed"),
    ],
)
def test_a_lab_that_is_not_whole_is_said_to_be_so(console: Console, held_by: str | None, told: str) -> None:
    print_labs(console, [replace(LISTING, partial=True, held_by=held_by), replace(LISTING, lab="b")])
    assert printed(console)[3:] == [f"a: {told}"]


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
    ]


def test_findings_json_lists_every_finding() -> None:
    assert [finding["ok"] for finding in json.loads(findings_json(FINDINGS))["findings"]] == [True, False]
