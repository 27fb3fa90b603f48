"""A BGP session with AWS: timers, keys, hops and how many prefixes it takes."""

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
    "On a virtual interface AWS offers keepalive 30 s and hold 90 s, and the lower hold of the two ends counts.",
    source="3.2 D26, BL25",
    of=_NEGOTIATION,
    lab=DX,
    done="The customer asks for 1/3, then 10/30, then 30/90, then 60/180 s.",
    seen="AWS's end is configured with 90 s and holds 3, 30, 90 and 90 s, and sends keepalives three times as often.",
)
def lower_hold_on_dx(lab: RunningLab) -> None:
    for keepalive, hold, agreed in ((1, 3, 3), (10, 30, 30), (30, 90, 90), (60, 180, 90)):
        with timers(lab, ROUTER, DEVICE, keepalive, hold):
            _agree(lab, DEVICE, ROUTER, (90, agreed))


@shown(
    "On a VPN AWS offers keepalive 10 s and hold 30 s, and the lower hold of the two ends counts.",
    source="1.5 BF, V23",
    of=_NEGOTIATION,
    lab=VPN,
    done="All customer gateways ask for 1/3 s; then one asks for 60/180 s.",
    seen="AWS's ends are configured with 30 s and hold 3 s; that one holds 30 s.",
)
def lower_hold_on_a_vpn(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        _agree(lab, tunnel.aws.node, tunnel.customer.node, (30, 3))
    with timers(lab, "dc1-gw1", "vpn1-2", 60, 180):
        _agree(lab, "vpn1-2", "dc1-gw1", (30, 30))


@shown(
    "AWS refuses a hold time of 0 or below 3 s on a virtual interface.",
    source="3.2 D26",
    of=("DX min hold 3, 0 refused",),
    lab=DX,
    done="The customer's session is shut; OPEN messages with hold 0, 1, 2 and 3 s are sent by hand from its address, with the right key.",
    seen="NOTIFICATION 2/6 (unacceptable hold time) to 0, 1 and 2; KEEPALIVE to 3.",
)
def too_low_hold(lab: RunningLab) -> None:
    customer = session(lab, ROUTER, DEVICE)
    lines = [f"router bgp {customer.asn}", f"neighbor {customer.neighbor} shutdown"]
    with told(lab, ROUTER, lines, [lines[0], f"no {lines[1]}"]):
        wait_for(lambda: state(lab, DEVICE, ROUTER) != "Established", "the session shut")
        answers = {hold: wait_for(lambda hold=hold: _answer_to_open(lab, hold), f"an answer to hold {hold}") for hold in (0, 1, 2, 3)}
    assert answers == {0: _HOLD_REFUSED, 1: _HOLD_REFUSED, 2: _HOLD_REFUSED, 3: _TAKEN}


@shown(
    "How soon AWS tries again is unknown; the lab does every second, so that no figure of FRR's is measured for one of AWS's.",
    source="10.1",
    of=("Reconnect pace",),
    lab=DX,
    done="Nothing; then a session is reset.",
    seen="The retry timer of every session with a customer is 1 s (FRR's own would be 30); the session comes back.",
)
def reconnect(lab: RunningLab) -> None:
    for each in lab.plan.sessions:
        assert facts(lab, each.node, each.neighbor_node)["connectRetryTimer"] == 1
    dropped = facts(lab, DEVICE, ROUTER)["connectionsDropped"]
    tell(lab, ROUTER, ["end", f"clear bgp {session(lab, ROUTER, DEVICE).neighbor}"])
    wait_for(lambda: facts(lab, DEVICE, ROUTER)["connectionsDropped"] != dropped, "the reset")
    established(lab, DEVICE, ROUTER)


@shown(
    "BGP on a virtual interface has an MD5 key: with a wrong one the session never comes up, with the right one it does.",
    source="3.1 BC, AT26",
    of=("MD5 always on",),
    lab=DX,
    done="The customer is given another key, then the right one again.",
    seen="AWS's kernel counts segments with a bad signature while the session stays down; with the right key it is Established.",
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
    "BGP on a virtual interface is with the neighbor on the wire: TTL 1, no multihop.",
    source="3.1 D26",
    of=("TTL 1 / no multihop",),
    lab=DX,
    done="Nothing.",
    seen="AWS's ends of all virtual interfaces allow one hop.",
)
def one_hop(lab: RunningLab) -> None:
    for name in ("vif1", "vif2", "vif3", "vif4", "vif5"):
        (aws,) = lab.plan.target(name).sessions
        assert facts(lab, aws.node, aws.neighbor_node)["externalBgpNbrMaxHopsAway"] == 1


@shown(
    "With more than 100 prefixes from the customer a virtual interface's session goes down, and stays so until somebody clears it.",
    source="3.3 D26, XC",
    of=("Prefix limit → Idle until cleared",),
    lab=DX,
    done="The customer announces 100 prefixes, then one more, then its own only; then the session is cleared at AWS.",
    seen="Established at 100; Idle (PfxCt) at 101, and still when they are gone; Established after the clear.",
)
def prefix_limit_on_dx(lab: RunningLab) -> None:
    over_the_limit(lab, 100, "vif3")


@shown(
    "With more than 100 prefixes from the customer a VPN's session on a virtual private gateway is closed.",
    source="1.5 V23, XC",
    of=("Prefix limit → Idle until cleared",),
    lab=DX,
    done="As above, over a VPN connection.",
    seen="As above, on both tunnels.",
)
def prefix_limit_on_a_vpn(lab: RunningLab) -> None:
    over_the_limit(lab, 100, "vpn1")


def over_the_limit(lab: RunningLab, limit: int, name: str) -> None:
    """Announce as many prefixes as AWS takes, then those of the fault, and see that only a clear at AWS's end brings the sessions back."""
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
    """Wait until a session of AWS's is Established with these holds, configured and agreed on, and a third of the latter as keepalive."""
    wanted = ["Established", holds[0] * 1000, holds[1] * 1000, holds[1] * 1000 // 3]
    keys = ("bgpState", "bgpTimerConfiguredHoldTimeMsecs", "bgpTimerHoldTimeMsecs", "bgpTimerKeepAliveIntervalMsecs")
    wait_for(lambda: [facts(lab, aws, customer).get(key) for key in keys] == wanted, f"{aws} to {customer} with hold {holds}", 20)


def _bad_signatures(lab: RunningLab, node: str) -> int:
    """How often a node's kernel refused a TCP segment for its MD5 signature."""
    names, values = [
        line.split() for line in Path(f"/proc/{lab.pid(node)}/net/netstat").read_text().splitlines() if line.startswith("TcpExt:")
    ]
    counted = dict(zip(names, values, strict=True))
    return int(counted["TCPMD5Failure"]) + int(counted["TCPMD5NotFound"]) + int(counted["TCPMD5Unexpected"])


def _answer_to_open(lab: RunningLab, hold: int) -> tuple[int, ...]:
    """Say OPEN with this hold time to AWS as the customer: (4,) for its KEEPALIVE, 3 with code and subcode for its NOTIFICATION, () for
    neither."""
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
