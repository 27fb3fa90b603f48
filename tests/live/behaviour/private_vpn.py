"""Private-IP VPN: tunnels over a transit virtual interface of Direct Connect."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken, shut
from tests.live.behaviour.labs import TGW
from tests.live.behaviour.preference import SITE, goes, hears
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import way_to

_PRIVATE, _INTERNET = ("vpn6-1", "vpn6-2"), ("vpn1-1", "vpn1-2")


@shown(
    "A transit gateway prefers Direct Connect to a private-IP VPN, and this to a VPN over the internet. It never shares among them.",
    source="1.9, 2.2 T26, XC",
    of=("Class preference VGW/TGW",),
    lab=TGW,
    done="A site announces its prefix on all three. Then BGP of its virtual interface is shut.",
    seen="The gateway uses the virtual interface, then both tunnels of the private-IP VPN and none of the other.",
)
def ranks(lab: RunningLab) -> None:
    for tunnel in (*_PRIVATE, *_INTERNET):
        hears(lab, "tgw", tunnel, SITE)
    goes(lab, "tgw", SITE, "loc-a-1")
    with shut(lab, "vif1"):
        goes(lab, "tgw", SITE, *_PRIVATE)


@shown(
    "The tunnels of a private-IP VPN go over the circuit. They fail with it.",
    source="1.9 V23",
    lab=TGW,
    done="The way of their packets is traced. Then the circuit goes dark.",
    seen="The packets pass AWS's Direct Connect device. In the dark the gateway uses the VPN over the internet.",
)
def dies_with_the_circuit(lab: RunningLab) -> None:
    for tunnel in _PRIVATE:
        assert "loc-a-1" in way_to(lab, "dc1-r1", str(lab.plan.tunnel(tunnel).aws.outside))
    with broken(lab, "link-down", "dx1"):
        goes(lab, "tgw", SITE, *_INTERNET)
    goes(lab, "tgw", SITE, "loc-a-1")
