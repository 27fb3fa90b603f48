"""Reports from the model's nouns, with everything one may hold: for views, and for a browser that looks at them."""

from collections import deque

from lab.model.broken import Broken
from lab.model.check import DIRECTIONS, Direction, Phase
from lab.model.evidence import Convergence, HostLoad, Loss, Readings, Seen, Spread, Start, TimelineEvent, Track
from lab.model.outcome import FlowOutcome, HostFacts, LabFacts, Report, Status, StepOutcome, Verdict
from lab.model.sketch import Sketch, SketchFlow, sketch_of
from tests.shipped import TOPOLOGIES, shipped_plan

BROKEN, MENDED = 2.0, 14.0
OUT: dict[Direction, float] = {"forward": 0.904, "reverse": 3.006}
"""Seconds for which the first flow of a topology is out in each direction."""

REASON = "dc1-app ←: out for 3.006 s while the fault was in force, at most 1.5 s was promised\nit holds <b>markup</b> & \x1b[31mcolours"


def full_report(*topologies: str, checks: int = 2) -> Report:
    """So many checks of each topology (all without one): the first two are a failure with every evidence and an error without any."""
    names = topologies or TOPOLOGIES
    sketches = tuple(sketch_of(shipped_plan(name)) for name in names)
    return Report(
        version="0.1.0",
        host=HostFacts(kernel="6.12.0", cpus=2, capabilities=(("tun", True), ("netem", False))),
        images=(("node", "failover-lab/node:0123456789ab"), ("frr", "10.3")),
        labs=tuple(lab_facts(sketch) for sketch in sketches),
        verdicts=tuple(verdict_on(sketch, number) for sketch in sketches for number in range(checks)),
        wall_seconds=1330.4,
        begun="2026-01-02T03:04:05.678+00:00",
        journal="runs/example/journal.jsonl",
        sketches=sketches,
    )


def lab_facts(sketch: Sketch) -> LabFacts:
    """A lab that was deployed and removed."""
    return LabFacts(
        topology=sketch.name,
        timers="tuned",
        ipsec="userspace",
        circuits="a cable each",
        nodes=len(sketch.nodes),
        links=len(sketch.links),
        up_seconds=7.7,
        down_seconds=1.3,
    )


def verdict_on(sketch: Sketch, number: int) -> Verdict:
    """The verdict on a check of that number: 0 failed, 1 could not be told, the others passed."""
    status = {0: Status.FAIL, 1: Status.ERROR}.get(number, Status.PASS)
    link = sketch.links[number % len(sketch.links)]
    told = status is not Status.ERROR
    flow = sketch.flows[0]
    return Verdict(
        topology=sketch.name,
        check=f"check-{number}",
        summary="A link loses its carrier; traffic moves and comes back.",
        status=status,
        reason={Status.FAIL: REASON, Status.ERROR: "not steady before the fault"}.get(status, ""),
        repeats=3,
        steps=(
            StepOutcome(
                kind="link-down", target=link.name, applied=(BROKEN, 2.0035), undone=(MENDED, 14.002), breaks=Broken(links=(link.name,))
            ),
        )
        if told
        else (),
        flows=tuple(outcome for each in sketch.flows for outcome in outcomes(sketch, each, each is flow)) if told else (),
        timeline=events(link.a) if told else (),
        wall_seconds=57.0,
        journal="runs/example/journal.jsonl",
        rejected=("2 of 4: readings of dc1-app → differ by 0.8 s",) if told else (),
        spreads=tuple(spread(flow.name, direction) for direction in DIRECTIONS) if told else (),
        load=HostLoad(busy=0.43, stalled=0.012, latest_probe_seconds=0.0012) if told else None,
        tracks=tuple(track(sketch, each, direction, each is flow) for each in sketch.flows for direction in DIRECTIONS) if told else (),
    )


def events(node: str) -> tuple[TimelineEvent, ...]:
    """One of each source, and routes that come and go."""
    routes = (TimelineEvent(at=2.4 + step / 8, node=node, source="route", what=f"10.{step}.0.0/16 gone") for step in range(12))
    return (
        TimelineEvent(at=BROKEN, node="target", source="fault", what="link-down put in"),
        TimelineEvent(at=2.001, node=node, source="link", what="eth1 down"),
        TimelineEvent(at=2.31, node=node, source="bfd", what="peer 10.0.0.1 down"),
        TimelineEvent(at=2.32, node=node, source="bgp", what="neighbor 10.0.0.1 Idle"),
        TimelineEvent(at=2.33, node=node, source="ike", what="IKE SA deleted"),
        *routes,
        TimelineEvent(at=MENDED, node="target", source="fault", what="link-down taken out"),
    )


def outcomes(sketch: Sketch, flow: SketchFlow, is_out: bool) -> tuple[FlowOutcome, ...]:
    """Both directions of a flow in both phases; the one that was out has readings and convergence."""
    phases: tuple[Phase, ...] = ("during", "after")
    return tuple(outcome(sketch, flow, direction, phase, is_out and phase == "during") for direction in DIRECTIONS for phase in phases)


def outcome(sketch: Sketch, flow: SketchFlow, direction: Direction, phase: Phase, is_out: bool) -> FlowOutcome:
    """One direction of a flow in one phase; the reverse one of a flow that was out is cut off."""
    seconds = OUT[direction] if is_out else 0.0
    path = way(sketch, flow, direction)
    noticed = TimelineEvent(at=2.31, node=path[1], source="bfd", what="peer 10.0.0.1 down")
    return FlowOutcome(
        flow=flow.name,
        direction=direction,
        phase=phase,
        rate_pps=1000.0,
        sent=12000,
        lost=round(seconds * 1000),
        outage_seconds=seconds,
        longest_loss_seconds=seconds,
        resolution_seconds=0.001,
        reachable=not (is_out and direction == "reverse"),
        path_before=path,
        path=() if is_out and direction == "reverse" else path,
        readings=Readings(loss_seconds=seconds, gap_seconds=seconds, event_seconds=None, tolerance_seconds=0.002) if is_out else None,
        convergence=Convergence(
            event_at=BROKEN,
            noticed=noticed,
            detection_seconds=0.31,
            control_plane_seconds=0.05,
            fib_seconds=0.2,
            data_plane_seconds=seconds - 0.56,
        )
        if is_out
        else None,
    )


def track(sketch: Sketch, flow: SketchFlow, direction: Direction, is_out: bool) -> Track:
    """Losses of a flow that was out: the outage, and a flutter after it."""
    path = way(sketch, flow, direction)
    outage = Loss(at=BROKEN + 0.001, seconds=OUT[direction], count=round(OUT[direction] * 1000))
    flutter = tuple(Loss(at=MENDED + 0.1 + 0.004 * step, seconds=0.001, count=1) for step in range(100))
    return Track(
        flow=flow.name,
        direction=direction,
        begin=-1.5,
        end=20.0,
        losses=(outage, *flutter) if is_out else (),
        paths=(Seen(at=-1.5, path=path), Seen(at=BROKEN + OUT[direction], path=path[:1])) if is_out else (Seen(at=-1.5, path=path),),
    )


def spread(flow: str, direction: Direction) -> Spread:
    """Three trials."""
    out = OUT[direction]
    trials = (out, out * 0.98, out * 0.9)
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


def way(sketch: Sketch, flow: SketchFlow, direction: Direction) -> tuple[str, ...]:
    """A shortest path of a flow by links."""
    ends = (flow.source, flow.target) if direction == "forward" else (flow.target, flow.source)
    paths, left = {ends[0]: (ends[0],)}, deque([ends[0]])
    while left:
        here = left.popleft()
        for link in sketch.links:
            for one, other in ((link.a, link.b), (link.b, link.a)):
                if one == here and other not in paths:
                    paths[other] = (*paths[here], other)
                    left.append(other)
    return paths[ends[1]]
