"""Direct Connect gateways and virtual private gateways: who learns whose routes, and what the customer sees."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import MARK, announced, broken, established, keeping_communities, told
from tests.live.behaviour.labs import DX, VPN
from tests.live.behaviour.preference import HOME, REMOTE, SITE, goes
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, as_paths, bfd, facts, heard, prefixes, run, state, via, walk
from tests.waiting import wait_for

STRAIGHT = "loc-a-1-vgw-lone"
"""The device of the virtual interfaces directly on vgw-lone."""

_NON_TRANSIT = ("DXGW non-transit",)


@shown(
    "Two gateways associated with one Direct Connect gateway do not hear each other.",
    source="3.4 D23",
    of=_NON_TRANSIT,
    lab=DX,
    done="Nothing. Virtual private gateways of two Regions are associated.",
    seen="Neither has a route to the other's VPC. A packet from one VPC to the other ends at the gateway.",
)
def between_associations(lab: RunningLab) -> None:
    assert "172.30.0.0/16" not in prefixes(lab, "vgw")
    assert "172.31.0.0/16" not in prefixes(lab, "vgw-far")
    assert walk(lab, "app-host", "far-host") == ("app-host", "vgw")
    assert not answers(lab, "app-host", "far-host")


@shown(
    "If a customer announces a supernet of several VPCs, they reach each other through the Direct Connect location.",
    source="3.4 D23",
    lab=DX,
    done="The customer announces 172.16.0.0/12.",
    seen="A packet from one VPC to the other passes the location's device and is answered.",
)
def supernet(lab: RunningLab) -> None:
    with announced(lab, "vif1", ("172.16.0.0/12",)):
        for gateway in ("vgw", "vgw-far"):
            goes(lab, gateway, "172.16.0.0/12", HOME)
        assert walk(lab, "app-host", "far-host") == ("app-host", "vgw", HOME, "vgw-far", "far-host")
        assert answers(lab, "app-host", "far-host")


@shown(
    "Without SiteLink, virtual interfaces of one Direct Connect gateway do not hear each other.",
    source="3.4 D23",
    of=_NON_TRANSIT,
    lab=DX,
    done="Nothing. Two sites are on one device.",
    seen="Neither site hears the other. A packet from one to the other ends at its own core.",
)
def between_virtual_interfaces(lab: RunningLab) -> None:
    assert "10.2.0.0/16" not in prefixes(lab, "dc1-r1")
    assert SITE not in prefixes(lab, "dc2-r1")
    assert walk(lab, "dc1-host", "dc2-host") == ("dc1-host", "dc1-core")


@shown(
    "A virtual interface on a Direct Connect gateway and a VPN on an associated virtual private gateway do not hear each other.",
    source="3.4 D23",
    of=_NON_TRANSIT,
    lab=DX,
    done="Nothing.",
    seen="The VPN's customer hears only the VPC. The others do not hear that customer from the Direct Connect gateway.",
)
def between_virtual_interface_and_vpn(lab: RunningLab) -> None:
    for tunnel in ("vpn1-1", "vpn1-2"):
        assert heard(lab, "dc3-gw1", "172.31.0.0/16", tunnel)
        assert not heard(lab, "dc3-gw1", SITE, tunnel)
        assert not heard(lab, "dc3-gw1", "10.2.0.0/16", tunnel)
    assert not heard(lab, "dc1-r1", "10.3.0.0/16", HOME)
    assert not heard(lab, "dc1-r1", "10.3.0.0/16", REMOTE)


@shown(
    "A virtual interface directly on a virtual private gateway and a VPN there hear each other (CloudHub).",
    source="1.7 V23",
    of=("CloudHub",),
    lab=DX,
    done="Nothing.",
    seen="Each hears the other's site behind the gateway's ASN. Packets between them pass the gateway and are answered.",
)
def cloudhub_with_direct_connect(lab: RunningLab) -> None:
    assert as_paths(lab, "dc1-r1", "10.3.0.0/16") == {(STRAIGHT, "7224 65003")}
    assert {("vpn2-1", "7224 65001"), ("vpn2-2", "7224 65001")} <= as_paths(lab, "dc3-gw1", SITE)
    assert walk(lab, "dc1-host", "dc3-host") == (
        *("dc1-host", "dc1-core", "dc1-r1", STRAIGHT, "vgw-lone"),
        *("vpn2-1", "dc3-gw1", "dc3-core", "dc3-host"),
    )
    assert answers(lab, "dc1-host", "dc3-host")


@shown(
    "Two virtual interfaces directly on one virtual private gateway do not hear each other.",
    source="1.7 ST, C7",
    of=("CloudHub",),
    lab=DX,
    done="Nothing. Two sites have one each.",
    seen="The gateway has routes to both sites. Neither site hears the other.",
)
def no_cloudhub_between_direct_connects(lab: RunningLab) -> None:
    assert {SITE, "10.2.0.0/16"} <= prefixes(lab, "vgw-lone")
    assert not heard(lab, "dc1-r1", "10.2.0.0/16", STRAIGHT)
    assert not heard(lab, "dc2-r1", SITE, STRAIGHT)


@shown(
    "A virtual private gateway announces each VPN site to the others, with its ASN before theirs (CloudHub).",
    source="1.7 V23",
    of=("CloudHub",),
    lab=VPN,
    done="The interconnect between the sites goes down.",
    seen="Each site hears the other's prefix with the path 64512 and that site's ASN. Packets pass the virtual private gateway.",
)
def cloudhub(lab: RunningLab) -> None:
    assert {("vpn1-1", "64512 65002"), ("vpn1-2", "64512 65002")} <= as_paths(lab, "dc1-gw1", "10.2.0.0/16")
    assert {("vpn3-1", "64512 65001"), ("vpn3-2", "64512 65001")} <= as_paths(lab, "dc2-gw1", SITE)
    with broken(lab, "link-down", "dci"):
        wait_for(lambda: "vgw" in walk(lab, "dc1-host", "dc2-host"), "the way through vgw")
        wait_for(lambda: answers(lab, "dc1-host", "dc2-host"), "an answer from the other site")


@shown(
    "A customer on a Direct Connect gateway sees its ASN once, and no ASN behind it. Directly on another gateway it sees that one's ASN.",
    source="3.1 D23",
    of=_NON_TRANSIT,
    lab=DX,
    done="Nothing.",
    seen="The VPCs' paths are 64513 by both locations. The path of the VPC on the direct gateway is 7224.",
)
def visible_asn(lab: RunningLab) -> None:
    for prefix in ("172.31.0.0/16", "172.30.0.0/16"):
        assert as_paths(lab, "dc1-r1", prefix) == {(HOME, "64513"), (REMOTE, "64513")}
    assert as_paths(lab, "dc1-r1", "172.29.0.0/16") == {(STRAIGHT, "7224")}


@shown(
    "A virtual private gateway from before 30 June 2018 keeps the ASN that AWS gave it then: 9059, 10124, 17493 or 7224, by Region.",
    source="1.5 V23, D23",
    lab=DX,
    done="Nothing. One virtual private gateway has ASN 7224, with virtual interfaces directly on it and a VPN.",
    seen="AWS's ends show 7224 on a virtual interface and in both tunnels. The sessions are Established, and the VPC's path is 7224.",
)
def legacy_asn(lab: RunningLab) -> None:
    for here, there in ((STRAIGHT, "dc1-r1"), ("vpn2-1", "dc3-gw1"), ("vpn2-2", "dc3-gw1")):
        told = facts(lab, here, there)
        assert (told["localAs"], told["bgpState"]) == (7224, "Established")
    assert {("vpn2-1", "7224"), ("vpn2-2", "7224")} == as_paths(lab, "dc3-gw1", "172.29.0.0/16")


@shown(
    "On a virtual interface AWS sends no MED and no communities.",
    source="2.3 EL",
    lab=DX,
    done="The customer keeps the communities it hears, with its own tag.",
    seen="No MED, ORIGIN IGP, no community of AWS.",
)
def plain_announcements(lab: RunningLab) -> None:
    with keeping_communities(lab, "dc1-r1", "DX"):
        for prefix in ("172.31.0.0/16", "172.30.0.0/16", "172.29.0.0/16"):
            (path,) = heard(lab, "dc1-r1", prefix, STRAIGHT if "29" in prefix else HOME)
            assert (path.med, path.origin, set(path.communities)) == (None, "IGP", {"64496:10", MARK}), path


@shown(
    "An associated VPC's CIDR is announced only if an allowed prefix equals or covers it. A change of the list resets no session.",
    source="3.4 D23",
    of=("Allowed prefixes",),
    lab=DX,
    done="One association allows 172.16.0.0/12, the other 172.31.0.0/16. The first is narrowed to half of its VPC, then restored.",
    seen="Both VPCs' whole CIDRs are heard. The first goes and returns, the other stays, and no session drops.",
)
def allowed_prefixes_filter(lab: RunningLab) -> None:
    assert "172.16.0.0/12" not in prefixes(lab, "dc1-r1")
    dropped = facts(lab, HOME, "dc1-r1")["connectionsDropped"]
    lines = ["ip prefix-list ALLOWED-dxgw seq 5 permit 172.30.0.0/17 le 32", "ip prefix-list ALLOWED-dxgw seq 5 permit 172.16.0.0/12 le 32"]
    with told(lab, "vgw-far", lines[:1], lines[1:]):
        wait_for(lambda: "172.30.0.0/16" not in prefixes(lab, "dc1-r1"), "the VPC's CIDR gone")
        assert "172.31.0.0/16" in prefixes(lab, "dc1-r1")
    wait_for(lambda: "172.30.0.0/16" in prefixes(lab, "dc1-r1"), "the VPC's CIDR again")
    assert facts(lab, HOME, "dc1-r1")["connectionsDropped"] == dropped


@shown(
    "When a Direct Connect gateway loses its association with a virtual private gateway, that VPC is withdrawn. No session closes.",
    source="3.4 D23, d",
    of=("Allowed prefixes",),
    lab=DX,
    done="One of two associations is lost and restored.",
    seen="The customer loses the VPC's CIDR and the gateway loses the site. The other VPC stays. Afterwards everything is back.",
)
def association_of_a_vgw(lab: RunningLab) -> None:
    dropped = facts(lab, HOME, "dc1-r1")["connectionsDropped"]
    with broken(lab, "association-loss", "vgw"):
        wait_for(lambda: not heard(lab, "dc1-r1", "172.31.0.0/16", HOME), "the VPC's CIDR gone")
        wait_for(lambda: not heard(lab, "vgw", SITE, HOME), "the site gone")
        assert heard(lab, "dc1-r1", "172.30.0.0/16", HOME)
    wait_for(lambda: heard(lab, "dc1-r1", "172.31.0.0/16", HOME), "the VPC's CIDR again")
    assert facts(lab, HOME, "dc1-r1")["connectionsDropped"] == dropped


@shown(
    "AWS discards routes with its own ASN in the path.",
    source="3.4, RFC 4271 9.1.2",
    lab=DX,
    done="The customer announces a prefix with the Direct Connect gateway's ASN, 64513, prepended. Then it announces it without.",
    seen="The device has no path for it, then one.",
)
def own_asn(lab: RunningLab) -> None:
    with announced(lab, "vif1", ("10.8.0.0/24", "10.8.1.0/24"), "as-path prepend 64513"):
        with announced(lab, "vif3", ("10.8.2.0/24",)):
            wait_for(lambda: "10.8.2.0/24" in prefixes(lab, HOME), "the other customer's prefix")
        assert "10.8.0.0/24" not in prefixes(lab, HOME)
    with announced(lab, "vif1", ("10.8.0.0/24",)):
        wait_for(lambda: "10.8.0.0/24" in prefixes(lab, HOME), "the prefix without AWS's ASN")


@shown(
    "A failover test closes BGP properly while the circuit stays up. It tests the routing policy, not the detection.",
    source="3.6 D23, d",
    of=("Failover test / FIS",),
    lab=DX,
    done="AWS shuts BGP of the virtual interface with BFD, and opens it again.",
    seen="AWS's session is Idle (Admin) while BFD and the carrier are up. Traffic moves to the other location at once, and returns.",
)
def failover_test(lab: RunningLab) -> None:
    with broken(lab, "bgp-shutdown", "vif1"):
        goes(lab, "vgw", SITE, REMOTE)
        assert state(lab, HOME, "dc1-r1") == "Idle (Admin)"
        assert (bfd(lab, HOME, "dc1-r1") or {})["status"] == "up"
        assert "state UP" in run(lab, "dc1-r1", "ip", "link", "show", "eth1")
        assert via(lab, "dc1-core", "172.31.0.0/16") == ("dc1-r1",)
    established(lab, HOME, "dc1-r1")
    goes(lab, "vgw", SITE, HOME)
