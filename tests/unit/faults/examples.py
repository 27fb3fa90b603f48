"""One fault of every kind, and the differences that a lab in memory shows while it is in force."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet, ShownMed
from lab.model.change import MedShown
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


def _session(node: str, neighbor: str) -> BgpSession:
    return BgpSession(node=node, asn=65551, neighbor=IPv4Address(neighbor), neighbor_node="dc1-gw1")


def _outlet(node: str, neighbor: str) -> Outlet:
    sessions = (_session("vpn1-1", "169.254.10.2"), _session("vpn1-2", "169.254.10.6"))
    return Outlet(node=node, asn=65001, route_map="AWS-OUT-vpn1", neighbors=(IPv4Address(neighbor),), sessions=sessions, prefix_limit=2)


def _longer(node: str, neighbor: str) -> Announcement:
    return Announcement(outlet=_outlet(node, neighbor), prefixes=tuple(IPv4Network("10.1.0.0/16").subnets()))


FOUR = tuple(IPv4Network("10.1.0.0/16").subnets(prefixlen_diff=2))
NO_ANSWER = "IKE charon does not answer, child none"
OTHER = MedShown(planned=ShownMed(node="vpn1-2", route_map="CUSTOMER-OUT", entry=10, neighbor=IPv4Address("169.254.10.6"), med=200), med=50)

EXAMPLES: dict[str, tuple[Fault, set[tuple[str, str]]]] = {
    "link-down": (
        LinkDown(links=("dci", "isp-a--internet")),
        {("dc1-core:eth3", "down"), ("isp-a:eth0", "down")},
    ),
    "silent-loss": (
        SilentLoss(links=("dci",)),
        {("dc1-core:eth3", "drops packets (silent)"), ("dc2-core:eth3", "drops packets (silent)")},
    ),
    "silent-loss a-to-b": (SilentLoss(links=("dci",), way="a-to-b"), {("dc2-core:eth3", "drops packets (silent)")}),
    "silent-loss b-to-a": (SilentLoss(links=("dci",), way="b-to-a"), {("dc1-core:eth3", "drops packets (silent)")}),
    "carrier-loss": (CarrierLoss(links=("isp-a--internet",)), {("internet:eth0", "down")}),
    "flap": (Flap(links=("dci",), count=3), {("dc1-core:eth3", "down")}),
    "partial-loss": (
        PartialLoss(links=("dci",), loss=0.05),
        {("dc1-core:eth3", "drops packets (lossy)"), ("dc2-core:eth3", "drops packets (lossy)")},
    ),
    "partial-loss a-to-b": (PartialLoss(links=("dci",), loss=0.05, way="a-to-b"), {("dc2-core:eth3", "drops packets (lossy)")}),
    "mtu-drop": (
        MtuDrop(links=("dci",), mtu=1400),
        {("dc1-core:eth3", "drops packets (oversize)"), ("dc2-core:eth3", "drops packets (oversize)")},
    ),
    "mtu-drop b-to-a": (MtuDrop(links=("dci",), mtu=1400, way="b-to-a"), {("dc1-core:eth3", "drops packets (oversize)")}),
    "rate-limit": (
        RateLimit(links=("dci",), bits_per_second=10_000_000),
        {("dc1-core:eth3", "holds packets up (tbf)"), ("dc2-core:eth3", "holds packets up (tbf)")},
    ),
    "rate-limit a-to-b": (
        RateLimit(links=("dci",), bits_per_second=10_000_000, way="a-to-b"),
        {("dc1-core:eth3", "holds packets up (tbf)")},
    ),
    "delay": (
        Delay(links=("dci",), seconds=0.02, jitter_seconds=0.005),
        {("dc1-core:eth3", "holds packets up (netem)"), ("dc2-core:eth3", "holds packets up (netem)")},
    ),
    "delay b-to-a": (Delay(links=("dci",), seconds=0.02, way="b-to-a"), {("dc2-core:eth3", "holds packets up (netem)")}),
    "node-restart": (
        NodeRestart(nodes=("vgw", "dc1-host")),
        {(f"vgw:eth{number}", "down") for number in range(9)}
        | {(f"vgw:{daemon}", "dead") for daemon in ("mgmtd", "zebra", "bfdd", "bgpd")}
        | {("dc1-host:eth0", "down")},
    ),
    "node-kill": (
        NodeKill(nodes=("dc1-gw1", "dc1-gw2")),
        {(node, found) for node in ("dc1-gw1", "dc1-gw2") for found in ("frozen", "drops packets (dead)")},
    ),
    "freeze": (Freeze(node="dc1-core"), {("dc1-core", "frozen")}),
    "freeze of a daemon": (Freeze(node="dc1-core", daemon="bgpd"), {("dc1-core:bgpd", "frozen")}),
    "tunnel-down": (
        TunnelDown(tunnels=("vpn1-1", "vpn1-2")),
        {("vpn1-1", "IKE none, child none"), ("vpn1-2", "IKE none, child none")},
    ),
    "daemon-kill": (DaemonKill(node="vgw", daemon="bgpd"), {("vgw:bgpd", "dead")}),
    "daemon-kill of a charon": (
        DaemonKill(node="dc1-gw1", daemon="charon:vpn1-1"),
        {("dc1-gw1:charon:vpn1-1", "dead"), ("vpn1-1", "IKE charon does not answer, child none")},
    ),
    "bgp-shutdown": (
        BgpShutdown(sessions=(_session("vpn1-1", "169.254.10.2"), _session("vpn1-2", "169.254.10.6"))),
        {("vpn1-1:bgpd", "reconfigured"), ("vpn1-2:bgpd", "reconfigured")},
    ),
    "longer-prefix": (
        LongerPrefix(announcements=(_longer("dc1-gw1", "169.254.10.1"), _longer("dc1-gw2", "169.254.10.9"))),
        {("dc1-gw1:bgpd", "reconfigured"), ("dc1-gw2:bgpd", "reconfigured")},
    ),
    "prefix-withdrawal": (
        PrefixWithdrawal(outlets=(_outlet("dc1-gw1", "169.254.10.1"), _outlet("dc1-gw2", "169.254.10.9"))),
        {("dc1-gw1:bgpd", "reconfigured"), ("dc1-gw2:bgpd", "reconfigured")},
    ),
    "prefix-overflow": (
        PrefixOverflow(announcements=(replace(_longer("dc1-gw1", "169.254.10.1"), prefixes=FOUR),)),
        {("dc1-gw1:bgpd", "reconfigured"), *((f"vpn1-{number}:bgpd", "Idle (PfxCt) to dc1-gw1") for number in (1, 2))},
    ),
    "association-loss": (
        AssociationLoss(legs=(AssociationLeg(session=_session("vgw", "100.64.0.20"), link="dci"),)),
        {("vgw:bgpd", "reconfigured"), ("dc1-core:eth3", "drops packets (silent)"), ("dc2-core:eth3", "drops packets (silent)")},
    ),
    "ike-delete": (IkeDelete(tunnels=("vpn1-1",)), {("vpn1-1", "IKE none, child none")}),
    "rekey-failure": (
        RekeyFailure(tunnels=("vpn1-1",)),
        {("dc1-gw1:charon:vpn1-1", "reconfigured"), ("vpn1-1", "IKE ESTABLISHED, child none")},
    ),
    "wrong-key": (
        WrongKey(tunnels=("vpn1-1",)),
        {("vpn1-1:charon:vpn1-1", "reconfigured"), ("vpn1-1", "IKE none, child none")},
    ),
    "endpoint-replacement": (
        EndpointReplacement(tunnel="vpn1-1", endpoint="vpn1-1", customer="dc1-gw1", other=OTHER),
        {("vpn1-1:charon:vpn1-1", "dead"), ("vpn1-1:bgpd", "dead"), ("vpn1-2:bgpd", "reconfigured"), ("vpn1-1", NO_ANSWER)},
    ),
    "static-route": (
        StaticRoute(routes=tuple((node, Route(prefix=IPv4Network("10.1.0.0/16"), interface="ipsec0")) for node in ("vpn1-1", "vpn1-2"))),
        {("vpn1-1", "route 10.1.0.0/16 out of ipsec0"), ("vpn1-2", "route 10.1.0.0/16 out of ipsec0")},
    ),
}
