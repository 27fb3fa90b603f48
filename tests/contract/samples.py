"""The faults that the contract tests inject, and the differences that a lab then shows."""

from ipaddress import IPv4Address, IPv4Network
from itertools import islice

from lab.model.bgp import Announcement, BgpSession, Outlet, ShownMed
from lab.model.change import Announced, MedShown, SessionShut
from lab.model.fault import (
    AssociationLoss,
    BgpShutdown,
    CarrierLoss,
    DaemonKill,
    Delay,
    EndpointReplacement,
    Fault,
    Flap,
    Freeze,
    IkeDelete,
    LinkDown,
    LongerPrefix,
    MtuDrop,
    NodeKill,
    NodeRestart,
    PartialLoss,
    PrefixOverflow,
    PrefixWithdrawal,
    RateLimit,
    RekeyFailure,
    SilentLoss,
    StaticRoute,
    TunnelDown,
    WrongKey,
)
from lab.model.plan import Route

PATIENCE_SECONDS = 30.0
CABLE = "dci"
NODE = "dc1-gw1"
CORE = "vgw"
TUNNEL = "vpn1-1"
DAEMON = "bgpd"
CHARON = f"charon:{TUNNEL}"
SESSION = BgpSession(node=TUNNEL, asn=65551, neighbor=IPv4Address("169.254.10.2"), neighbor_node=NODE)
SESSION_2 = BgpSession(node="vpn1-2", asn=65551, neighbor=IPv4Address("169.254.10.6"), neighbor_node=NODE)
OUTLET = Outlet(
    node=NODE,
    asn=65001,
    route_map="AWS-OUT-vpn1",
    neighbors=(IPv4Address("169.254.10.1"), IPv4Address("169.254.10.5")),
    sessions=(SESSION, SESSION_2),
    prefix_limit=100,
)
LONGER = Announcement(outlet=OUTLET, prefixes=tuple(IPv4Network("10.1.0.0/16").subnets()))
TOO_MANY = Announcement(outlet=OUTLET, prefixes=tuple(islice(IPv4Network("198.18.0.0/15").subnets(new_prefix=28), 101)))
SHUT, MORE = SessionShut(session=SESSION), Announced(announcement=LONGER)
OTHER_MED = MedShown(
    planned=ShownMed(node="vpn1-2", route_map="CUSTOMER-OUT", entry=10, neighbor=IPv4Address("169.254.10.6"), med=200), med=50
)
NO_CHILD = "IKE ESTABLISHED, child none"
ROUTE = Route(prefix=IPv4Network("10.1.0.0/16"), interface="ipsec0")

FAULTS: dict[str, tuple[Fault, set[str]]] = {
    "link-down": (LinkDown(links=(CABLE,)), {"down"}),
    "silent-loss": (SilentLoss(links=(CABLE,)), {"drops packets (silent)"}),
    "carrier-loss": (CarrierLoss(links=(CABLE,)), {"down"}),
    "flap": (Flap(links=(CABLE,), count=3), {"down"}),
    "partial-loss": (PartialLoss(links=(CABLE,), loss=0.05), {"drops packets (lossy)"}),
    "mtu-drop": (MtuDrop(links=(CABLE,), mtu=1400), {"drops packets (oversize)"}),
    "rate-limit": (RateLimit(links=(CABLE,), bits_per_second=10_000_000), {"holds packets up (tbf)"}),
    "node-restart": (NodeRestart(nodes=(CORE,)), {"down", "dead"}),
    "node-kill": (NodeKill(nodes=(NODE,)), {"drops packets (dead)", "frozen"}),
    "freeze a node": (Freeze(node=NODE), {"frozen"}),
    "freeze a daemon": (Freeze(node=NODE, daemon=DAEMON), {"frozen"}),
    "tunnel-down": (TunnelDown(tunnels=(TUNNEL,)), {"IKE none, child none"}),
    "daemon-kill": (DaemonKill(node=NODE, daemon=DAEMON), {"dead"}),
    "daemon-kill of a charon": (DaemonKill(node=NODE, daemon=CHARON), {"dead", "IKE charon does not answer, child none"}),
    "bgp-shutdown": (BgpShutdown(sessions=(SESSION,)), {"reconfigured"}),
    "longer-prefix": (LongerPrefix(announcements=(LONGER,)), {"reconfigured"}),
    "prefix-withdrawal": (PrefixWithdrawal(outlets=(OUTLET,)), {"reconfigured"}),
    "prefix-overflow": (PrefixOverflow(announcements=(TOO_MANY,)), {"reconfigured", f"Idle (PfxCt) to {NODE}"}),
    "rekey-failure": (RekeyFailure(tunnels=(TUNNEL,)), {"reconfigured", NO_CHILD}),
    "wrong-key": (WrongKey(tunnels=(TUNNEL,)), {"reconfigured", "IKE none, child none"}),
    "endpoint-replacement": (
        EndpointReplacement(tunnel=TUNNEL, endpoint=TUNNEL, customer=NODE, other=OTHER_MED),
        {"dead", "reconfigured", "IKE charon does not answer, child none"},
    ),
    "static-route": (StaticRoute(routes=((TUNNEL, ROUTE),)), {f"route {ROUTE}"}),
}
"""Faults that every kernel supports, and the differences that a lab shows while they are in force."""

ELSEWHERE = {AssociationLoss, Delay, IkeDelete}
"""Kinds tested elsewhere: after ike-delete the tunnel comes back by itself; the others need Direct Connect or netem."""
