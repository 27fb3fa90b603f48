"""BGP sessions with AWS: timers, keys, hops and prefix limits."""

import struct
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from socket import AF_INET, IPPROTO_TCP, SOCK_STREAM, inet_aton

from lab.intent import resolve_fault
from lab.model.change import Announced
from lab.model.fault import PrefixOverflow
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import customer_of, established, tell, timers, told
from tests.live.behaviour.labs import DX, VPN
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import facts, session, state
from tests.waiting import wait_for

DEVICE, ROUTER = "loc-a-1-dxgw", "dc2-r1"
_NEGOTIATION = ("VPN BGP 10/30, DX 30/90 with lower-wins negotiation",)
_MD5_SOCKET_OPTION = 14
_HOLD_REFUSED = (3, 2, 6)
"""A NOTIFICATION (3): OPEN message error (2), unacceptable hold time (6), RFC 4271 4.5."""

_TAKEN = (4,)


@shown(
    "On a virtual interface AWS proposes keepalive 30 s and hold 90 s. The lower hold of the two ends counts.",
    source="3.2 D26, BL25",
    of=_NEGOTIATION,
    lab=DX,
    done="The customer proposes 1/3, then 10/30, then 30/90, then 60/180 s.",
    seen="AWS's end is configured with 90 s. Its hold is 3, 30, 90 and 90 s, and its keepalive a third of that.",
)
def lower_hold_on_dx(lab: RunningLab) -> None:
    for keepalive, hold, agreed in ((1, 3, 3), (10, 30, 30), (30, 90, 90), (60, 180, 90)):
        with timers(lab, ROUTER, DEVICE, keepalive, hold):
            _agree(lab, DEVICE, ROUTER, (90, agreed))


@shown(
    "The hold times of two sessions between the same customer and AWS are independent.",
    source="3.2 D26",
    of=_NEGOTIATION,
    lab=DX,
    done="Nothing. On one of a router's virtual interfaces the customer proposes 10/30 s, on the other 1/3 s.",
    seen="AWS's ends are configured with 90 s. The hold times are 30 s and 3 s.",
)
def own_timers(lab: RunningLab) -> None:
    _agree(lab, "loc-a-1-vgw-lone", ROUTER, (90, 30))
    _agree(lab, DEVICE, ROUTER, (90, 3))


@shown(
    "On a VPN AWS proposes keepalive 10 s and hold 30 s. The lower hold of the two ends counts.",
    source="1.5 BF, V23",
    of=_NEGOTIATION,
    lab=VPN,
    done="All customer gateways propose 1/3 s. Then one proposes 60/180 s.",
    seen="AWS's ends are configured with 30 s and their hold is 3 s. With the one customer it is 30 s.",
)
def lower_hold_on_a_vpn(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        _agree(lab, tunnel.aws.node, tunnel.customer.node, (30, 3))
    with timers(lab, "dc1-gw1", "vpn1-2", 60, 180):
        _agree(lab, "vpn1-2", "dc1-gw1", (30, 30))


@shown(
    "On a virtual interface AWS refuses a hold time below 3 s, and 0, too.",
    source="3.2 D26",
    of=("DX min hold 3, 0 refused",),
    lab=DX,
    done="The customer's session is shut. Hand-made OPEN messages with hold 0, 1, 2 and 3 s are sent from its address, with the right key.",
    seen="AWS answers 0, 1 and 2 with NOTIFICATION 2/6 (unacceptable hold time), and 3 with KEEPALIVE.",
)
def too_low_hold(lab: RunningLab) -> None:
    customer = session(lab, ROUTER, DEVICE)
    lines = [f"router bgp {customer.asn}", f"neighbor {customer.neighbor} shutdown"]
    with told(lab, ROUTER, lines, [lines[0], f"no {lines[1]}"]):
        wait_for(lambda: state(lab, DEVICE, ROUTER) != "Established", "the session shut")
        answers = {hold: wait_for(lambda hold=hold: _answer_to_open(lab, hold), f"an answer to hold {hold}") for hold in (0, 1, 2, 3)}
    assert answers == {0: _HOLD_REFUSED, 1: _HOLD_REFUSED, 2: _HOLD_REFUSED, 3: _TAKEN}


@shown(
    "How soon AWS retries a session is unknown. The lab retries every second, so that FRR's default does not pass for AWS's.",
    source="10.1",
    of=("Reconnect pace",),
    lab=DX,
    done="A session is reset.",
    seen="Before it, the retry timer of every session is 1 s (FRR's default would be 30). The session comes back.",
)
def reconnect(lab: RunningLab) -> None:
    for each in lab.plan.sessions:
        assert facts(lab, each.node, each.neighbor_node)["connectRetryTimer"] == 1
    dropped = facts(lab, DEVICE, ROUTER)["connectionsDropped"]
    tell(lab, ROUTER, ["end", f"clear bgp {session(lab, ROUTER, DEVICE).neighbor}"])
    wait_for(lambda: facts(lab, DEVICE, ROUTER)["connectionsDropped"] != dropped, "the reset")
    established(lab, DEVICE, ROUTER)


@shown(
    "BGP on a virtual interface has an MD5 key. With a wrong key the session never comes up.",
    source="3.1 BC, AT26",
    of=("MD5 always on",),
    lab=DX,
    done="The customer gets another key, then the right one again.",
    seen="With the wrong key AWS's kernel counts bad signatures and the session stays down. With the right key it is Established.",
)
def md5(lab: RunningLab) -> None:
    customer = session(lab, ROUTER, DEVICE)
    router = f"router bgp {customer.asn}"
    refused = _bad_signatures(lab, DEVICE)
    key = "md5-of-vif3"
    lines = [[router, f"neighbor {customer.neighbor} password {each}"] for each in ("another-key", key)]
    with told(lab, ROUTER, *lines):
        wait_for(lambda: _bad_signatures(lab, DEVICE) >= refused + 3, "three segments refused for their signature")
        assert state(lab, DEVICE, ROUTER) != "Established"
    established(lab, DEVICE, ROUTER)


@shown(
    "BGP on a virtual interface has TTL 1 and no multihop: the neighbor is directly connected.",
    source="3.1 D26",
    of=("TTL 1 / no multihop",),
    lab=DX,
    done="Nothing.",
    seen="AWS's end of every virtual interface allows one hop.",
)
def one_hop(lab: RunningLab) -> None:
    for name in ("vif1", "vif2", "vif3", "vif4", "vif5"):
        (aws,) = lab.plan.target(name).sessions
        assert facts(lab, aws.node, aws.neighbor_node)["externalBgpNbrMaxHopsAway"] == 1


@shown(
    "On a virtual interface more than 100 prefixes from the customer close the session. It stays closed until it is cleared.",
    source="3.3 D26, XC",
    of=("Prefix limit → Idle until cleared",),
    lab=DX,
    done="The customer announces 100 prefixes, then one more, then only its own. Then AWS's session is cleared.",
    seen="With 100: Established. With 101: Idle (PfxCt), also after they are gone. After the clear: Established.",
)
def prefix_limit_on_dx(lab: RunningLab) -> None:
    over_the_limit(lab, 100, "vif3")


@shown(
    "AWS may allocate up to 1 000 prefixes to a virtual interface. Then that many are accepted on it.",
    source="3.3 D26, BC",
    of=("Prefix limit → Idle until cleared",),
    lab=DX,
    done="As above, with 150 and 151 prefixes, on a virtual interface with an allocation of 150.",
    seen="As above: with 150 Established, with 151 Idle (PfxCt).",
)
def prefix_allocation(lab: RunningLab) -> None:
    over_the_limit(lab, 150, "vif5")


@shown(
    "On a VPN to a virtual private gateway more than 100 prefixes from the customer close the session.",
    source="1.5 V23, XC",
    of=("Prefix limit → Idle until cleared",),
    lab=DX,
    done="As above, over a VPN connection.",
    seen="As above, on both tunnels.",
)
def prefix_limit_on_a_vpn(lab: RunningLab) -> None:
    over_the_limit(lab, 100, "vpn1")


def over_the_limit(lab: RunningLab, limit: int, name: str) -> None:
    """Announce as many prefixes as AWS allows, then one more. Only a clear at AWS's end brings the sessions back."""
    customer = customer_of(lab, name)
    fault = resolve_fault(lab.plan, "prefix-overflow", name)
    assert isinstance(fault, PrefixOverflow)
    (too_many,) = fault.announcements
    (had,) = {_accepted(lab, end, customer.node) for end in customer.aws}
    up_to_it = replace(too_many, prefixes=too_many.prefixes[: limit - had])
    with ExitStack() as undo:
        undo.callback(lab.restore_router, Announced(announcement=too_many))
        lab.change_router(Announced(announcement=up_to_it))
        for end in customer.aws:
            wait_for(lambda end=end: _accepted(lab, end, customer.node) == limit, f"{limit} prefixes at {end}")
            assert state(lab, end, customer.node) == "Established"
        lab.change_router(Announced(announcement=replace(too_many, prefixes=too_many.prefixes[: limit - had + 1])))
        for end in customer.aws:
            wait_for(lambda end=end: state(lab, end, customer.node) == "Idle (PfxCt)", f"{end} closing the session")
    for each in too_many.outlet.sessions:
        assert state(lab, each.node, customer.node) == "Idle (PfxCt)"
        lab.clear_session(each)
        established(lab, each.node, customer.node)


def _accepted(lab: RunningLab, node: str, neighbor: str) -> int:
    family = facts(lab, node, neighbor).get("addressFamilyInfo", {})
    return family.get("ipv4Unicast", {}).get("acceptedPrefixCounter", 0)


def _agree(lab: RunningLab, aws: str, customer: str, holds: tuple[int, int]) -> None:
    """Wait until AWS's session is Established with these hold times (configured, negotiated) and a third of the second one as keepalive."""
    wanted = ["Established", holds[0] * 1000, holds[1] * 1000, holds[1] * 1000 // 3]
    keys = ("bgpState", "bgpTimerConfiguredHoldTimeMsecs", "bgpTimerHoldTimeMsecs", "bgpTimerKeepAliveIntervalMsecs")
    wait_for(lambda: [facts(lab, aws, customer).get(key) for key in keys] == wanted, f"{aws} to {customer} with hold {holds}", 20)


def _bad_signatures(lab: RunningLab, node: str) -> int:
    """How many TCP segments a node's kernel refused because of their MD5 signature."""
    names, values = [
        line.split() for line in Path(f"/proc/{lab.pid(node)}/net/netstat").read_text().splitlines() if line.startswith("TcpExt:")
    ]
    counted = dict(zip(names, values, strict=True))
    return int(counted["TCPMD5Failure"]) + int(counted["TCPMD5NotFound"]) + int(counted["TCPMD5Unexpected"])


def _answer_to_open(lab: RunningLab, hold: int) -> tuple[int, ...]:
    """Send AWS an OPEN with this hold time as the customer. Return AWS's answer.

    (4,) is a KEEPALIVE, (3, code, subcode) a NOTIFICATION, () neither.
    """
    aws, customer = session(lab, ROUTER, DEVICE), session(lab, DEVICE, ROUTER)
    with lab.open_socket(ROUTER, AF_INET, SOCK_STREAM, 0) as line:
        line.settimeout(3)
        key = b"md5-of-vif3"
        peer = struct.pack("<H", AF_INET) + struct.pack("!H", 179) + inet_aton(str(aws.neighbor)) + bytes(120)
        line.setsockopt(IPPROTO_TCP, _MD5_SOCKET_OPTION, struct.pack("128sHHI80s", peer, 0, len(key), 0, key))
        line.bind((str(customer.neighbor), 0))
        try:
            line.connect((str(aws.neighbor), 179))
            body = struct.pack("!BHH4sB", 4, customer_of(lab, "vif3").asn, hold, inet_aton("10.255.255.1"), 0)
            line.sendall(b"\xff" * 16 + struct.pack("!HB", 19 + len(body), 1) + body)
            said = b""
            while not {3, 4} & {message[0] for message in _messages(said)}:
                piece = line.recv(4096)
                if not piece:
                    break
                said += piece
        except OSError:
            return ()
    return next((message for message in _messages(said) if message[0] in {3, 4}), ())


def _messages(said: bytes) -> list[tuple[int, ...]]:
    found = []
    while len(said) >= 19 and len(said) >= (length := struct.unpack("!H", said[16:18])[0]):
        kind = said[18]
        found.append((kind, *said[19:21]) if kind == 3 else (kind,))
        said = said[length:]
    return found
