"""The schedule of a check: which fault goes in or out next, and when."""

from dataclasses import dataclass

from lab.model.check import Check, Step, carried_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One instant on the schedule, in seconds of the check's clock: a step's fault goes in, or out.

    Steps are numbered as they are carried out: one that flaps counts as often as it goes in.
    """

    at: float
    number: int
    step: Step
    goes_in: bool


def turns(check: Check) -> tuple[Turn, ...]:
    """All instants in order, to the microsecond; at the same one faults come out, then go in, in the order of the file."""
    both = [
        turn
        for number, step in enumerate(each for step in check.steps for each in carried_out(step))
        for turn in (
            Turn(at=round(step.at, 6), number=number, step=step, goes_in=True),
            Turn(at=step.end, number=number, step=step, goes_in=False),
        )
    ]
    return tuple(sorted(both, key=lambda turn: (turn.at, turn.goes_in, turn.number)))
