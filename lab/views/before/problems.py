"""Show the problems in topologies and their checks. Each topology has one line, with its problems below it."""

from collections.abc import Iterator, Sequence

from lab.model.reviewed import Reviewed
from lab.views.before.wrapped import wrapped
from lab.views.counted import counted
from lab.views.json_text import json_text
from lab.views.plain_text import plain
from lab.views.problem_lines import problem_lines


def reviewed_text(reviewed: Sequence[Reviewed], width: int | None = None) -> str:
    """The problems as text.

    For each topology only the first problems are shown. `width`: the columns of the terminal, None if there is none.
    """
    longest = max((len(plain(each.name)) for each in reviewed), default=0)
    return wrapped([*(line for each in reviewed for line in _of_one(each, longest)), "", _sum(reviewed)], width)


def reviewed_json(reviewed: Sequence[Reviewed]) -> str:
    """All problems as JSON, under `topologies`, and the number of problems."""
    topologies = [
        {
            "name": each.name,
            "file": each.file,
            "checks": each.checks,
            "problems": [{"place": problem.place, "message": problem.message} for problem in each.problems],
            "unread": each.unread,
            "remarks": each.remarks,
        }
        for each in reviewed
    ]
    return json_text({"schema": 1, "topologies": topologies, "problems": _problems(reviewed)})


def _of_one(each: Reviewed, longest: int) -> Iterator[str]:
    said = counted(len(each.problems), "problem") if each.problems else "ok"
    yield f"{plain(each.name):<{longest}}  {counted(len(each.checks), 'check'):>10}  {said}"
    yield from (f"  {line}" for line in problem_lines([str(problem) for problem in each.problems]))
    yield from (f"  {plain(line)}" for line in each.remarks)
    if each.checks and each.unread:
        yield f"  files among the checks that are not read: {plain(', '.join(each.unread))} (a check is a *.yaml or *.yml file)"


def _sum(reviewed: Sequence[Reviewed]) -> str:
    topologies = sum(each.file is not None for each in reviewed)
    files = f"{counted(topologies, 'topology')}, {counted(sum(len(each.checks) for each in reviewed), 'check')}"
    return f"{files}: {counted(_problems(reviewed), 'problem') if _problems(reviewed) else 'no problem'}"


def _problems(reviewed: Sequence[Reviewed]) -> int:
    return sum(len(each.problems) for each in reviewed)
