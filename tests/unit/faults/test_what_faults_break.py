"""What each kind of fault breaks on shipped topologies, and which paths of flows cross it."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from itertools import chain

import pytest

from lab.intent import resolve_fault
from lab.intent.faults.parameters import Parameters
from lab.model.broken import Broken
from lab.model.fault import FAULT_KINDS, BgpShutdown, Fault
from lab.model.plan import Plan
from tests.networks import SHARED_DEVICE, planned
from tests.shipped import CHECKS, TOPOLOGIES, shipped_check, shipped_plan

NOTHING_SAID = Parameters()

_Hops = tuple[tuple[str, str], ...]


def both(*pairs: tuple[str, str]) -> _Hops:
    return tuple(chain.from_iterable(((one, other), (other, one)) for one, other in pairs))


GW1_TUNNELS = (("dc1-gw1", "vpn1-1"), ("dc1-gw1", "vpn1-2"))
SITE_TUNNELS = (*GW1_TUNNELS, ("dc1-gw2", "vpn2-1"), ("dc1-gw2", "vpn2-2"))
BACKUP = (("dc2-r1", "vpn1-1"), ("dc2-r1", "vpn1-2"))
DX1 = (("dc1-r1", "dx1"), ("dx1", "loc-a-1"))

TABLE: list[tuple[str, str, str, Parameters, Broken]] = [
    ("redundant-dx", "link-down", "dx1", NOTHING_SAID, Broken(links=("dc1-r1--dx1", "dx1--loc-a-1"), hops=both(*DX1))),
    # a provider's link carries four tunnels, an appliance's link two
    (
        "active-active-vpn",
        "link-down",
        "isp-a",
        NOTHING_SAID,
        Broken(links=("isp-a--internet",), hops=both(("isp-a", "internet"), *SITE_TUNNELS)),
    ),
    (
        "active-active-vpn",
        "link-down",
        "dc1-gw1--isp-a",
        NOTHING_SAID,
        Broken(links=("dc1-gw1--isp-a",), hops=both(("dc1-gw1", "isp-a"), *GW1_TUNNELS)),
    ),
    (
        "active-active-vpn",
        "link-down",
        "internet--vpn1-1",
        NOTHING_SAID,
        Broken(links=("internet--vpn1-1",), hops=both(("internet", "vpn1-1"), GW1_TUNNELS[0])),
    ),
    ("redundant-dx", "carrier-loss", "dx1", Parameters(side="customer"), Broken(links=("dc1-r1--dx1",), hops=both(DX1[0]))),
    ("redundant-dx", "carrier-loss", "carrier-a", Parameters(side="aws"), Broken(links=("dx1--loc-a-1",), hops=both(DX1[1]))),
    ("redundant-dx", "flap", "dci", Parameters(count=3), Broken(links=("dci",), hops=both(("dc1-core", "dc2-core")))),
    ("redundant-dx", "silent-loss", "dx1", Parameters(way="a-to-b"), Broken(links=("dc1-r1--dx1", "dx1--loc-a-1"), hops=DX1)),
    # a cable's end `a` is at the site: b-to-a is towards the site, inside a tunnel, too
    (
        "hybrid-backup",
        "silent-loss",
        "isp-a",
        Parameters(way="b-to-a"),
        Broken(links=("isp-a--internet",), hops=(("internet", "isp-a"), ("vpn1-1", "dc2-r1"), ("vpn1-2", "dc2-r1"))),
    ),
    ("redundant-dx", "partial-loss", "dx1", Parameters(loss=0.05), Broken(links=("dc1-r1--dx1",), hops=both(DX1[0]))),
    (
        "hybrid-backup",
        "partial-loss",
        "isp-a",
        Parameters(loss=0.05, way="a-to-b"),
        Broken(links=("isp-a--internet",), hops=(("isp-a", "internet"), *BACKUP)),
    ),
    ("redundant-dx", "mtu-drop", "dx1", Parameters(mtu=1400), Broken(links=("dc1-r1--dx1",), hops=both(DX1[0]))),
    ("redundant-dx", "rate-limit", "dx1", Parameters(rate=8000), Broken(links=("dc1-r1--dx1",), hops=both(DX1[0]))),
    ("redundant-dx", "delay", "dci", Parameters(delay=0.1, way="a-to-b"), Broken(links=("dci",), hops=(("dc1-core", "dc2-core"),))),
    ("redundant-dx", "node-kill", "loc-a", NOTHING_SAID, Broken(nodes=("loc-a-1",))),
    ("redundant-dx", "node-kill", "carrier-a", NOTHING_SAID, Broken(nodes=("dx1",))),
    ("hybrid-backup", "node-kill", "isp-a", NOTHING_SAID, Broken(nodes=("isp-a",), hops=both(*BACKUP))),
    ("active-active-vpn", "node-kill", "us-east-1a", NOTHING_SAID, Broken(nodes=("vpn1-1", "vpn2-1", "vpn3-1", "vpn4-1"))),
    ("active-active-vpn", "node-restart", "dc1-gw1", NOTHING_SAID, Broken(nodes=("dc1-gw1",))),
    ("hybrid-backup", "freeze", "internet", NOTHING_SAID, Broken(nodes=("internet",), hops=both(*BACKUP))),
    ("active-active-vpn", "freeze", "dc1-gw1/bgpd", NOTHING_SAID, Broken(nodes=("dc1-gw1",))),
    (
        "active-active-vpn",
        "freeze",
        "vpn1-1/charon",
        NOTHING_SAID,
        Broken(tunnels=("vpn1-1",), hops=both(GW1_TUNNELS[0])),
    ),
    ("active-active-vpn", "daemon-kill", "vgw/bgpd", NOTHING_SAID, Broken(nodes=("vgw",))),
    (
        "active-active-vpn",
        "daemon-kill",
        "dc1-gw1/charon:vpn1-2",
        NOTHING_SAID,
        Broken(tunnels=("vpn1-2",), hops=both(GW1_TUNNELS[1])),
    ),
    ("active-active-vpn", "tunnel-down", "vpn1", NOTHING_SAID, Broken(tunnels=("vpn1-1", "vpn1-2"), hops=both(*GW1_TUNNELS))),
    ("active-active-vpn", "ike-delete", "vpn1-2", NOTHING_SAID, Broken(tunnels=("vpn1-2",), hops=both(GW1_TUNNELS[1]))),
    ("active-active-vpn", "rekey-failure", "vpn1-2", NOTHING_SAID, Broken(tunnels=("vpn1-2",), hops=both(GW1_TUNNELS[1]))),
    ("active-active-vpn", "wrong-key", "vpn1-2", NOTHING_SAID, Broken(tunnels=("vpn1-2",), hops=both(GW1_TUNNELS[1]))),
    ("active-active-vpn", "endpoint-replacement", "vpn1-1", NOTHING_SAID, Broken(tunnels=("vpn1-1",), hops=both(GW1_TUNNELS[0]))),
    # routing faults break no cable, so a picture marks none
    ("redundant-dx", "bgp-shutdown", "vif1", NOTHING_SAID, Broken(hops=both(DX1[1]))),
    ("hybrid-backup", "bgp-shutdown", "vpn1-1", NOTHING_SAID, Broken(hops=both(BACKUP[0]))),
    ("hybrid-backup", "prefix-withdrawal", "dx1", NOTHING_SAID, Broken(hops=both(DX1[1]))),
    ("hybrid-backup", "prefix-withdrawal", "vpn1", NOTHING_SAID, Broken(hops=both(*BACKUP))),
    ("hybrid-backup", "prefix-overflow", "vif1", NOTHING_SAID, Broken(hops=both(DX1[1]))),
    ("hybrid-backup", "longer-prefix", "vpn1", NOTHING_SAID, Broken(prefixes=tuple(IPv4Network("10.2.0.0/16").subnets()))),
    ("hybrid-backup-tgw", "static-route", "vpn1", NOTHING_SAID, Broken(prefixes=(IPv4Network("10.1.0.0/16"),))),
    ("hybrid-backup", "association-loss", "dxgw", NOTHING_SAID, Broken(links=("loc-a-1--vgw",), hops=both(("loc-a-1", "vgw")))),
]

BY_DX = ("dc1-host", "dc1-core", "dc1-r1", "dx1", "loc-a-1", "vgw", "app-host")
BY_VPN = ("dc2-host", "dc2-core", "dc2-r1", "vpn1-1", "vgw", "app-host")
BETWEEN = ("dc1-host", "dc1-core", "dc2-core", "dc2-host")
APP, DC1, DC2 = IPv4Address("172.31.0.10"), IPv4Address("10.1.0.10"), IPv4Address("10.2.0.10")


@pytest.mark.parametrize(("topology", "kind", "target", "said", "broken"), TABLE, ids=[f"{row[1]} {row[2]}" for row in TABLE])
def test_a_fault_breaks_this(topology: str, kind: str, target: str, said: Parameters, broken: Broken) -> None:
    plan = shipped_plan(topology)
    assert _in_order(resolve_fault(plan, kind, target, said).effect(plan).breaks) == _in_order(broken)


def test_the_table_has_every_kind() -> None:
    assert {row[1] for row in TABLE} == set(FAULT_KINDS)


def test_virtual_interfaces_of_one_connection_break_apart() -> None:
    plan = planned(SHARED_DEVICE)
    broken = {vif: resolve_fault(plan, "bgp-shutdown", vif).effect(plan).breaks.hops for vif in ("vif1", "vif2", "vif3")}
    assert broken["vif1"] == broken["vif3"] == both(("dx1", "loc-a-1-dxgw"))
    assert broken["vif2"] == both(("dx1", "loc-a-1-dxgw-db"))


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_every_session_with_a_customer_is_on_a_hop_between_nodes_of_the_plan(name: str) -> None:
    plan = shipped_plan(name)
    nodes = {node.name for node in plan.nodes}
    sessions = [session for target in plan.targets for session in target.sessions]
    assert sessions
    for session in sessions:
        broken = BgpShutdown(sessions=(session,)).effect(plan).breaks
        assert len(broken.hops) == 2
        assert set(chain.from_iterable(broken.hops)) <= nodes


@pytest.mark.parametrize(("topology", "name"), CHECKS)
def test_a_shipped_check_breaks_something_and_names_what_its_plan_has(topology: str, name: str) -> None:
    plan = shipped_plan(topology)
    for step in shipped_check(topology, name).steps:
        broken = step.fault.effect(plan).breaks
        assert broken != Broken()
        assert {*broken.nodes, *chain.from_iterable(broken.hops)} <= {node.name for node in plan.nodes}
        assert set(broken.links) <= {link.name for link in plan.links}
        assert set(broken.tunnels) <= {tunnel.name for tunnel in plan.tunnels}


@pytest.mark.parametrize(
    ("kind", "target", "path", "destination", "touched"),
    [
        ("silent-loss", "dx1", BY_DX, APP, True),
        ("silent-loss", "dx1", BY_DX[::-1], DC1, True),
        ("silent-loss", "dx1", BY_VPN, APP, False),
        ("silent-loss", "dx1", BETWEEN, DC2, False),
        ("silent-loss", "isp-a", BY_DX, APP, False),
        ("silent-loss", "isp-a", BY_VPN, APP, True),
        ("silent-loss", "isp-a", BY_VPN[::-1], DC2, True),
        ("node-kill", "isp-a", BY_VPN, APP, True),
        ("node-kill", "loc-a", BY_DX, APP, True),
        ("daemon-kill", "dc1-core/bgpd", BETWEEN, DC2, True),
        ("daemon-kill", "dc2-r1/charon:vpn1-2", BY_VPN, APP, False),
        ("tunnel-down", "vpn1-1", BY_VPN, APP, True),
        ("tunnel-down", "vpn1-2", BY_VPN, APP, False),
        ("bgp-shutdown", "vif1", BY_DX, APP, True),
        ("bgp-shutdown", "vif1", BETWEEN, DC2, False),
        ("longer-prefix", "vpn1", BY_DX, DC2, True),
        ("longer-prefix", "vpn1", BY_DX, APP, False),
        ("static-route", "vpn1", BY_DX[::-1], DC1, False),
        ("association-loss", "dxgw", BY_DX, APP, True),
        ("association-loss", "dxgw", BY_VPN, APP, False),
    ],
)
def test_a_flow_passes_what_a_fault_breaks(kind: str, target: str, path: tuple[str, ...], destination: IPv4Address, touched: bool) -> None:
    plan = shipped_plan("hybrid-backup")
    assert resolve_fault(plan, kind, target).effect(plan).breaks.is_crossed_by(path, destination) is touched


def test_loss_one_way_touches_flows_that_pass_either_way() -> None:
    plan = shipped_plan("hybrid-backup")
    one_way = _silent_loss(plan, "a-to-b").effect(plan).breaks
    assert one_way.is_crossed_by(BY_DX, APP)
    assert one_way.is_crossed_by(BY_DX[::-1], DC1)


def test_no_path_passes_nothing() -> None:
    plan = shipped_plan("hybrid-backup")
    assert not _silent_loss(plan, "both").effect(plan).breaks.is_crossed_by((), APP)
    assert not Broken().is_crossed_by(BY_DX, APP)


def _silent_loss(plan: Plan, way: str) -> Fault:
    return resolve_fault(plan, "silent-loss", "dx1", Parameters(way=way))


def _in_order(broken: Broken) -> Broken:
    return replace(broken, hops=tuple(sorted(broken.hops)))
