"""How a verb shows what it does while a person waits: a live line where the screen is ours, lines that stay everywhere else."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from lab.door import console, say

if TYPE_CHECKING:
    from rich.console import Console

    from lab.model.progress import Told

_Shown = TypeVar("_Shown")


class Progress(Protocol):
    """What a verb needs."""

    def say(self, told: "Told") -> None:
        """Show a line that stays, or a moment that passes."""
        ...

    def above(self) -> AbstractContextManager[None]:
        """In the block something else is printed, which stays."""
        ...


@contextmanager
def progress(json: str | None) -> Iterator[Progress]:
    """Show progress for as long as the block runs."""
    from lab.views.progress.live import Live
    from lab.views.progress.plain import Plain

    if screen := _screen(json):
        with Live(screen, say) as live:
            yield live
    else:
        yield Plain(say)


def staying(progress: Progress, show: Callable[[_Shown], None]) -> Callable[[_Shown], None]:
    """Show something that stays, and progress below it."""

    def shown(what: _Shown) -> None:
        with progress.above():
            show(what)

    return shown


def _screen(json: str | None) -> "Console | None":
    """The terminal on which nobody else writes. What a pipe takes may come back on it from the next program, so there is none then."""
    ours = console(json)
    if not ours.is_terminal and json != "-" and not stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode):
        from lab.views.console import console_on

        ours = console_on(sys.stderr)
    return ours if ours.is_terminal and not ours.is_dumb_terminal else None
