"""Classes: sets of failed components that leave every flow the same paths, noticed by the same detectors. One set stands for a class."""

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

    In one class every direction of every flow takes the same paths (or is cut off), and the same detector ends its outage. The lengths of
    the outages may differ: each set has its own prediction.
    """
    found: dict[object, list[SetPrediction]] = {}
    for each in sets:
        key = tuple((flow.flow, flow.direction, flow.reachable, flow.paths, flow.noticed_by) for flow in each.flows)
        found.setdefault(key, []).append(each)
    return tuple(map(tuple, found.values()))


def members(of: Sequence[Sequence[SetPrediction]], sample: int, seed: int) -> tuple[Member, ...]:
    """The sets to run: every single failure, one set of each class without one, and `sample` more sets of any class.

    The same seed chooses the same sets.
    """
    choice = random.Random(seed)  # noqa: S311 - no secret: a run must be repeatable
    chosen = [[each for each in one if len(each.failed) == 1] or [choice.choice(one)] for one in of]
    names = {each.failed for some in chosen for each in some}
    rest = [each for one in of for each in one if each.failed not in names]
    more = choice.sample(rest, min(sample, len(rest)))
    names.update(each.failed for each in more)
    found: list[Member] = []
    for one, (first, *others) in zip(of, chosen, strict=True):
        found.append(Member(proven=first, stands_for=tuple(each for each in one if each.failed not in names)))
        found += [Member(proven=each) for each in others]
    return (*found, *(Member(proven=each) for each in more))
