"""Recordings written by hand: one flow at 100 packets a second for 20 s. The faults are in force from 5 s to 10 s of the check's clock."""

from dataclasses import replace

from lab.analysis.happened import convergence_events
from lab.model.broken import Broken
from lab.model.check import Check, Expectation, Promise, Step
from lab.model.direction import Direction
from lab.model.event import CheckEnded, CheckStarted, Event, FaultEnded, FaultStarted, FlowRecorded, LossRun, Noticed, PathRun
from lab.model.evidence import TimelineEvent
from lab.model.fault import LinkDown

RATE = 100.0
SENT, ZERO, DURING, AFTER = 2000, 100, 600, 1100
"""Packet 100 was sent at instant 0, so packet n was sent at n / 100 - 1 seconds."""

DIRECT = ("dc1-host", "dc1-core", "dc1-gw1", "isp-a", "internet", "vpn1-1", "vgw", "app-host")
ROUND = ("dc1-host", "dc1-core", "dc2-core", "dc2-gw1", "isp-b", "internet", "vpn3-1", "vgw", "app-host")


def at(sequence: int) -> float:
    """When a packet was sent."""
    return (sequence - ZERO) / RATE


def lost(first: int, count: int) -> LossRun:
    """Packets lost in a row."""
    return LossRun(first_seq=first, count=count, first_sent=at(first), last_sent=at(first + count - 1))


def path(nodes: tuple[str, ...], first: int, last: int, *, delivered: bool = True) -> PathRun:
    """Sampled packets that took one path."""
    return PathRun(path=nodes, first_seq=first, last_seq=last, first_sent=at(first), last_sent=at(last), count=2, delivered=delivered)


THERE_AND_BACK = (path(DIRECT, 0, 590), path(ROUND, 660, 1130), path(DIRECT, 1140, 1990))


def recorded(
    *losses: LossRun,
    paths: tuple[PathRun, ...] = THERE_AND_BACK,
    direction: Direction = "forward",
    flow: str = "dc1-app",
    pause: float = 0.001,
) -> FlowRecorded:
    """One direction of a flow. By default its paths are those of a failover and a return."""
    return FlowRecorded(
        flow=flow,
        direction=direction,
        rate_pps=RATE,
        started=at(0),
        ended=at(SENT),
        sent=SENT,
        longest_pause_seconds=pause,
        zero_seq=ZERO,
        felt=(DURING, AFTER),
        losses=losses,
        paths=paths,
    )


def check(*expectations: Expectation) -> Check:
    """The interconnect is down from 5 s to 10 s."""
    step = Step(kind="link-down", target="dci", fault=LinkDown(links=("dci",)), at=5.0, duration=5.0)
    return Check(name="cut", summary="The interconnect is cut.", steps=(step,), expectations=expectations)


def promise(
    *, during: Promise | None = None, after: Promise | None = None, directions: tuple[Direction, ...] = ("forward",)
) -> Expectation:
    """The promise for dc1-app."""
    return Expectation(flow="dc1-app", directions=directions, during=during, after=after)


def run(*flows: FlowRecorded, error: str | None = None) -> list[Event]:
    """The events of a whole check."""
    return [
        CheckStarted(
            topology="active-active-vpn", check="cut", summary="The interconnect is cut.", timers="tuned", wall="2026-01-02T03:04:05.678Z"
        ),
        FaultStarted(step=0, kind="link-down", target="dci", before=5.0, after=5.001, event=0, breaks=Broken(nodes=("dc1-gw1",))),
        Noticed(event=TimelineEvent(at=5.0005, node="dc1-core", source="link", what="eth3 down")),
        FaultEnded(step=0, before=10.0, after=10.002, event=1),
        *flows,
        CheckEnded(wall_seconds=31.5, error=error),
    ]


def flapping(*flows: FlowRecorded) -> list[Event]:
    """The events of a check whose link goes down twice: from 5 to 6.25 s and from 7.5 to 10 s."""
    turns: list[Event] = []
    for number, (begin, end) in enumerate(((5.0, 6.25), (7.5, 10.0))):
        breaks = Broken(nodes=("dc1-gw1",))
        turns.append(FaultStarted(step=0, kind="flap", target="dci", before=begin, after=begin, event=2 * number, breaks=breaks))
        turns.append(FaultEnded(step=0, before=end, after=end, event=2 * number + 1))
    first, *_, last = run()
    felt = tuple(ZERO + round(second * RATE) for second in (5.0, 6.25, 7.5, 10.0))
    return [first, *turns, *(replace(flow, felt=felt) for flow in flows), last]


HAPPENED = convergence_events(run())
"""The events of a run: the fault begins, and ends."""
