"""Make the report of a run from its journal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lab.analysis.convergence import with_convergence
from lab.analysis.happened import convergence_events
from lab.analysis.limits import limits
from lab.analysis.outcome import outcomes
from lab.analysis.promises import is_whole_phase, promised
from lab.analysis.readings import with_readings
from lab.analysis.repeats import combined
from lab.analysis.surprises import SURPRISE
from lab.analysis.timeline import steps, timeline
from lab.analysis.touch import touching
from lab.analysis.tracks import tracks
from lab.analysis.untested import untested
from lab.model.event import CheckEnded, CheckStarted, Discarded, Drawn, Event, FlowRecorded, Judged, LabUsed, LoadSeen, RunEnded, RunStarted
from lab.model.outcome import Breach, FlowOutcome, Report, Status, Verdict
from lab.model.run import HostFacts, Run

_NOBODY = RunStarted(version="", host=HostFacts(kernel="", cpus=0, capabilities=()), images=(), topologies=())


def report_of(events: Sequence[Event], journal: str) -> Report:
    """The report of a run. If the run was interrupted, the report has everything that happened before."""
    started = next((event for event in events if isinstance(event, RunStarted)), _NOBODY)
    run = Run(
        version=started.version,
        host=started.host,
        begun=next((event.wall for event in events if isinstance(event, CheckStarted)), ""),
        wall_seconds=next((event.wall_seconds for event in events if isinstance(event, RunEnded)), 0.0),
        journal=journal,
        only=started.only,
    )
    return Report(
        version=run.version,
        host=run.host,
        images=started.images,
        labs=tuple(event.lab for event in events if isinstance(event, LabUsed)),
        verdicts=tuple(verdict_of(check, journal) for check in _checks(events)),
        wall_seconds=run.wall_seconds,
        only=run.only,
        begun=run.begun,
        journal=journal,
        runs=(run,),
        sketches=tuple(event.sketch for event in events if isinstance(event, Drawn)),
        limits=tuple(limit for event in events if isinstance(event, Drawn) for limit in limits(event.sketch)),
    )


def verdict_of(events: Sequence[Event], journal: str) -> Verdict:
    """The verdict of one check with all its evidence. `events`: those of all its trials. Each trial begins with CheckStarted.

    A rejected trial does not count. If the run was interrupted before the check was tried again, the last rejected trial is shown.
    """
    tried = list(_repetitions(events))
    counted = [repetition for repetition in tried if not any(isinstance(event, Discarded) for event in repetition)]
    verdict = combined([_verdict(repetition, journal) for repetition in counted or tried[-1:]])
    return replace(verdict, rejected=tuple(event.reason for event in events if isinstance(event, Discarded)))


def _verdict(events: Sequence[Event], journal: str) -> Verdict:
    started = next(event for event in events if isinstance(event, CheckStarted))
    broken_off = Judged(status=Status.ERROR, reason="the run was interrupted before the check ended")
    judged = next((event for event in events if isinstance(event, Judged)), broken_off)
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    load = next((event.load for event in events if isinstance(event, LoadSeen)), None)
    return Verdict(
        topology=started.topology,
        check=started.check,
        summary=started.summary,
        status=judged.status,
        reason=judged.reason,
        repeats=1,
        steps=steps(events),
        flows=_flows(started, judged, events),
        timeline=timeline(events),
        wall_seconds=next((event.wall_seconds for event in events if isinstance(event, CheckEnded)), 0.0),
        journal=journal,
        tracks=tracks(flows),
        file=started.file,
        load=load,
        events=convergence_events(events),
        breaches=judged.breaches,
        expectations=started.expectations,
        untested=tuple(untested(events)),
        is_swept=started.origin == "sweep",
        notes=judged.notes,
        notices=judged.notices,
        alarms=started.alarms,
        is_silent=started.is_silent,
        is_monitored=started.is_monitored,
        foreseen_alarms=started.foreseen.alarms if started.foreseen else None,
        stands_for=started.foreseen.stands_for if started.foreseen else (),
    )


def _flows(started: CheckStarted, judged: Judged, events: Sequence[Event]) -> tuple[FlowOutcome, ...]:
    """The outcome of each flow, with its evidence and its promises."""
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    happened = convergence_events(events)
    names = dict.fromkeys(flow.flow for flow in flows)
    touched = {name: touching([flow for flow in flows if flow.flow == name], happened, events) for name in names}
    every = []
    for outcome in with_readings(with_convergence(outcomes(flows, happened), events), events):
        said = None if is_whole_phase(outcome, happened) else outcome.event
        about = {event.name for event in happened if outcome.event == event.name or (not outcome.event and event.phase == outcome.phase)}
        where = (outcome.flow, outcome.direction, outcome.phase, said)
        breaches = tuple(each for each in judged.breaches if (each.flow, each.direction, each.phase, each.event) == where)
        breaches += tuple(_in_its_events(judged, outcome))
        foreseen = started.foreseen
        every.append(
            replace(
                outcome,
                promised=promised(started.expectations, outcome, happened),
                breaches=breaches,
                is_judged=judged.status is not Status.ERROR,
                untouched=bool(happened) and not about & touched[outcome.flow],
                foreseen=foreseen.flow(outcome.flow, outcome.direction) if foreseen and outcome.phase == "during" else None,
                surprise="; ".join(dict.fromkeys(each.words for each in breaches if started.origin == "sweep" or each.what == SURPRISE))
                or None,
                is_swept=started.origin == "sweep",
            )
        )
    return tuple(every)


def _in_its_events(judged: Judged, whole: FlowOutcome) -> Iterator[Breach]:
    """The broken promises that a check made for a whole phase, and that one event of the phase broke. (For instance about the path.)"""
    for breach in judged.breaches if whole.event is None else ():
        of_whole = (breach.flow, breach.direction, breach.phase) == (whole.flow, whole.direction, whole.phase)
        if of_whole and breach.event and not breach.by_name:
            yield breach


def _checks(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """The events of each check. They are those of all its trials."""
    checks: dict[tuple[str, str], list[Event]] = {}
    for repetition in _repetitions(events):
        for started in repetition[:1]:
            if isinstance(started, CheckStarted):
                checks.setdefault((started.topology, started.check), []).extend(repetition)
    yield from checks.values()


def _repetitions(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    begins = [number for number, event in enumerate(events) if isinstance(event, CheckStarted)]
    for begin, end in pairwise([*begins, len(events)]):
        yield events[begin:end]
