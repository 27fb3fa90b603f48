"""The verdict of a check in which an automation acts: what it measured is trusted, and judged as in any other check."""

from ipaddress import IPv4Address

from lab.analysis.verdict import judge
from lab.model.event import (
    CheckEnded,
    CheckStarted,
    Compared,
    Event,
    FaultEnded,
    FaultStarted,
    FlowRecorded,
    LossRun,
    Noticed,
    PathRun,
)
from lab.model.evidence import TimelineEvent
from lab.model.outcome import Status
from lab.model.status import Comparison
from tests.shipped import shipped_check, shipped_plan

PLAN = shipped_plan("hybrid-backup")
CHECK = shipped_check("hybrid-backup", "brown-out-moved")
DX = ("dc1-host", "dc1-core", "dc1-r1", "dx1", "loc-a-1", "vgw", "app-host")
VPN = ("dc1-host", "dc1-core", "dc2-core", "dc2-r1", "vpn1-1", "vgw", "app-host")
BETWEEN = ("dc1-host", "dc1-core", "dc2-core", "dc2-host")
HOPS = (("dc1-r1", "dx1"), ("dx1", "dc1-r1"))
ACTS, UNDOES, MS = 10.2, 38.9, 0.001
WHOLE = Comparison(nodes=14, daemons=0, interfaces=0, addresses=0, static_routes=0, learned_routes=0, sessions=0, tunnels=2, differences=())


def heard(at: float, source: str, what: str) -> Noticed:
    return Noticed(event=TimelineEvent(at=at, node="dc1-r1", source=source, what=what))


def lost(at: float, count: int = 1) -> LossRun:
    """Some packets lost one after another, a thousand a second."""
    return LossRun(
        first_seq=round((at + 2) / MS),
        count=count,
        first_sent=at,
        last_sent=at + (count - 1) * MS,
        arrived_before=at - MS,
        arrived_after=at + count * MS,
    )


def run(path: tuple[str, ...], begin: float, end: float) -> PathRun:
    first, last = round((begin + 2) / MS), round((end + 2) / MS)
    return PathRun(path=path, first_seq=first, last_seq=last, first_sent=begin, last_sent=end, count=100, delivered=True)


def flow(name: str, direction: str, paths: tuple[PathRun, ...], losses: tuple[LossRun, ...] = ()) -> FlowRecorded:
    back = tuple(
        PathRun(
            path=each.path[::-1],
            first_seq=each.first_seq,
            last_seq=each.last_seq,
            first_sent=each.first_sent,
            last_sent=each.last_sent,
            count=each.count,
            delivered=True,
        )
        for each in paths
    )
    return FlowRecorded(
        flow=name,
        direction=direction,
        destination=IPv4Address("172.31.0.10"),
        rate_pps=1000.0,
        started=-2.0,
        ended=50.0,
        sent=52000,
        longest_pause_seconds=0.001,
        zero_seq=2000,
        felt=(3990, 34000),
        losses=losses,
        paths=paths if direction == "forward" else back,
        delays=(0.001, 0.001, 0.001),
    )


def record(*, moved: bool = True) -> list[Event]:
    """5 % of a circuit's packets are lost from 2 s to 32 s. At 10.2 s the flows move, with 20 ms of loss, and at 38.9 s they return."""
    until = ACTS if moved else 32.0
    chance = tuple(lost(2.0 + number * 0.02) for number in range(1, round((until - 2.0) / 0.02)))
    switch = (lost(ACTS + 0.003, 20), lost(UNDOES + 3.0, 3)) if moved else ()
    ways = (run(DX, -2.0, ACTS), run(VPN, ACTS + 0.03, UNDOES + 3.0), run(DX, UNDOES + 3.1, 50.0)) if moved else (run(DX, -2.0, 50.0),)
    acts = (
        heard(ACTS, "automation", "brown-out: shuts BGP of vif1, because FlowLossHigh rings"),
        heard(ACTS + 0.002, "bgp", "neighbor loc-a-1 down: Admin. shutdown"),
        heard(ACTS + 0.022, "route", "172.31.0.0/16 via dc2-core"),
        heard(UNDOES, "automation", "brown-out: no longer shuts BGP of vif1, because 10 s are over and vif1 is healthy"),
        heard(UNDOES + 3.0, "route", "172.31.0.0/16 via loc-a-1"),
    )
    return [
        CheckStarted(topology=PLAN.name, check=CHECK.name, summary="", timers="tuned", wall="", is_monitored=True),
        FaultStarted(step=0, kind="partial-loss", target="dx1", before=2.0, after=2.001, event=0, due=2.0, by_chance=HOPS),
        FaultEnded(step=0, before=32.0, after=32.001, event=1, due=32.0),
        Noticed(event=TimelineEvent(at=ACTS - 0.03, node="prometheus", source="alarm", what="FlowLossHigh begins", rings="FlowLossHigh")),
        *(acts if moved else ()),
        *(flow(name, way, ways, (*chance, *switch)) for name in ("dc1-app", "dc2-app") for way in ("forward", "reverse")),
        *(flow("dc1-dc2", way, (run(BETWEEN, -2.0, 50.0),)) for way in ("forward", "reverse")),
        Compared(comparison=WHOLE),
        CheckEnded(wall_seconds=54.0, error=None),
    ]


def test_flows_that_moved_in_time_keep_the_promise() -> None:
    judged = judge(CHECK, PLAN, record())
    assert (judged.status, judged.reason) == (Status.PASS, "")


def test_flows_that_stayed_break_it() -> None:
    judged = judge(CHECK, PLAN, record(moved=False))
    assert judged.status is Status.FAIL
    assert "promised via vpn1" in judged.reason
    assert "promised at most 1 s" in judged.reason
