"""Classes of sets of failed components. All sets of one class have the same predicted effect, so one set is run for all of them.

The same effect: every flow takes the same paths, and the same detectors notice the failure.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.model.prediction import SetPrediction


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A set of components that fail together in a lab. `stands_for`: the sets of the same class that are not run.

    For the second and later set of one class, `stands_for` is empty.
    """

    proven: SetPrediction
    stands_for: tuple[SetPrediction, ...] = ()


def classes(sets: Iterable[SetPrediction]) -> tuple[tuple[SetPrediction, ...], ...]:
    """Group sets of failed components into classes, in the order of their first members.

    In one class each direction of every flow takes the same paths (or is cut off), and the same detector ends its outage. The lengths of
    the outages may differ: each set has its own prediction.
    """
    found: dict[object, list[SetPrediction]] = {}
    for each in sets:
        key = tuple((flow.flow, flow.direction, flow.reachable, flow.paths, flow.noticed_by) for flow in each.flows)
        found.setdefault(key, []).append(each)
    return tuple(map(tuple, found.values()))


def members(of: Sequence[Sequence[SetPrediction]], sample: int, seed: int) -> tuple[Member, ...]:
    """Choose the sets to run: every failure of a single component, one set of each class without such a failure, and `sample` more sets.

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
