"""Transit gateways: sharing over VPN, route classes and allowed prefixes."""

from contextlib import ExitStack
from ipaddress import IPv4Network

from lab.model.aws import TRANSIT_GATEWAY_MTU, TUNNEL_MTU
from lab.model.plan import Route
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import announced, broken, shut
from tests.live.behaviour.labs import TGW
from tests.live.behaviour.preference import SHARED, SITE, goes, hears
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, as_paths, heard, next_hop, prefixes, state, via, walk
from tests.live.behaviour.sessions import over_the_limit
from tests.waiting import wait_for

DEVICE = "loc-a-1"
_ECMP = ("TGW ECMP",)
_CLASSES = ("Class preference VGW/TGW",)
_ALLOWED = ("Allowed prefixes",)


@shown(
    "A transit gateway spreads flows over all VPN tunnels with the same AS_PATH.",
    source="1.6 T26, BC",
    of=_ECMP,
    lab=TGW,
    done="64 flows with different source ports are looked up.",
    seen="The next hops are the connection's two tunnels. Each gets at least a quarter of the flows.",
)
def shares_flows(lab: RunningLab) -> None:
    goes(lab, "tgw", "10.2.0.0/16", "vpn2-1", "vpn2-2")
    hops = [
        next_hop(lab, "tgw", "10.2.0.10", "from", "172.31.0.10", "iif", _host_interface(lab), *_flow(port)) for port in range(20000, 20064)
    ]
    assert {hop: hops.count(hop) >= 16 for hop in hops} == {"vpn2-1": True, "vpn2-2": True}, hops


@shown(
    "Jumbo frames of 8500 octets pass a transit virtual interface and a transit gateway. A VPN on the same gateway carries 1438.",
    source="3.1 D23, T23, AT26",
    lab=TGW,
    done="Pings with Don't Fragment go from the VPC to a site behind the circuit (8500 octets), and to one behind a VPN (1438 and 8500).",
    seen="The first two are answered. The last one is not.",
)
def jumbo_frames(lab: RunningLab) -> None:
    assert answers(lab, "app-host", "dc1-host", octets=TRANSIT_GATEWAY_MTU)
    assert answers(lab, "app-host", "dc2-host", octets=TUNNEL_MTU)
    assert not answers(lab, "app-host", "dc2-host", octets=TRANSIT_GATEWAY_MTU)


@shown(
    "A transit gateway does not share between VPN connections with different AS_PATHs, even of equal length.",
    source="2.2 T26",
    of=_ECMP,
    lab=TGW,
    done="Two customers with different ASNs announce the same prefix by VPN. Then the first prepends once.",
    seen="The gateway uses both tunnels of the first connection and none of the second. Then it uses both of the second.",
)
def no_sharing_across_paths(lab: RunningLab) -> None:
    with announced(lab, "vpn2", (SHARED,)):
        with announced(lab, "vpn1", (SHARED,)):
            for tunnel in ("vpn1-1", "vpn1-2", "vpn2-1", "vpn2-2"):
                hears(lab, "tgw", tunnel, SHARED)
            goes(lab, "tgw", SHARED, "vpn1-1", "vpn1-2")
        with announced(lab, "vpn1", (SHARED,), "as-path prepend 65001"):
            hears(lab, "tgw", "vpn1-2", SHARED, as_path="65001 65001")
            goes(lab, "tgw", SHARED, "vpn2-1", "vpn2-2")


@shown(
    "Without VPN ECMP support a transit gateway uses one tunnel.",
    source="1.6 T26",
    of=_ECMP,
    lab=TGW,
    done="Nothing. A second transit gateway has it off.",
    seen="Two equal paths, one next hop.",
)
def sharing_off(lab: RunningLab) -> None:
    assert len(as_paths(lab, "tgw-lone", "10.2.0.0/16")) == 2
    assert via(lab, "tgw-lone", "10.2.0.0/16") == ("vpn3-1",)


@shown(
    "A static VPN uses one tunnel, even with VPN ECMP support. When it goes down, the other tunnel takes over.",
    source="1.6 T26, RP",
    of=_ECMP,
    lab=TGW,
    done="The first tunnel of a static VPN goes down.",
    seen="The gateway has the routes of both tunnels. It uses the first, then the second, then the first again.",
)
def static_never_shares(lab: RunningLab) -> None:
    for tunnel in ("vpn4-1", "vpn4-2"):
        hears(lab, "tgw", tunnel, "10.7.0.0/16", as_path="", local_preference=600)
    goes(lab, "tgw", "10.7.0.0/16", "vpn4-1")
    with broken(lab, "tunnel-down", "vpn4-1"):
        goes(lab, "tgw", "10.7.0.0/16", "vpn4-2")
    goes(lab, "tgw", "10.7.0.0/16", "vpn4-1")


@shown(
    "A static route into a tunnel goes away with the tunnel.",
    source="1.6 XC, 2.1",
    of=_CLASSES,
    lab=TGW,
    done="Both tunnels of a VPN with BGP get static routes to a site (the fault `static-route`). Then one tunnel goes down.",
    seen="The gateway uses the first tunnel, then the second.",
)
def static_follows_the_tunnel(lab: RunningLab) -> None:
    with broken(lab, "static-route", "vpn2"):
        hears(lab, "tgw", "vpn2-2", "10.2.0.0/16", as_path="", local_preference=600)
        goes(lab, "tgw", "10.2.0.0/16", "vpn2-1")
        with broken(lab, "tunnel-down", "vpn2-1"):
            goes(lab, "tgw", "10.2.0.0/16", "vpn2-2")


@shown(
    "A transit gateway prefers Direct Connect to a VPN with BGP, whatever the AS_PATH.",
    source="2.2 T26",
    of=_CLASSES,
    lab=TGW,
    done="A site announces its prefix by VPN, and by Direct Connect with three prepends. Then Direct Connect and the VPN over it are shut.",
    seen="The gateway uses Direct Connect, then the two tunnels.",
)
def direct_connect_before_vpn(lab: RunningLab) -> None:
    with announced(lab, "vif1", (SITE,), "as-path prepend 65001 65001 65001"):
        hears(lab, "tgw", DEVICE, as_path="65001 65001 65001 65001")
        hears(lab, "tgw", "vpn1-1", as_path="65001")
        goes(lab, "tgw", SITE, DEVICE)
        with shut(lab, "vif1", "vpn6"):
            goes(lab, "tgw", SITE, "vpn1-1", "vpn1-2")


@shown(
    "On a transit gateway a static route into a VPN beats Direct Connect.",
    source="2.2 T23, T26; 5",
    of=_CLASSES,
    lab=TGW,
    done="One tunnel gets a static route to the site. Then the route is removed.",
    seen="The gateway uses the tunnel, then Direct Connect again.",
)
def static_before_direct_connect(lab: RunningLab) -> None:
    static = Route(prefix=IPv4Network(SITE), interface="ipsec0")
    goes(lab, "tgw", SITE, DEVICE)
    with ExitStack() as undo:
        undo.callback(lab.remove_route, "vpn1-2", static)
        lab.add_route("vpn1-2", static)
        goes(lab, "tgw", SITE, "vpn1-2")
    goes(lab, "tgw", SITE, DEVICE)


@shown(
    "On a transit gateway, too, the longer prefix wins before any class.",
    source="2.2 T26; 5",
    of=_CLASSES,
    lab=TGW,
    done="The VPN announces both halves of Direct Connect's prefix (the fault `longer-prefix`).",
    seen="The gateway sends both halves into the tunnels.",
)
def longest_prefix(lab: RunningLab) -> None:
    with broken(lab, "longer-prefix", "vpn1"):
        for half in ("10.1.0.0/17", "10.1.128.0/17"):
            goes(lab, "tgw", half, "vpn1-1", "vpn1-2")
    wait_for(lambda: next_hop(lab, "tgw", "10.1.0.10") == DEVICE, "Direct Connect again")


@shown(
    "For a transit gateway the Direct Connect gateway itself announces exactly the allowed prefixes.",
    source="3.4 D23, EL",
    of=_ALLOWED,
    lab=TGW,
    done="Nothing. Two prefixes are allowed; nothing uses one of them.",
    seen="The customer hears both with the path 64513, and nothing else that the transit gateway knows.",
)
def allowed_prefixes_are_announced(lab: RunningLab) -> None:
    for prefix in ("172.31.0.0/16", "172.24.0.0/14"):
        assert [path.as_path for path in heard(lab, "dc1-r1", prefix, DEVICE)] == ["64513"]
    assert not heard(lab, "dc1-r1", "10.2.0.0/16", DEVICE)
    assert "10.2.0.0/16" in prefixes(lab, "tgw")


@shown(
    "When the transit gateway is lost, its allowed prefixes stay announced. Only traffic shows the loss.",
    source="3.4 D23, d",
    of=_ALLOWED,
    lab=TGW,
    done="The Direct Connect gateway's association with the transit gateway is lost.",
    seen="The session is Established. The customer has the routes and sends packets to the location, but gets no answer.",
)
def allowed_prefixes_stay(lab: RunningLab) -> None:
    assert walk(lab, "dc1-host", "app-host") == ("dc1-host", "dc1-core", "dc1-r1", DEVICE, "tgw", "app-host")
    with broken(lab, "association-loss", "tgw"):
        wait_for(lambda: SITE not in prefixes(lab, "tgw") or not heard(lab, "tgw", SITE, DEVICE), "the transit gateway's loss")
        assert state(lab, DEVICE, "dc1-r1") == "Established"
        assert [path.as_path for path in heard(lab, "dc1-r1", "172.31.0.0/16", DEVICE)] == ["64513"]
        assert via(lab, "dc1-r1", "172.31.0.0/16") == (DEVICE,)
        assert not answers(lab, "dc1-host", "app-host")
    wait_for(lambda: answers(lab, "dc1-host", "app-host"), "an answer from the VPC")


@shown(
    "A transit gateway announces Direct Connect's routes to VPN customers.",
    source="1.7 T23",
    lab=TGW,
    done="Nothing.",
    seen="The VPN site hears the other site with the path 64512 and that site's ASN, and the VPC with 64512.",
)
def direct_connect_to_vpn(lab: RunningLab) -> None:
    assert {("vpn2-1", "64512 65001"), ("vpn2-2", "64512 65001")} == as_paths(lab, "dc2-gw1", SITE)
    assert {("vpn2-1", "64512"), ("vpn2-2", "64512")} == as_paths(lab, "dc2-gw1", "172.31.0.0/16")


@shown(
    "A VPN on a transit gateway has MED 100 and ORIGIN EGP on both tunnels.",
    source="1.6 EL, C9",
    of=("MED to CGW",),
    lab=TGW,
    done="Nothing.",
    seen="Both VPN paths of the VPC have MED 100 and EGP. The path by Direct Connect has MED 0 and IGP.",
)
def med_and_origin(lab: RunningLab) -> None:
    for tunnel in ("vpn2-1", "vpn2-2"):
        (path,) = heard(lab, "dc2-gw1", "172.31.0.0/16", tunnel)
        assert (path.med, path.origin) == (100, "EGP")
    (path,) = heard(lab, "dc1-r1", "172.31.0.0/16", DEVICE)
    assert (path.med or 0, path.origin) == (0, "IGP")


@shown(
    "On a VPN to a transit gateway more than 1 000 prefixes from the customer close the session.",
    source="1.5 V23, XC",
    of=("Prefix limit → Idle until cleared",),
    lab=TGW,
    done="The customer announces 1 000 prefixes, then one more, then only its own. Then AWS's sessions are cleared.",
    seen="With 1 000: Established. With 1 001: Idle (PfxCt), also after they are gone. After the clear: Established.",
)
def prefix_limit(lab: RunningLab) -> None:
    over_the_limit(lab, 1000, "vpn1")


def _flow(port: int) -> tuple[str, ...]:
    return ("ipproto", "17", "sport", str(port), "dport", "7000")


def _host_interface(lab: RunningLab) -> str:
    """The gateway's interface to its VPC's host."""
    link = lab.plan.link("app-host--tgw")
    return link.b.interface
