"""Which path to the customer a virtual private gateway chooses, and when equal paths share."""

from contextlib import ExitStack
from ipaddress import IPv4Network

from lab.model.plan import Route
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import announced, broken, shut
from tests.live.behaviour.labs import DX, VPN
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import heard, next_hop, paths, via
from tests.waiting import wait_for

HOME, REMOTE = "loc-a-1-dxgw", "loc-b-1"
"""AWS devices with a virtual interface of dc1: the first in the Region of vgw, the second in the Region of vgw-far."""

SITE, SHARED = "10.1.0.0/16", "10.9.0.0/24"
HIGH, MEDIUM, LOW = (f"community 7224:{each}" for each in (7300, 7200, 7100))
_COMMUNITIES = ("LP communities",)
_AMONG_EQUALS = ("AS_PATH, MED, ECMP on DX",)
_CLASSES = ("Class preference VGW/TGW",)


def hears(lab: RunningLab, gateway: str, source: str, prefix: str = SITE, **wanted: int | str) -> None:
    """Wait until a gateway has a path from a neighbor with these attributes, so that it decides with that path."""
    wait_for(
        lambda: any(all(getattr(path, key) == value for key, value in wanted.items()) for path in heard(lab, gateway, prefix, source)),
        f"{gateway} hearing of {prefix} from {source} with {wanted}",
        20,
    )


def goes(lab: RunningLab, gateway: str, prefix: str, *hops: str) -> None:
    """Wait until a gateway's kernel sends a prefix to exactly these nodes."""
    wait_for(lambda: set(via(lab, gateway, prefix)) == set(hops), f"{gateway} sending {prefix} by {' and '.join(hops)}", 20)


@shown(
    "A Region prefers its own Direct Connect location, however long the AS_PATH there.",
    source="2.3 D26, D23",
    of=_COMMUNITIES,
    lab=DX,
    done="A site announces its prefix at locations of two Regions. Then it prepends twice at one of them.",
    seen="Each Region's gateway uses its own location, before and after.",
)
def home_region(lab: RunningLab) -> None:
    goes(lab, "vgw", SITE, HOME)
    goes(lab, "vgw-far", SITE, REMOTE)
    with announced(lab, "vif1", (SITE,), "as-path prepend 65001 65001"):
        hears(lab, "vgw", HOME, as_path="65001 65001 65001")
        goes(lab, "vgw", SITE, HOME)
        goes(lab, "vgw-far", SITE, REMOTE)


@shown(
    "A customer's route with community 7224:7300 beats untagged routes and AS_PATH, at any location.",
    source="2.3 D26",
    of=_COMMUNITIES,
    lab=DX,
    done="The route on the remote virtual interface has 7224:7300 and prepends three times.",
    seen="The gateway moves to the remote location, and back afterwards.",
)
def high(lab: RunningLab) -> None:
    with announced(lab, "vif2", (SITE,), HIGH, "as-path prepend 65001 65001 65001"):
        goes(lab, "vgw", SITE, REMOTE)
    goes(lab, "vgw", SITE, HOME)


@shown(
    "The higher community of 7224:7300, 7200 and 7100 wins before AS_PATH is compared.",
    source="2.3 D26",
    of=_COMMUNITIES,
    lab=DX,
    done="The near location has 7100, the remote one 7200 and a prepend. Then the near one has 7300 and three prepends.",
    seen="The gateway uses the remote location, then the near one.",
)
def order_of_communities(lab: RunningLab) -> None:
    with announced(lab, "vif2", (SITE,), MEDIUM, "as-path prepend 65001"):
        with announced(lab, "vif1", (SITE,), LOW):
            goes(lab, "vgw", SITE, REMOTE)
        with announced(lab, "vif1", (SITE,), HIGH, "as-path prepend 65001 65001 65001"):
            hears(lab, "vgw", REMOTE, local_preference=420)
            hears(lab, "vgw", HOME, local_preference=430)
            goes(lab, "vgw", SITE, HOME)


@shown(
    "Direct Connect's lowest preference, 7224:7100, still beats any VPN.",
    source="5 V23, 2.3 D26",
    of=_COMMUNITIES,
    lab=DX,
    done="The only virtual interface left has 7224:7100 and prepends four times. A VPN announces the same prefix.",
    seen="The gateway has both paths and uses Direct Connect.",
)
def low_is_above_vpn(lab: RunningLab) -> None:
    with (
        shut(lab, "vif2"),
        announced(lab, "vpn1", (SITE,)),
        announced(lab, "vif1", (SITE,), LOW, "as-path prepend 65001 65001 65001 65001"),
    ):
        hears(lab, "vgw", "vpn1-1", as_path="65003", local_preference=200)
        hears(lab, "vgw", HOME, local_preference=405)
        goes(lab, "vgw", SITE, HOME)


@shown(
    "With the same community, virtual interfaces in different Regions share traffic. When one goes down, the other carries all of it.",
    source="2.3 D26",
    of=(*_COMMUNITIES, *_AMONG_EQUALS),
    lab=DX,
    done="Both virtual interfaces of a site announce with 7224:7200. Then one is shut.",
    seen="The gateways of both Regions have two next hops, then one.",
)
def equal_communities_share(lab: RunningLab) -> None:
    with announced(lab, "vif1", (SITE,), MEDIUM), announced(lab, "vif2", (SITE,), MEDIUM):
        for gateway in ("vgw", "vgw-far"):
            goes(lab, gateway, SITE, HOME, REMOTE)
        with shut(lab, "vif1"):
            for gateway in ("vgw", "vgw-far"):
                goes(lab, gateway, SITE, REMOTE)


@shown(
    "Among virtual interfaces of equal preference the shorter AS_PATH wins before MED.",
    source="2.3 D26",
    of=_AMONG_EQUALS,
    lab=DX,
    done="Both have the same community. The remote one has the lower MED and prepends once.",
    seen="The gateway uses only the near one.",
)
def as_path(lab: RunningLab) -> None:
    shorter = announced(lab, "vif1", (SITE,), MEDIUM, "metric 200")
    with shorter, announced(lab, "vif2", (SITE,), MEDIUM, "metric 50", "as-path prepend 65001"):
        hears(lab, "vgw", HOME, local_preference=420, med=200)
        hears(lab, "vgw", REMOTE, local_preference=420, med=50, as_path="65001 65001")
        goes(lab, "vgw", SITE, HOME)


@shown(
    "With AS_PATHs of equal length from one neighbor AS, the lower MED wins.",
    source="2.3 D26",
    of=(*_AMONG_EQUALS, "MED rules"),
    lab=DX,
    done="Both have the same community. The remote virtual interface has MED 50, the near one 200. Then they are swapped.",
    seen="The gateway uses the one with 50.",
)
def med(lab: RunningLab) -> None:
    for first, second, hop in ((200, 50, REMOTE), (50, 200, HOME)):
        with announced(lab, "vif1", (SITE,), MEDIUM, f"metric {first}"), announced(lab, "vif2", (SITE,), MEDIUM, f"metric {second}"):
            hears(lab, "vgw", HOME, local_preference=420, med=first)
            hears(lab, "vgw", REMOTE, local_preference=420, med=second)
            goes(lab, "vgw", SITE, hop)


@shown(
    "Equal virtual interfaces share traffic even if their customers' ASNs differ.",
    source="2.3 D26",
    of=_AMONG_EQUALS,
    lab=DX,
    done="Two sites announce the same prefix with the same community, at two locations. Then they do so on one device.",
    seen="The gateway has both devices as next hops. Then the device has both customers.",
)
def share_across_asns(lab: RunningLab) -> None:
    with announced(lab, "vif3", (SHARED,), MEDIUM):
        with announced(lab, "vif2", (SHARED,), MEDIUM):
            goes(lab, "vgw", SHARED, HOME, REMOTE)
        with announced(lab, "vif1", (SHARED,), MEDIUM):
            goes(lab, "vgw", SHARED, HOME)
            goes(lab, HOME, SHARED, "dc1-r1", "dc2-r1")


@shown(
    "A virtual private gateway prefers Direct Connect, then a static VPN, then a VPN with BGP, whatever the AS_PATH.",
    source="2.1 V23, 5",
    of=_CLASSES,
    lab=DX,
    done="The same prefix comes by Direct Connect with six ASNs in its path, by a static route of a VPN's second tunnel, and by the VPN's "
    "BGP. Direct Connect is shut, then the static route is removed.",
    seen="The gateway uses Direct Connect, then the second tunnel, then the first.",
)
def classes(lab: RunningLab) -> None:
    static = Route(prefix=IPv4Network(SITE), interface="ipsec0")
    with ExitStack() as undo:
        undo.enter_context(announced(lab, "vpn1", (SITE,)))
        undo.enter_context(announced(lab, "vif1", (SITE,), "as-path prepend 65001 65001 65001 65001 65001"))
        undo.callback(lab.remove_route, "vpn1-2", static)
        lab.add_route("vpn1-2", static)
        hears(lab, "vgw", "vpn1-1", as_path="65003", local_preference=200)
        hears(lab, "vgw", "vpn1-2", as_path="", local_preference=300)
        hears(lab, "vgw", HOME, as_path="65001 65001 65001 65001 65001 65001")
        goes(lab, "vgw", SITE, HOME)
        with shut(lab, "vif1", "vif2"):
            goes(lab, "vgw", SITE, "vpn1-2")
            lab.remove_route("vpn1-2", static)
            goes(lab, "vgw", SITE, "vpn1-1")


@shown(
    "The longer prefix wins, even by VPN against Direct Connect.",
    source="5 V23",
    of=_CLASSES,
    lab=DX,
    done="A VPN announces the lower half of Direct Connect's prefix.",
    seen="The gateway sends this half into the VPN and the other half to Direct Connect.",
)
def longest_prefix(lab: RunningLab) -> None:
    with announced(lab, "vpn1", ("10.1.0.0/17",)):
        goes(lab, "vgw", "10.1.0.0/17", "vpn1-1")
        assert next_hop(lab, "vgw", "10.1.0.10") == "vpn1-1"
        assert next_hop(lab, "vgw", "10.1.200.1") == HOME


@shown(
    "Among VPN connections the shorter AS_PATH wins.",
    source="2.1 V23",
    of=("MED rules",),
    lab=VPN,
    done="The connection that carries a site's traffic prepends once.",
    seen="The gateway moves to the site's other connection.",
)
def as_path_on_vpn(lab: RunningLab) -> None:
    with announced(lab, "vpn1", (SITE,), "as-path prepend 65001"):
        goes(lab, "vgw", SITE, "vpn2-1")


@shown(
    "MED is compared only between paths of equal length with the same first AS.",
    source="2.1 V23",
    of=("MED rules",),
    lab=VPN,
    done="Two connections of one AS announce a prefix with MED 200 and 50. Then two connections of different ASes do.",
    seen="The gateway uses the one with 50. Then it uses the first connection, despite its 200.",
)
def med_on_vpn(lab: RunningLab) -> None:
    with announced(lab, "vpn1", (SHARED,), "metric 200"):
        with announced(lab, "vpn2", (SHARED,), "metric 50"):
            goes(lab, "vgw", SHARED, "vpn2-1")
        with announced(lab, "vpn3", (SHARED,), "metric 50"):
            hears(lab, "vgw", "vpn3-1", SHARED, med=50)
            goes(lab, "vgw", SHARED, "vpn1-1")


@shown(
    "A virtual private gateway sends a prefix through one tunnel only, even with several VPN connections.",
    source="1.6 V23",
    of=("VGW single egress",),
    lab=VPN,
    done="Nothing. Each site has two connections with four equal tunnels.",
    seen="The gateway has four paths to each site and one next hop.",
)
def one_egress(lab: RunningLab) -> None:
    for prefix, hop in (("10.1.0.0/16", "vpn1-1"), ("10.2.0.0/16", "vpn3-1")):
        assert len(paths(lab, "vgw", prefix)) >= 4
        assert via(lab, "vgw", prefix) == (hop,)


@shown(
    "A tunnel that is down carries no route, whatever its attributes.",
    source="1.6 XC, 2.1",
    of=("VGW single egress",),
    lab=VPN,
    done="The egress tunnel's IKE SA is deleted.",
    seen="The gateway uses another tunnel, and the first again when it is back.",
)
def tunnel_health(lab: RunningLab) -> None:
    with broken(lab, "tunnel-down", "vpn1-1"):
        goes(lab, "vgw", SITE, "vpn1-2")
    goes(lab, "vgw", SITE, "vpn1-1")
