"""A check with two faults, written by hand: one from 5 s to 14 s, the other from 8 s to 11 s. 100 packets a second until 19 s."""

from dataclasses import replace

from lab.model.broken import NOTHING, Broken
from lab.model.check import Check, Expectation, Step
from lab.model.direction import Direction
from lab.model.event import CheckEnded, CheckStarted, Event, FaultEnded, FaultStarted, FlowRecorded, LossRun, PathRun
from lab.model.fault import LinkDown
from tests.unit.analysis.samples import DIRECT, ROUND, path, recorded

OUTER, INNER, INNER_OUT, OUTER_OUT = 600, 900, 1200, 1500
"""The number of the first packet that each event affects. Packet n was sent at n / 100 - 1 seconds."""

BEGINS, INNER_BEGINS, INNER_ENDS, ENDS = "outer begins", "link-down isp-a--internet begins", "link-down isp-a--internet ends", "outer ends"

MOVES = (path(DIRECT, 0, 590), path(ROUND, 700, 1490), path(DIRECT, 1510, 1990))
"""The flow takes the longer path while the outer fault is in force."""


def nested(*expectations: Expectation, touches_nothing: bool = False) -> Check:
    """The interconnect's fault has a name. The other one is named by its target."""
    steps = (
        Step(kind="link-down", target="dci", fault=LinkDown(links=("dci",)), at=5.0, duration=9.0, name="outer"),
        Step(kind="link-down", target="isp-a--internet", fault=LinkDown(links=("isp-a--internet",)), at=8.0, duration=3.0),
    )
    return Check(name="nested", summary="One inside the other.", steps=steps, expectations=expectations, touches_nothing=touches_nothing)


def flow(*losses: LossRun, paths: tuple[PathRun, ...] = MOVES, direction: Direction = "forward", name: str = "dc1-app") -> FlowRecorded:
    """One direction of a flow that four events affect."""
    felt = (OUTER, INNER, INNER_OUT, OUTER_OUT)
    return replace(recorded(*losses, paths=paths, direction=direction, flow=name), felt=felt)


def told(check: Check, *flows: FlowRecorded, breaks: Broken = NOTHING) -> list[Event]:
    """All events of the check. Both faults break the same part."""
    outer, inner = check.schedule
    started = CheckStarted(
        topology="active-active-vpn",
        check=check.name,
        summary=check.summary,
        timers="tuned",
        wall="2026-01-02T03:04:05.678Z",
        steps=check.schedule,
        expectations=check.expectations,
        touches_nothing=check.touches_nothing,
    )
    return [
        started,
        FaultStarted(step=0, kind=outer.kind, target=outer.target, name=outer.name, event=0, before=5.0, after=5.001, breaks=breaks),
        FaultStarted(step=1, kind=inner.kind, target=inner.target, event=1, before=8.0, after=8.001, breaks=breaks),
        FaultEnded(step=1, event=2, before=11.0, after=11.001),
        FaultEnded(step=0, event=3, before=14.0, after=14.001),
        *flows,
        CheckEnded(wall_seconds=31.5, error=None),
    ]
