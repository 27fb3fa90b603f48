"""Show problems on a terminal. There are at most twenty lines. They are short, and have no control characters."""

from collections.abc import Iterator, Sequence

from lab.errors import InputError, LabError
from lab.views.plain_text import one_line

_MOST = 20
_LONGEST = 400
_END = 150
"""A shortened line keeps this many characters at its end, because the end says what to do."""


def error_text(error: LabError) -> str:
    """The text of an error, safe for the terminal."""
    if isinstance(error, InputError):
        return "\n".join(problem_lines([str(problem) for problem in error.problems]))
    return "\n".join(problem_lines(str(error).splitlines()))


def problem_lines(problems: Sequence[str]) -> Iterator[str]:
    """A line for each problem, at most 400 characters long. After twenty lines: how many more there are."""
    for problem in problems[:_MOST]:
        yield short(one_line(problem))
    if (more := len(problems) - _MOST) > 0:
        yield f"and {more} more"


def short(line: str) -> str:
    """The line. If it is too long, "…" replaces its middle."""
    if len(line) <= _LONGEST:
        return line
    gap = " … "
    return f"{line[: _LONGEST - _END - len(gap)]}{gap}{line[-_END:]}"
