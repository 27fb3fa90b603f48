"""The outcomes and promises of the flows in a sample report."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lab.model.check import Promise
from lab.model.direction import DIRECTIONS, Direction
from lab.model.evidence import Convergence, Loss, Readings, Seen, Spread, Start, TimelineEvent, Track
from lab.model.outcome import Breach, ConvergenceEvent, FlowOutcome
from lab.model.sketch import Sketch, SketchFlow

BROKEN = 2.0
OUT: dict[Direction, float] = {"forward": 0.904, "reverse": 3.006}
"""How many seconds the first flow of a topology is out when the fault begins, in a check that fails."""
MOVED: dict[Direction, float] = {"forward": 0.904, "reverse": 0.6}
"""The same for a check that passes: each outage is 0.4 of the longest promised one."""
PROMISED: dict[Direction, float] = {"forward": 2.26, "reverse": 1.5}
"""How many seconds it may be out during the faults."""
AGAIN, PROMISED_AGAIN = 0.6, 1.5
"""How many seconds it is out, and is allowed to be out, when a second fault begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A check of a network: its events, and whether it broke its promise."""

    sketch: Sketch
    happened: tuple[ConvergenceEvent, ...]
    is_broken: bool

    def out(self, direction: Direction, event: ConvergenceEvent | None) -> float:
        """How many seconds the first flow is out in an event (None: in the whole time of the faults)."""
        first = (OUT if self.is_broken else MOVED)[direction]
        if event is None:
            return first + AGAIN
        return 0.0 if event.phase == "after" else AGAIN if event.number else first


def flows_of(case: Case) -> Iterator[FlowOutcome]:
    """Both directions of every flow in each event. With several events, also in the whole time of the faults."""
    whole = (None,) if len(case.happened) > 2 else ()
    for flow in case.sketch.flows:
        for direction in DIRECTIONS:
            for event in (*whole, *case.happened):
                yield outcome(case, flow, direction, event)


def outcome(case: Case, flow: SketchFlow, direction: Direction, event: ConvergenceEvent | None) -> FlowOutcome:
    """One direction of a flow. If its promise was broken, the reverse direction is cut off."""
    seconds = case.out(direction, event) if flow is case.sketch.flows[0] else 0.0
    before = way(case.sketch, flow, direction)
    is_cut = case.is_broken and direction == "reverse" and seconds > 0
    noticed = TimelineEvent(at=(event.at[0] if event else BROKEN) + 0.31, node=before[1], source="bfd", what="peer 10.0.0.1 down")
    is_seen = event is not None and seconds > 0
    return FlowOutcome(
        flow=flow.name,
        direction=direction,
        phase=event.phase if event else "during",
        event=event.name if event else None,
        rate_pps=1000.0,
        sent=12000,
        lost=round(seconds * 1000),
        outage_seconds=seconds,
        longest_loss_seconds=seconds,
        resolution_seconds=0.001,
        reachable=not is_cut,
        path_before=before,
        path=() if is_cut else detour(case, flow, direction) if seconds else before,
        readings=Readings(loss_seconds=seconds, gap_seconds=seconds, event_seconds=None, tolerance_seconds=0.002) if is_seen else None,
        convergence=Convergence(
            event_at=event.at[0],
            noticed=noticed,
            detection_seconds=0.31,
            control_plane_seconds=0.05,
            fib_seconds=0.2,
            data_plane_seconds=seconds - 0.56,
        )
        if is_seen and event
        else None,
        promised=promised(case, flow, direction, event),
        breaches=tuple(broken(flow, direction)) if is_cut else (),
        untouched=flow in case.sketch.flows[2:],
    )


def promised(case: Case, flow: SketchFlow, direction: Direction, event: ConvergenceEvent | None) -> Promise | None:
    """The promises for a flow: during the faults and after them. The first flow also has one for the second of several faults."""
    is_first = flow is case.sketch.flows[0]
    if event and event.phase == "after":
        return Promise(outage_at_most=0.5 if is_first else 0.0)
    if event is None or len(case.happened) == 2:
        path = detour(case, flow, direction)
        return Promise(outage_at_most=PROMISED[direction], via=(path[len(path) // 2],)) if is_first else Promise(outage_at_most=0.0)
    return Promise(outage_at_most=PROMISED_AGAIN) if is_first and event.number else None


def broken(flow: SketchFlow, direction: Direction) -> Iterator[Breach]:
    """A flow that was out for too long and in the end cut off."""
    yield Breach(what="outage", words="out for 3.006 s, promised at most 1.5 s", flow=flow.name, direction=direction, phase="during")
    yield Breach(what="reachable", words="unreachable, promised reachable", flow=flow.name, direction=direction, phase="during")


def tracks_of(case: Case) -> Iterator[Track]:
    """The losses of a flow that was out: one outage for each event, and some short losses afterwards."""
    for flow in case.sketch.flows:
        for direction in DIRECTIONS:
            path, other = way(case.sketch, flow, direction), detour(case, flow, direction)
            outs = [(event.at[0], case.out(direction, event)) for event in case.happened if event.phase == "during"]
            outages = tuple(Loss(at=at + 0.001, seconds=seconds, count=round(seconds * 1000)) for at, seconds in outs)
            flutter = tuple(Loss(at=case.happened[-1].at[0] + 0.1 + 0.004 * step, seconds=0.001, count=1) for step in range(100))
            is_out = flow is case.sketch.flows[0]
            moved = (Seen(at=BROKEN + outs[0][1], path=path[:1] if case.is_broken else other),) if is_out else ()
            yield Track(
                flow=flow.name,
                direction=direction,
                begin=-1.5,
                end=20.0,
                losses=(*outages, *flutter) if is_out else (),
                paths=(Seen(at=-1.5, path=path), *moved),
            )


def spread(case: Case, direction: Direction) -> Spread:
    """Three trials of the first flow."""
    out = case.out(direction, case.happened[0])
    trials = (out, out * 0.98, out * 0.9)
    flow = case.sketch.flows[0].name
    return Spread(
        flow=flow,
        direction=direction,
        phase="during",
        outages=trials,
        median=trials[1],
        p1=trials[2],
        p99=out,
        deviation=0.04,
        starts=(Start(path_before=(), path_begun=(), outages=trials, paths=()),),
    )


def detour(case: Case, flow: SketchFlow, direction: Direction) -> tuple[str, ...]:
    """Another path, if the promise was kept and there is one: the shortest way around one link of the first path."""
    path = way(case.sketch, flow, direction)
    if case.is_broken:
        return path
    others = (way(case.sketch, flow, direction, without=hop) for hop in pairwise(path))
    return next((other for other in others if other), path)


def way(sketch: Sketch, flow: SketchFlow, direction: Direction, without: tuple[str, str] | None = None) -> tuple[str, ...]:
    """A shortest path of a flow over these links. () if there is none."""
    ends = (flow.source, flow.target) if direction == "forward" else (flow.target, flow.source)
    paths, left = {ends[0]: (ends[0],)}, deque([ends[0]])
    while left:
        here = left.popleft()
        for link in sketch.links:
            for one, other in ((link.a, link.b), (link.b, link.a)):
                if one == here and other not in paths and {one, other} != set(without or ()):
                    paths[other] = (*paths[here], other)
                    left.append(other)
    return paths.get(ends[1], ())
