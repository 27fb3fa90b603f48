"""Two readings of a lab: what changed between them, what has not recovered, and which flows do not go where the routes lead."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest

from lab.analysis.settled import astray, changed, led_to, missing
from lab.model.plan import Bridge, Route
from lab.model.status import Difference, FlowStatus, Look, RouteStatus, SessionStatus, TunnelStatus, Unsettled
from tests.shipped import shipped_plan

PLAN = shipped_plan()
APP = IPv4Network("172.31.0.0/16")
SESSION = SessionStatus(node="dc1-gw1", neighbor_node="vpn1-1", neighbor=IPv4Address("169.254.10.1"), state="Established")
TUNNEL = TunnelStatus(tunnel="vpn1-1", ike="ESTABLISHED", child="INSTALLED")
ROUTE = RouteStatus(node="dc1-core", prefix=APP, via=("dc1-gw1",))
DOWN = Difference(place="dc1-gw1:eth1", found="down", planned="up")
LOOK = Look(sessions=(SESSION,), tunnels=(TUNNEL,), routes=(ROUTE,), differences=())
PATH = ("dc1-host", "dc1-core", "dc1-gw1", "vpn1-1", "vgw", "app-host")
FLOW = FlowStatus(flow="dc1-app", direction="forward", reachable=True, path=PATH)
DEAD = FlowStatus(flow="dc1-app", direction="forward", reachable=False, path=(), lost_after=PATH[:2])


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (LOOK, ()),
        (replace(LOOK, sessions=(replace(SESSION, state="Active"),)), (("session", "dc1-gw1 – vpn1-1"),)),
        (replace(LOOK, tunnels=(replace(TUNNEL, child=None),)), (("tunnel", "vpn1-1"),)),
        (replace(LOOK, routes=(replace(ROUTE, via=("dc1-gw2",)),)), (("route", "dc1-core"),)),
        (replace(LOOK, routes=()), (("route", "dc1-core"),)),
        (replace(LOOK, routes=(ROUTE, replace(ROUTE, node="vgw"))), (("route", "vgw"),)),
        (replace(LOOK, differences=(DOWN,)), (("fault", "dc1-gw1:eth1"),)),
        (replace(LOOK, differences=(replace(DOWN, learned=True),)), ()),
    ],
)
def test_what_two_looks_do_not_agree_on_has_changed(after: Look, found: tuple[tuple[str, str], ...]) -> None:
    assert tuple((each.what, each.name) for each in changed(LOOK, after)) == found
    assert tuple((each.what, each.name) for each in changed(after, LOOK)) == found
    assert all(each.changed for each in changed(LOOK, after))


def test_what_is_down_and_tries_again_has_not_changed() -> None:
    looks = [
        replace(LOOK, sessions=(replace(SESSION, state=state),), tunnels=(replace(TUNNEL, ike=ike, child=None),))
        for state, ike in (("Active", None), ("Connect", "CONNECTING"))
    ]
    assert list(changed(*looks)) == []


def test_sessions_tunnels_and_flows_that_are_not_up_are_missing() -> None:
    unknown = replace(FLOW, direction="reverse", reachable=None, path=())
    assert list(missing(LOOK, [FLOW, unknown])) == []
    look = replace(LOOK, sessions=(replace(SESSION, state="Connect"),), tunnels=(replace(TUNNEL, ike=None),))
    assert list(missing(look, [DEAD])) == [
        Unsettled(what="session", name="dc1-gw1 – vpn1-1", changed=False),
        Unsettled(what="tunnel", name="vpn1-1", changed=False),
        Unsettled(what="flow", name="dc1-app forward", changed=False),
    ]


@pytest.mark.parametrize(
    ("routes", "found"),
    [
        ((ROUTE,), 0),
        ((replace(ROUTE, via=("dc1-gw2", "dc1-gw1")),), 0),
        ((replace(ROUTE, via=("dc1-gw2",)),), 1),
        ((ROUTE, replace(ROUTE, prefix=IPv4Network("172.31.0.0/24"), via=("dc1-gw2",))), 1),
        ((replace(ROUTE, prefix=IPv4Network("10.2.0.0/16"), via=("dc2-core",)),), 0),
        ((replace(ROUTE, via=()),), 0),
    ],
)
def test_a_flow_is_astray_where_a_router_on_its_path_sends_it_elsewhere(routes: tuple[RouteStatus, ...], found: int) -> None:
    assert list(astray(PLAN, [FLOW, DEAD], routes)) == [Unsettled(what="flow", name="dc1-app forward", changed=True)] * found


def test_a_flow_back_is_held_against_the_routes_to_where_it_began() -> None:
    back = FlowStatus(flow="dc1-app", direction="reverse", reachable=True, path=PATH[::-1])
    routes = [RouteStatus(node="vgw", prefix=IPv4Network("10.1.0.0/16"), via=("vpn1-2",))]
    assert len(list(astray(PLAN, [back], routes))) == 1
    assert list(astray(PLAN, [FLOW], routes)) == []


def test_a_bridge_on_the_way_is_no_hop() -> None:
    nodes = tuple(replace(node, bridges=(Bridge(name="br0", ports=()),)) if node.name == "isp-a" else node for node in PLAN.nodes)
    through = replace(FLOW, path=("dc1-host", "dc1-core", "isp-a", *PATH[2:]))
    assert list(astray(replace(PLAN, nodes=nodes), [through], [ROUTE])) == []
    assert len(list(astray(PLAN, [through], [ROUTE]))) == 1


def test_a_static_route_to_the_destination_may_lead_elsewhere() -> None:
    nodes = tuple(replace(node, routes=(Route(prefix=APP, interface="eth0"),)) if node.name == "dc1-core" else node for node in PLAN.nodes)
    assert list(astray(replace(PLAN, nodes=nodes), [FLOW], [replace(ROUTE, via=("dc1-gw2",))])) == []


def test_of_a_lost_packet_it_is_known_where_its_last_router_sends_it() -> None:
    assert led_to(PLAN, DEAD, [ROUTE]) == ("dc1-gw1",)
    assert led_to(PLAN, DEAD, []) == ()
    assert led_to(PLAN, FLOW, [ROUTE]) == ()
