"""Show progress while a verb runs: a live line if the terminal is only ours, otherwise lines that stay."""

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
    """Shows progress."""

    def say(self, told: "Told") -> None:
        """Show a message: a text stays, any other message is shown for a moment."""
        ...

    def above(self) -> AbstractContextManager[None]:
        """Let something else be printed in the block, above the live line. It stays."""
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
    """The function `show`, made to print above the live line."""

    def shown(what: _Shown) -> None:
        with progress.above():
            show(what)

    return shown


def _screen(json: str | None) -> "Console | None":
    """The terminal that only we write to.

    None if there is none, or if the output goes to a pipe: the next program may write to the terminal.
    """
    ours = console(json)
    if not ours.is_terminal and json != "-" and not stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode):
        from lab.views.console import console_on

        ours = console_on(sys.stderr)
    return ours if ours.is_terminal and not ours.is_dumb_terminal else None
