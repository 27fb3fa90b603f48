"""Sample reports for tests of views and of the page, built from classes of the model. They have everything that a report can have."""

from collections.abc import Iterator
from dataclasses import replace

from lab.model.broken import Broken
from lab.model.direction import DIRECTIONS
from lab.model.evidence import HostLoad, TimelineEvent
from lab.model.noticed import EventNotice, Ring
from lab.model.outcome import ConvergenceEvent, FlowOutcome, Report, Status, StepOutcome, Verdict
from lab.model.prediction import FlowPrediction, SetPrediction
from lab.model.run import HostFacts, LabFacts
from lab.model.sketch import Sketch, sketch_of
from tests.report_flows import BROKEN, Case, flows_of, spread, tracks_of
from tests.shipped import TOPOLOGIES, shipped_plan

MORE_BROKEN, MENDED = 8.0, 14.0
SEVERAL = 3
"""The number of the check with three events: two faults begin one after the other and end together."""

REASON = "dc1-app ←: out for 3.006 s while the fault was in force, at most 1.5 s was promised\nit holds <b>markup</b> & \x1b[31mcolours"


def full_report(*topologies: str, checks: int = 2) -> Report:
    """A report with this many checks of each topology (without topologies: of all).

    The first check fails with every evidence, the second is an error without any, and the others pass. The fourth has three events. In
    each check the first flow is out and the third is untouched."""
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
    """The verdict of a check by number: 0 failed, 1 is an error, the others passed."""
    if number == 1:
        return untold(sketch, number)
    status, reason = (Status.FAIL, REASON) if number == 0 else (Status.PASS, "")
    steps = steps_of(sketch, number)
    happened = happened_in(steps)
    case = Case(sketch=sketch, happened=happened, is_broken=status is Status.FAIL)
    flows = tuple(flows_of(case))
    return replace(
        untold(sketch, number),
        status=status,
        reason=reason,
        steps=steps,
        flows=flows,
        timeline=timeline(sketch.links[number % len(sketch.links)].a),
        rejected=("2 of 4: readings of dc1-app → differ by 0.8 s",),
        spreads=tuple(spread(case, direction) for direction in DIRECTIONS),
        load=HostLoad(busy=0.43, stalled=0.012, latest_probe_seconds=0.0012),
        tracks=tuple(tracks_of(case)),
        events=happened,
        breaches=tuple(breach for flow in flows for breach in flow.breaches),
        untested=tuple(flow.name for flow in sketch.flows[2:]),
        notices=tuple(notices_of(happened, is_noticed=number == 0)),
    )


def notices_of(happened: tuple[ConvergenceEvent, ...], *, is_noticed: bool) -> Iterator[EventNotice]:
    """A router and two alarms notice each fault, or nobody does."""
    for event in happened:
        if event.begun and is_noticed:
            begin = event.at[0]
            router = TimelineEvent(at=begin + 0.001, node="dc1-r1", source="link", what="eth1 down")
            rings = tuple(
                Ring(rule=rule, source="cloudwatch", at=(begin, begin + 90.0), after=(0.0, 90.0), in_check="perhaps")
                for rule in ("dx1-connection-down", "vif1-bgp-down")
            )
            yield EventNotice(event=event.name, router=router, router_after=0.001, rings=rings, lost_in=("dc1-app",), is_harmed=True)
        elif event.begun:
            yield EventNotice(event=event.name, is_harmed=True)


def untold(sketch: Sketch, number: int) -> Verdict:
    """An error without any evidence."""
    return Verdict(
        topology=sketch.name,
        check=f"check-{number}",
        summary="A link loses its carrier; traffic moves and comes back.",
        status=Status.ERROR,
        reason="not steady before the fault",
        repeats=3,
        steps=(),
        flows=(),
        timeline=(),
        wall_seconds=57.0,
        journal="runs/example/journal.jsonl",
    )


def steps_of(sketch: Sketch, number: int) -> tuple[StepOutcome, ...]:
    """A link goes down. In the check with three events, another one goes down later."""
    begins = (BROKEN, MORE_BROKEN) if number == SEVERAL else (BROKEN,)
    links = [sketch.links[(number + order) % len(sketch.links)].name for order in range(len(begins))]
    return tuple(
        StepOutcome(
            kind="link-down",
            target=link,
            applied=(begin, begin + 0.0035),
            undone=(MENDED, MENDED + 0.002),
            breaks=Broken(links=(link,)),
        )
        for link, begin in zip(links, begins, strict=True)
    )


def happened_in(steps: tuple[StepOutcome, ...]) -> tuple[ConvergenceEvent, ...]:
    """The events of a check: each fault begins, and all end together."""
    every = tuple(range(len(steps)))
    names = [f"{step.kind} {step.target}" for step in steps]
    targets = tuple(step.target for step in steps)
    begins = tuple(
        ConvergenceEvent(
            number=order,
            name=f"{names[order]} begins",
            phase="during",
            at=steps[order].applied,
            begins=(targets[order],),
            ends=(),
            begun=(order,),
            ended=(),
        )
        for order in every
    )
    end = ConvergenceEvent(
        number=len(steps),
        name=f"{' + '.join(names)} end{'s' if len(steps) == 1 else ''}",
        phase="after",
        at=(MENDED, MENDED + 0.002),
        begins=(),
        ends=targets,
        begun=(),
        ended=every,
    )
    return (*begins, end)


def timeline(node: str) -> tuple[TimelineEvent, ...]:
    """One event of each source, and routes that are added and removed."""
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


def swept(verdict: Verdict) -> Verdict:
    """The verdict of a sweep's set: each direction of a flow with its prediction. It stands for two more sets."""
    flows = tuple(replace(flow, foreseen=_as_foreseen(flow), is_swept=True) if flow.phase == "during" else flow for flow in verdict.flows)
    foreseen = tuple(flow.foreseen for flow in flows if flow.foreseen)
    alike = tuple(SetPrediction(failed=("dx1", name), flows=foreseen) for name in ("isp-a", "isp-b"))
    return replace(verdict, is_swept=True, flows=flows, stands_for=alike)


def _as_foreseen(flow: FlowOutcome) -> FlowPrediction:
    interval = (flow.outage_seconds * 0.9, flow.outage_seconds * 1.1)
    return FlowPrediction(
        flow=flow.flow,
        direction=flow.direction,
        reachable=flow.reachable,
        paths=(flow.path,),
        outage_seconds=interval if flow.reachable else None,
    )
