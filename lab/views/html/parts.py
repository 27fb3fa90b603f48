"""The parts of a check's time. These are its phases, or in a check with several events: the whole time of the faults, and each event."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.outcome import FlowOutcome, Verdict
from lab.views.report.words import PHASES, clock

_PHASES: dict[Phase, str] = {"during": "while the fault was in force", "after": "after it ended"}
_UNBROKEN: dict[Phase, str] = {"during": "nothing broken", "after": "afterwards"}

_LOST = frozenset({"outage", "loss", "reachable", "return"})
"""Broken promises that mean lost packets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a check's time: its name, and what happened to the flows in it."""

    title: str
    outcomes: tuple[FlowOutcome, ...]

    def of(self, flow: str, direction: Direction) -> FlowOutcome | None:
        """The outcome of one direction of a flow in this part. None if there is none."""
        return next((each for each in self.outcomes if (each.flow, each.direction) == (flow, direction)), None)


def has_several_events(verdict: Verdict) -> bool:
    """Whether a check has outcomes for single events, and not only for whole phases."""
    return bool(verdict.events) and any(outcome.event is None for outcome in verdict.flows)


def parts(verdict: Verdict) -> Iterator[Part]:
    """Each part in which a flow has an outcome, in order of time."""
    several = has_several_events(verdict)
    for phase, event in dict.fromkeys((outcome.phase, outcome.event) for outcome in verdict.flows):
        outcomes = tuple(outcome for outcome in verdict.flows if (outcome.phase, outcome.event) == (phase, event))
        yield Part(title=_event_title(verdict, event) if several else (_PHASES if verdict.steps else _UNBROKEN)[phase], outcomes=outcomes)


def of_phase(outcomes: Sequence[FlowOutcome], phase: Phase) -> tuple[FlowOutcome, ...]:
    """The outcomes in a phase: first those of the whole phase, then those of its events."""
    return tuple(sorted((each for each in outcomes if each.phase == phase), key=lambda each: each.event is not None))


def broken_spans(verdict: Verdict, flow: str, direction: Direction) -> Iterator[tuple[float, float]]:
    """The times at which one direction of a flow was out although a promise did not permit it. In seconds on the check's clock."""
    begins = [event.at[0] for event in verdict.events]
    for outcome in verdict.flows:
        if (outcome.flow, outcome.direction) == (flow, direction) and _LOST & {breach.what for breach in outcome.breaches}:
            names = [event.name for event in verdict.events]
            if outcome.event in names:
                begin, end = [*begins, math.inf][names.index(outcome.event) :][:2]
                yield begin, end
            else:
                yield (begins[0], begins[-1]) if begins else (-math.inf, math.inf)


def part_words(outcome: FlowOutcome, *, several: bool) -> str:
    """The name of the part of a check's time that an outcome is about. To be shown beside the name of the flow."""
    return outcome.event if several and outcome.event else PHASES[outcome.phase]


def _event_title(verdict: Verdict, name: str | None) -> str:
    event = next((each for each in verdict.events if each.name == name), None)
    if event is None:
        return "the whole time of the faults"
    return f"{clock(event.at[0])}: {event.name}{', no fault is left in force' if event.phase == 'after' else ''}"
