"""Show progress while a command runs: a live line if only we write to the terminal, otherwise lines as in a log."""

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
    """Shows the progress of a command."""

    def say(self, told: "Told") -> None:
        """Show a message. A plain string remains on the screen. Any other message stays only until the next one."""
        ...

    def above(self) -> AbstractContextManager[None]:
        """Print other output above the live line while the block runs. That output remains on the screen."""
        ...


@contextmanager
def progress(json: str | None) -> Iterator[Progress]:
    """Show progress while the block runs."""
    from lab.views.progress.live import Live
    from lab.views.progress.plain import Plain

    if screen := _screen(json):
        with Live(screen, say) as live:
            yield live
    else:
        yield Plain(say)


def staying(progress: Progress, show: Callable[[_Shown], None]) -> Callable[[_Shown], None]:
    """A function like `show` that prints above the live line, so that its output remains on the screen."""

    def shown(what: _Shown) -> None:
        with progress.above():
            show(what)

    return shown


def _screen(json: str | None) -> "Console | None":
    """The terminal that only we write to.

    None if there is no terminal, or if the output goes to a pipe: the program that reads the pipe may write to the terminal, too.
    """
    ours = console(json)
    if not ours.is_terminal and json != "-" and not stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode):
        from lab.views.console import console_on

        ours = console_on(sys.stderr)
    return ours if ours.is_terminal and not ours.is_dumb_terminal else None
