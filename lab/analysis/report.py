"""The report of a run, from its journal alone."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lab.analysis.convergence import with_convergence
from lab.analysis.outcome import outcomes
from lab.analysis.repeats import combined
from lab.analysis.timeline import steps, timeline
from lab.analysis.tracks import tracks
from lab.model.event import CheckEnded, CheckStarted, Discarded, Drawn, Event, FlowRecorded, Judged, LabUsed, RunEnded, RunStarted
from lab.model.outcome import HostFacts, Report, Status, Verdict

_NOBODY = RunStarted(version="", host=HostFacts(kernel="", cpus=0, capabilities=()), images=(), topologies=())


def report_of(events: Sequence[Event], journal: str) -> Report:
    """Everything a run has to say; of one that broke off, as far as it came."""
    started = next((event for event in events if isinstance(event, RunStarted)), _NOBODY)
    return Report(
        version=started.version,
        host=started.host,
        images=started.images,
        labs=tuple(event.lab for event in events if isinstance(event, LabUsed)),
        verdicts=tuple(verdict_of(check, journal) for check in _checks(events)),
        wall_seconds=next((event.wall_seconds for event in events if isinstance(event, RunEnded)), 0.0),
        begun=next((event.wall for event in events if isinstance(event, CheckStarted)), ""),
        journal=journal,
        sketches=tuple(event.sketch for event in events if isinstance(event, Drawn)),
    )


def verdict_of(events: Sequence[Event], journal: str) -> Verdict:
    """The verdict on one check with all its evidence; `events` are its repetitions', each beginning with its CheckStarted.

    A repetition that was discarded does not count, unless the run broke off before it was tried again.
    """
    tried = list(_repetitions(events))
    counted = [repetition for repetition in tried if not any(isinstance(event, Discarded) for event in repetition)]
    return combined([_verdict(repetition, journal) for repetition in counted or tried[-1:]])


def _verdict(events: Sequence[Event], journal: str) -> Verdict:
    started = next(event for event in events if isinstance(event, CheckStarted))
    broken_off = Judged(status=Status.ERROR, reason="the run broke off before the check ended")
    judged = next((event for event in events if isinstance(event, Judged)), broken_off)
    flows = [event for event in events if isinstance(event, FlowRecorded)]
    return Verdict(
        topology=started.topology,
        check=started.check,
        summary=started.summary,
        status=judged.status,
        reason=judged.reason,
        repeats=1,
        steps=steps(events),
        flows=with_convergence(outcomes(flows), events),
        timeline=timeline(events),
        wall_seconds=next((event.wall_seconds for event in events if isinstance(event, CheckEnded)), 0.0),
        journal=journal,
        tracks=tracks(flows),
        file=started.file,
    )


def _checks(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """The events of each check, all its repetitions together."""
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
