"""The schedule of a check: when each fault begins and ends."""

from dataclasses import dataclass

from lab.model.check import Check, Step, carried_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A fault begins (`goes_in` is true) or ends. `at`: seconds of the check's clock.

    Each injection has its own `number`, so a step with a flap has several.
    """

    at: float
    number: int
    step: Step
    goes_in: bool


def turns(check: Check) -> tuple[Turn, ...]:
    """All beginnings and ends of faults in a check, in order of time. At one instant, faults end before others begin.

    Those that are still equal are in the order of the file.
    """
    both = [
        turn
        for number, step in enumerate(each for step in check.steps for each in carried_out(step))
        for turn in (
            Turn(at=round(step.at, 6), number=number, step=step, goes_in=True),
            Turn(at=step.end, number=number, step=step, goes_in=False),
        )
    ]
    return tuple(sorted(both, key=lambda turn: (turn.at, turn.goes_in, turn.number)))
