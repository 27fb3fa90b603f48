"""Refuse wrong rule files of the user before anything starts."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.api.paths import shortest
from lab.errors import InputError, Problem
from lab.model.plan import Plan
from lab.model.progress import Say
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import MONITOR, ready_image
from lab.runtime.docker.promtool import complaints

_AT = re.compile(r"(?:yaml: line )?(\d+):(?:\d+:)? (.*)")


def require_right_rules(plans: Sequence[Plan], say: Say) -> None:
    """Let promtool check every rule file of these plans. Raises one InputError with all that it says."""
    files = list(dict.fromkeys(Path(name) for plan in plans if plan.monitoring for name in plan.monitoring.rules))
    if not files:
        return
    client = ready_engine(say)
    if problems := list(problems_of(complaints(client, ready_image(client, say, MONITOR), files))):
        raise InputError(problems)


def problems_of(complained: Sequence[tuple[Path, str]]) -> Iterator[Problem]:
    """Each complaint with the file and line that it is about."""
    for file, words in dict.fromkeys(complained):
        at = _AT.match(words)
        place = f"{shortest(file)}:{at[1]}" if at else str(shortest(file))
        yield Problem(place=place, message=f"promtool: {at[2] if at else words}")
