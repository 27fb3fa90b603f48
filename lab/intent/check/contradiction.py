"""Find two promises for one event that cannot both be true.

One event can have two names, because two steps may begin or end at the same instant.
"""

from collections.abc import Iterator

from lab.intent.check.document import ExpectationDocument, StepDocument
from lab.intent.document.fields import by_profile
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped

_SAID = {True: "reachable: true (the default)", False: "reachable: false"}

_Moment = tuple[str, str, int, float]
"""A flow, its direction, the number of the timer profile (0 tuned, 1 default), and seconds after the start of the check."""


def contradictions(shaped: Shaped) -> Iterator[Finding]:
    """A mistake for each promise that says `reachable: false` although an earlier one for the same flow and event says true, or the
    reverse.
    """
    instants = dict(_instants(shaped))
    earlier: dict[_Moment, tuple[Where, bool]] = {}
    for where, written in shaped.entries(("expect",), ExpectationDocument):
        if written.then is None:
            continue
        reachable = written.then.reachable
        said = [earlier.setdefault(moment, (where, reachable)) for moment in _moments(written, instants)]
        if against := next((first for first, other in said if other != reachable), None):
            message = f"expect[{against[-1]}] says {_SAID[not reachable]} for the same event; both cannot be true (correct one of the two)"
            yield Finding(where=(*where, "then"), message=message)


def _moments(written: ExpectationDocument, instants: dict[tuple[str, str], tuple[float, float]]) -> Iterator[_Moment]:
    """For each direction of the expectation and each timer profile: when its event happens."""
    for turn in (written.when or {}).items():
        for profile, instant in enumerate(instants.get(turn, ())):
            for direction in [written.direction] if written.direction else ["forward", "reverse"]:
                yield written.flow, direction, profile, instant


def _instants(shaped: Shaped) -> Iterator[tuple[tuple[str, str], tuple[float, float]]]:
    """When each step begins and ends, under both timer profiles. Without flaps, because they begin and end several times."""
    for _, step in shaped.entries(("steps",), StepDocument):
        if step.fault != "flap":
            (tuned, default), (longer, longest) = by_profile(step.at), by_profile(step.duration)
            yield (step.name or step.target, "begins"), (tuned, default)
            yield (step.name or step.target, "ends"), (round(tuned + longer, 6), round(default + longest, 6))
