"""BFD with AWS: on virtual interfaces, never on a VPN."""

import re
from itertools import pairwise

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import told
from tests.live.behaviour.labs import DX
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import bfd, facts, run, session, state
from tests.waiting import wait_for

DEVICE, ROUTER = "loc-a-1-dxgw", "dc1-r1"
_BFD = ("BFD 300×3 async, passive until customer speaks",)
_COUNTERS = "show bfd peers counters json"


@shown(
    "AWS's BFD on a virtual interface is 300 ms × 3, asynchronous, and passive: the customer must start it.",
    source="3.2 D26, D23",
    of=_BFD,
    lab=DX,
    done="Nothing. The customer of one virtual interface has BFD, the others have none.",
    seen="AWS's end is up and passive, without echo, with 300 ms both ways and multiplier 3. It has heard the customer's 400 ms × 4. "
    "The other BGP sessions are up without BFD.",
)
def figures(lab: RunningLab) -> None:
    peer = bfd(lab, DEVICE, ROUTER)
    keys = ("status", "passive-mode", "echo-transmit-interval", "transmit-interval", "receive-interval", "detect-multiplier")
    assert peer is not None
    assert [peer[key] for key in keys] == ["up", True, 0, 300, 300, 3]
    assert [peer[f"remote-{key}"] for key in ("transmit-interval", "receive-interval", "detect-multiplier")] == [400, 400, 4]
    for name in ("vif2", "vif3", "vif4", "vif5"):
        (aws,) = lab.plan.target(name).sessions
        assert bfd(lab, aws.node, aws.neighbor_node) is None
        assert state(lab, aws.node, aws.neighbor_node) == "Established"


@shown(
    "Each direction of BFD uses the slower interval of the two ends.",
    source="3.2 D26",
    of=_BFD,
    lab=DX,
    done="The customer proposes 100 ms × 3.",
    seen="AWS has heard of 100 ms, but the customer's packets come 225 to 300 ms apart (300 ms minus up to a quarter of jitter).",
)
def slower_wins(lab: RunningLab) -> None:
    of = session(lab, ROUTER, DEVICE)
    here = str(session(lab, DEVICE, ROUTER).neighbor)
    peer = f"peer {of.neighbor} local-address {here} interface eth1"
    lines = [["bfd", peer, f"receive-interval {each}", f"transmit-interval {each}"] for each in (100, 400)]
    with told(lab, ROUTER, *lines, daemon="bfdd"):
        wait_for(lambda: (bfd(lab, DEVICE, ROUTER) or {}).get("remote-transmit-interval") == 100, "AWS hearing of 100 ms")
        text = run(lab, ROUTER, "tcpdump", "-ttni", "eth1", "-c", "9", "--immediate-mode", f"udp port 3784 and src {here}")
    instants = [float(each) for each in re.findall(r"^(\d+\.\d+) IP", text, flags=re.MULTILINE)]
    gaps = [later - earlier for earlier, later in pairwise(instants)]
    assert len(gaps) == 8
    assert 0.2 < sorted(gaps)[len(gaps) // 2] < 0.35, gaps
    assert bfd(lab, DEVICE, ROUTER)["status"] == "up"


@shown(
    "There is no BFD on a VPN. AWS does not answer a customer's BFD packets.",
    source="1.5 BL25",
    of=("No BFD on VPN",),
    lab=DX,
    done="A customer gateway is configured for BFD in a tunnel.",
    seen="It sends BFD packets and receives none, so its BFD stays down and BGP stays up. No tunnel's AWS end has BFD.",
)
def none_on_a_vpn(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        assert "peerBfdInfo" not in facts(lab, tunnel.aws.node, tunnel.customer.node)
        assert bfd(lab, tunnel.aws.node, tunnel.customer.node) is None
    of = session(lab, "dc3-gw1", "vpn1-2")
    lines = [f"router bgp {of.asn}", f"neighbor {of.neighbor} bfd"]
    with told(lab, "dc3-gw1", lines, [lines[0], f"no {lines[1]}"]):
        counted = wait_for(lambda: _spoken(lab), "BFD packets into the tunnel")
        assert counted["control-packet-input"] == 0
        assert (bfd(lab, "dc3-gw1", "vpn1-2") or {})["status"] == "down"
        assert state(lab, "vpn1-2", "dc3-gw1") == "Established"


def _spoken(lab: RunningLab) -> dict[str, object]:
    counted = bfd(lab, "dc3-gw1", "vpn1-2", _COUNTERS) or {}
    return counted if counted.get("control-packet-output", 0) >= 3 else {}
