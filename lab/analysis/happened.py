"""Find the convergence events of a check in its journal. A convergence event is an instant at which faults begin or end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lab.model.event import Event, FaultEnded, FaultStarted
from lab.model.outcome import ConvergenceEvent


def convergence_events(events: Sequence[Event]) -> tuple[ConvergenceEvent, ...]:
    """The instants at which faults began or ended, in order.

    () in a run without a fault. If several have the same name, the names get numbers.
    """
    started = {event.step: event for event in events if isinstance(event, FaultStarted)}
    turns = [event for event in events if isinstance(event, FaultStarted | FaultEnded)]
    groups = [[turn for turn in turns if turn.event == number] for number in sorted({turn.event for turn in turns})]
    names = list(_numbered([_name(group, started) for group in groups]))
    in_force = started.keys() - {turn.step for turn in turns if isinstance(turn, FaultEnded)}
    last = None if in_force else len(groups) - 1
    return tuple(_event(group, names[number], started, is_last=number == last) for number, group in enumerate(groups))


def peaks(happened: Sequence[ConvergenceEvent]) -> tuple[ConvergenceEvent, ...]:
    """The events at which the number of faults in force reaches a peak: a fault begins then, and at the next event a fault ends."""
    return tuple(event for event, after in zip_longest(happened, happened[1:]) if event.begun and (after is None or after.ended))


def _event(turns: Sequence[FaultStarted | FaultEnded], name: str, started: dict[int, FaultStarted], *, is_last: bool) -> ConvergenceEvent:
    begun = [turn for turn in turns if isinstance(turn, FaultStarted)]
    ended = [turn for turn in turns if isinstance(turn, FaultEnded)]
    return ConvergenceEvent(
        number=turns[0].event,
        name=name,
        phase="after" if is_last else "during",
        at=(min(turn.before for turn in turns), max(turn.after for turn in turns)),
        begins=tuple(turn.name or turn.target for turn in begun),
        ends=tuple(started[turn.step].name or started[turn.step].target for turn in ended),
        begun=tuple(turn.step for turn in begun),
        ended=tuple(turn.step for turn in ended),
    )


def _name(turns: Sequence[FaultStarted | FaultEnded], started: dict[int, FaultStarted]) -> str:
    """The name of an event, for instance `silent-loss dx1 begins`.

    If a step of the check has a name, that name replaces `silent-loss dx1`.
    """
    ended = [_label(started[turn.step]) for turn in turns if isinstance(turn, FaultEnded)]
    begun = [_label(turn) for turn in turns if isinstance(turn, FaultStarted)]
    both = ((ended, "end"), (begun, "begin"))
    return ", ".join(f"{' + '.join(labels)} {verb}{'s' if len(labels) == 1 else ''}" for labels, verb in both if labels)


def _label(started: FaultStarted) -> str:
    return started.name or f"{started.kind} {started.target}"


def _numbered(names: Sequence[str]) -> Iterator[str]:
    """The names of events. If a name occurs several times, as after a flap, each gets a number."""
    often, so_far = Counter(names), Counter[str]()
    for name in names:
        so_far[name] += 1
        yield f"{name} ({so_far[name]})" if often[name] > 1 else name
