"""Shares: divide the sets of a sweep among several labs of one topology, so that they run side by side."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from lab.api.jobs.job import Work
from lab.runtime.host.room import Room

_MOST_LABS = 64
_WORTH_SECONDS = 60.0
"""A further lab must save at least this many seconds, because its deployment and its control run cost time, too."""


def shared(works: Sequence[Work], room: Room) -> tuple[Work, ...]:
    """The same work for as many labs as may run at the same time, the longest first.

    A topology with much work gets several labs: hybrid-backup, hybrid-backup@2 and so on. Each takes every n-th set.
    """
    places = max(_places(work, room) for work in works)
    each = max(sum(map(_seconds, works)) / places, _WORTH_SECONDS)
    found = [share for work in works for share in _shares(work, min(ceil(_seconds(work) / each), _places(work, room)))]
    return tuple(sorted(found, key=_seconds, reverse=True))


def _shares(work: Work, labs: int) -> tuple[Work, ...]:
    if labs == 1:
        return (work,)
    return tuple(_share(work, number, labs) for number in range(labs))


def _share(work: Work, number: int, labs: int) -> Work:
    plan = replace(work.deployable.plan, copy=str(number + 1) if number else "")
    return replace(work, deployable=replace(work.deployable, plan=plan), checks=work.checks[number::labs])


def _places(work: Work, room: Room) -> int:
    """How many labs of this plan may run at the same time."""
    plan = work.deployable.plan
    return next((number for number in range(1, _MOST_LABS) if not room.fits(plan, [plan] * number)), _MOST_LABS)


def _seconds(work: Work) -> float:
    return sum(work.seconds())
