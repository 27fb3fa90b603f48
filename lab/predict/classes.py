"""Classes: sets of failed components with the same predicted result for the same reasons. To test one set of a class is enough."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.model.prediction import SetPrediction


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A set that is run in a lab. `stands_for`: the other sets of its class, which are not run. Empty for further sets of the class."""

    proven: SetPrediction
    stands_for: tuple[SetPrediction, ...] = ()


def classes(sets: Iterable[SetPrediction]) -> tuple[tuple[SetPrediction, ...], ...]:
    """The sets by class, in the order of their first members.

    In one class every direction of every flow takes the same paths (or is cut off), and the same detectors end the outages. The lengths of
    the outages may differ: each set has its own prediction.
    """
    found: dict[object, list[SetPrediction]] = {}
    for each in sets:
        ways = tuple((flow.flow, flow.direction, flow.reachable, flow.paths) for flow in each.flows)
        detectors = frozenset(flow.noticed_by for flow in each.flows)
        found.setdefault((ways, detectors), []).append(each)
    return tuple(map(tuple, found.values()))


def members(of: Sequence[Sequence[SetPrediction]], sample: int, seed: int) -> tuple[Member, ...]:
    """One set of each class, and `sample` more sets of any class. The same seed chooses the same sets."""
    choice = random.Random(seed)  # noqa: S311 - no secret: a run must be repeatable
    first = [choice.choice(each) for each in of]
    names = {each.failed for each in first}
    rest = [each for one in of for each in one if each.failed not in names]
    more = choice.sample(rest, min(sample, len(rest)))
    names.update(each.failed for each in more)
    standing = zip(first, of, strict=True)
    return (
        *(Member(proven=each, stands_for=tuple(other for other in one if other.failed not in names)) for each, one in standing),
        *(Member(proven=each) for each in more),
    )
