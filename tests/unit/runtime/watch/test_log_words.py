"""Log messages of daemons, recorded in running labs, and their events."""

from dataclasses import replace

import pytest

from lab.model.evidence import TimelineEvent
from lab.model.plan import BgpSession
from lab.runtime.watch.hearing import LogEar
from lab.runtime.watch.routers import Routers
from tests.shipped import shipped_plan

BGPD, BFDD, CHARON = "<30>Nov 24 10:57:58 bgpd[27]: ", "<31>Nov  4 10:57:58 bfdd[22]: ", "<30>Nov 24 10:59:55 charon.vpn1-1: "
PEER = "[mhop:no peer:100.65.0.1 local:100.65.0.0 vrf:default ifname:eth1]"

CHANGES = {
    "lost by BFD": (
        [
            f"{BGPD}[HZN6M-XRM1G] %NOTIFICATION: sent to neighbor 100.65.0.1 6/10 (Cease/BFD Down) 0 bytes ",
            f"{BGPD}[PXVXG-TFNNT] %ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Down BGP Notification send",
        ],
        ("bgp", "neighbor loc-a-1 down: sent Cease/BFD Down"),
    ),
    "hold time over": (
        [
            f"{BGPD}[HZN6M-XRM1G] %NOTIFICATION: sent to neighbor 100.65.0.1 4/0 (Hold Timer Expired) 0 bytes ",
            f"{BGPD}[PXVXG-TFNNT] %ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Down BGP Notification send",
        ],
        ("bgp", "neighbor loc-a-1 down: sent Hold Timer Expired"),
    ),
    "shut by the neighbor": (
        [
            f'{BGPD}[H7QV4-WR3ZD] %NOTIFICATION: received from neighbor 100.65.0.1 6/2 (Cease/Administrative Shutdown) ""',
            f"{BGPD}[PXVXG-TFNNT] %ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Down BGP Notification received",
        ],
        ("bgp", "neighbor loc-a-1 down: received Cease/Administrative Shutdown"),
    ),
    "shut by hand": (
        [f"{BGPD}[PXVXG-TFNNT] %ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Down Admin. shutdown"],
        ("bgp", "neighbor loc-a-1 down: Admin. shutdown"),
    ),
    "interface lost": (
        [f"{BGPD}[PXVXG-TFNNT] %ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Down Waiting for peer OPEN"],
        ("bgp", "neighbor loc-a-1 down"),
    ),
    "up after a collision of connections": (
        [
            f"{BGPD}[HZN6M-XRM1G] %NOTIFICATION: sent to neighbor 100.65.0.1 6/7 (Cease/Connection Collision Resolution) 0 bytes ",
            f"{BGPD}[N9HHH-F8H1M] %ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Up",
        ],
        ("bgp", "neighbor loc-a-1 up"),
    ),
    "a neighbor the plan has not": (
        [f"{BGPD}[N9HHH-F8H1M] %ADJCHANGE: neighbor 192.0.2.1(Unknown) in vrf default Up"],
        ("bgp", "neighbor 192.0.2.1 up"),
    ),
    "BFD's time over": (
        [f"{BFDD}[SEY1D-NT8EQ] state-change: {PEER} up -> down reason:control-expired"],
        ("bfd", "peer loc-a-1 down: detection time expired"),
    ),
    "BFD down at the other end": (
        [f"{BFDD}[SEY1D-NT8EQ] state-change: {PEER} up -> down reason:neighbor-down"],
        ("bfd", "peer loc-a-1 down: the peer says so"),
    ),
    "BFD up": ([f"{BFDD}[J1C6V-VMRW5] state-change: {PEER} init -> up"], ("bfd", "peer loc-a-1 up")),
    "IKE SA deleted": (
        [f"{CHARON}14[IKE] deleting IKE_SA vpn1-1[1] between 198.51.100.0[198.51.100.0]...203.0.113.1[203.0.113.1]\n"],
        ("ike", "vpn1-1: IKE SA deleted"),
    ),
    "IKE SA deleted by the peer": (
        [f"{CHARON}16[IKE] received DELETE for IKE_SA vpn1-1[1]\n"],
        ("ike", "vpn1-1: the peer deletes the IKE SA"),
    ),
    "IKE SA up": (
        [f"{CHARON}13[IKE] IKE_SA vpn1-1[2] established between 198.51.100.0[198.51.100.0]...203.0.113.1[203.0.113.1]\n"],
        ("ike", "vpn1-1: IKE SA established"),
    ),
    "child SA up": (
        [f"{CHARON}13[IKE] CHILD_SA vpn1-1{{2}} established with SPIs f221f7b7_i 68368dbc_o and TS 0.0.0.0/0 === 0.0.0.0/0\n"],
        ("ike", "vpn1-1: child SA established"),
    ),
    "DPD gives up": ([f"{CHARON}10[IKE] giving up after 2 retransmits\n"], ("ike", "vpn1-1: no answer, giving up after 2 retransmits")),
    "a wrong key": (
        [f"{CHARON}10[IKE] tried 1 shared key for '198.51.100.0' - '203.0.113.1', but MAC mismatched\n"],
        ("ike", "vpn1-1: the peer's key is another"),
    ),
    "refused": ([f"{CHARON}10[IKE] received AUTHENTICATION_FAILED notify error\n"], ("ike", "vpn1-1: the peer says AUTHENTICATION_FAILED")),
}
"""Log lines, and the one change that they report."""

CHATTER = [
    f"{BGPD}[M59KS-A3ZXZ] bgp_update_receive: rcvd End-of-RIB for IPv4 Unicast from 100.65.0.1 in vrf default",
    f"{BFDD}[J1C6V-VMRW5] state-change: {PEER} down -> init",
    f"{CHARON}13[IKE] scheduling rekeying in 28415s",
    f"{CHARON}08[IKE] sending DPD request",
    f"{CHARON}08[IKE] retransmit 1 of request with message ID 3",
    "<30>Nov 24 10:57:58 somebody: IKE_SA",
    "no line of a log",
    "",
]


def _heard(*lines: str) -> list[TimelineEvent]:
    ear = LogEar("dc1-r1", Routers(shipped_plan("redundant-dx")))
    return [event for number, line in enumerate(lines) for event in ear.hear(line.encode(), 10.0 + number)]


@pytest.mark.parametrize(("lines", "told"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_state_is_reported_once_at_the_instant_of_its_line(lines: list[str], told: tuple[str, str]) -> None:
    source, what = told
    assert [(event.at, event.node, event.source, event.what) for event in _heard(*lines)] == [(9.0 + len(lines), "dc1-r1", source, what)]


@pytest.mark.parametrize("line", CHATTER)
def test_a_line_without_a_change_of_state_is_ignored(line: str) -> None:
    assert _heard(line) == []


def test_a_notification_explains_only_the_next_loss() -> None:
    notified, lost = CHANGES["lost by BFD"][0]
    up = CHANGES["up after a collision of connections"][0]
    assert [event.what for event in _heard(notified, *up, lost)] == ["neighbor loc-a-1 up", "neighbor loc-a-1 down"]


def test_two_sessions_with_one_neighbor_are_named_by_address() -> None:
    plan = shipped_plan("redundant-dx")
    again = BgpSession(node="dc1-r1", asn=65001, neighbor=plan.node("loc-b-1").interfaces[0].ip, neighbor_node="loc-a-1")
    routers = Routers(replace(plan, sessions=(*plan.sessions, again)))
    line = "%ADJCHANGE: neighbor 100.65.0.1(loc-a-1) in vrf default Up"
    assert routers.bgp("dc1-r1", line) == "neighbor loc-a-1 (100.65.0.1) up"
