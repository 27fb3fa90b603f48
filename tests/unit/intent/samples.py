"""Samples: a shipped topology's file, and a small hand-made plan in which the names of a check are resolved."""

from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from pathlib import Path

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet, ShownMed
from lab.model.flow import Flow, FlowEnd
from lab.model.plan import Circuits, Endpoint, Interface, Ipsec, Link, Node, Plan, Role, Route, Target, Timers
from lab.model.tunnel import Tunnel, TunnelEnd

SHIPPED = Path(__file__).parents[3] / "topologies" / "active-active-vpn.yaml"


OUTSIDE = IPv4Address("203.0.113.1")
INTERFACES = (
    Interface(name="eth0", address=IPv4Interface((OUTSIDE, 32)), mac="02:fb:00:00:00:01"),
    Interface(name="eth1", address=IPv4Interface("100.65.0.0/31"), mac="02:fb:00:00:00:02"),
)


def _node(name: str, role: Role, place: str, *charons: str) -> Node:
    return Node(name=name, role=role, place=place, interfaces=INTERFACES, daemons=("zebra", "bfdd", "bgpd", *charons))


NODES = (
    _node("dc1-core", Role.CORE, "dc1"),
    _node("dc2-core", Role.CORE, "dc2"),
    _node("dc1-gw1", Role.CUSTOMER_GATEWAY, "dc1", "charon:vpn1-1", "charon:vpn1-2"),
    _node("vpn1-1", Role.VPN_ENDPOINT, "us-east-1a", "charon:vpn1-1"),
    _node("vpn1-2", Role.VPN_ENDPOINT, "us-east-1b", "charon:vpn1-2"),
    _node("vgw", Role.GATEWAY, "us-east-1"),
    Node(name="isp-a", role=Role.INTERNET, place="isp-a", interfaces=()),
)
SESSION = BgpSession(node="eqdc2-1", asn=65551, neighbor=IPv4Address("100.65.0.0"), neighbor_node="dc1-gw1")
OUTLET = Outlet(
    node="dc1-gw1",
    asn=65001,
    route_map="AWS-OUT-vpn1",
    neighbors=(IPv4Address("169.254.10.1"), IPv4Address("169.254.10.5")),
    sessions=(),
    prefix_limit=2,
)
LONGER = Announcement(outlet=OUTLET, prefixes=tuple(IPv4Network("10.1.0.0/16").subnets()))
LEG = AssociationLeg(session=BgpSession(node="vgw", asn=65551, neighbor=IPv4Address("100.64.0.1"), neighbor_node="eqdc2-1"), link="dci")
SHOWN = tuple(
    ShownMed(node=f"vpn1-{number}", route_map="CUSTOMER-OUT", entry=10, neighbor=IPv4Address("169.254.10.2"), med=100 * number)
    for number in (1, 2)
)
STATIC = tuple((node, Route(prefix=IPv4Network("10.1.0.0/16"), interface="ipsec0")) for node in ("vpn1-1", "vpn1-2"))
TARGETS = (
    *(
        Target(name=node.name, what=node.role.value, nodes=(node.name,), waypoints=(node.name,))
        for node in NODES
        if node.name[:4] not in {"vpn1", "isp-"}
    ),
    Target(name="dci", what="interconnect", links=("dci",)),
    Target(
        name="vpn1",
        what="VPN connection",
        tunnels=("vpn1-1", "vpn1-2"),
        outlets=(OUTLET,),
        announcements=(LONGER,),
        static_routes=STATIC,
        waypoints=("vpn1-1", "vpn1-2"),
    ),
    Target(name="vif1", what="virtual interface", sessions=(SESSION,)),
    Target(name="dxgw", what="Direct Connect gateway", legs=(LEG,)),
    Target(name="vpn1-1", what="VPN tunnel", nodes=("vpn1-1",), tunnels=("vpn1-1",), waypoints=("vpn1-1",)),
    Target(name="vpn1-2", what="VPN tunnel", nodes=("vpn1-2",), tunnels=("vpn1-2",), waypoints=("vpn1-2",)),
    Target(name="isp-a", what="provider", links=("dc1-gw1--isp-a",), nodes=("isp-a",), waypoints=("isp-a",)),
    Target(name="dc1", what="data centre", nodes=("dc1-core", "dc1-gw1")),
)


def small_plan() -> Plan:
    """One data centre with a VPN connection, a second data centre on an interconnect, and two flows."""
    return Plan(
        name="small",
        summary="A plan by hand.",
        timers=Timers.TUNED,
        ipsec=Ipsec.USERSPACE,
        circuits=Circuits.CABLES,
        nodes=NODES,
        links=(
            _link("dci", "dc1-core", "dc2-core"),
            *(_link(f"{node}--isp-a", node, "isp-a") for node in ("dc1-gw1", "vpn1-1", "vpn1-2")),
            Link(name="dc1-gw1--dx1", a=Endpoint(node="dc1-gw1", interface="eth1"), b=Endpoint(node="dx1", interface="eth0")),
        ),
        tunnels=(_tunnel(1), _tunnel(2)),
        sessions=(),
        flows=(_flow("dc1-app"), _flow("dc1-dc2")),
        targets=TARGETS,
    )


def _tunnel(number: int) -> Tunnel:
    def end(node: str, last: int) -> TunnelEnd:
        address = IPv4Address("169.254.10.0") + 4 * (number - 1) + last
        return TunnelEnd(node=node, device="ipsec0", outside=OUTSIDE, inside=IPv4Interface((address, 30)))

    name = f"vpn1-{number}"
    return Tunnel(name=name, connection="vpn1", customer=end("dc1-gw1", 2), aws=end(name, 1), mtu=1438, shown=SHOWN[number - 1])


def _link(name: str, a: str, b: str) -> Link:
    return Link(name=name, a=Endpoint(node=a, interface="eth0"), b=Endpoint(node=b, interface="eth0"))


def _flow(name: str) -> Flow:
    end = FlowEnd(node="host", interface="eth0", address=IPv4Address("10.0.0.1"), mac="02:fb:00:00:00:01", gateway_mac="02:fb:00:00:00:02")
    return Flow(name=name, source=end, target=end)
