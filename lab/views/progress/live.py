"""The live line: a few lines at the bottom of the terminal that show what a run is doing. They are drawn again several times a second.

Other output appears above the live line and remains. The live line is removed at the end.

The cursor is always at the beginning of the live line. So erasing from there to the end of the screen always removes the live line, also in
a narrower window or after a ^C. Law: the code that sends a message never waits for the screen.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console

from lab.model.progress import Told
from lab.views.progress.standing import Standing
from lab.views.progress.words import fitted, lines

_ERASE_LINE, _ERASE_REST = "\x1b[K", "\x1b[J"
_DRAW_SECONDS = 0.25


class Live:
    """Draws the live line on a terminal while its block runs. `line`: a function that prints a line above it."""

    def __init__(self, console: Console, line: Callable[[str], None]) -> None:
        self._console = console
        self._line = line
        self._standing = Standing()
        self._told = threading.Lock()
        self._screen = threading.RLock()
        self._over = threading.Event()
        self._is_shown = False
        self._drawer = threading.Thread(target=self._draw_on, name="live line", daemon=True)

    def __enter__(self) -> Self:
        self._drawer.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._over.set()
        self._drawer.join()
        with self._screen:
            self._put("")

    def say(self, told: Told) -> None:
        """Print a text above the live line. Any other message changes the live line when it is drawn next."""
        if isinstance(told, str):
            with self.above():
                self._line(told)
            return
        with self._told:
            self._standing.take(told, time.monotonic())

    @contextmanager
    def above(self) -> Iterator[None]:
        """Remove the live line while the block runs, so that other output can be written."""
        with self._screen:
            self._put("")
            try:
                yield
            finally:
                self._draw()

    def _draw_on(self) -> None:
        while not self._over.wait(_DRAW_SECONDS):
            with self._screen:
                self._draw()

    def _draw(self) -> None:
        width, height = self._console.size
        now = time.monotonic()
        with self._told:
            told = list(lines(self._standing, now))
        with self._console.capture() as captured:
            for parts in told[-max(1, height - 1) :]:
                self._console.print(fitted(parts, max(1, width - 1)), end="\n", no_wrap=True, overflow="crop", soft_wrap=True)
        self._put(captured.get().rstrip("\n"))

    def _put(self, shown: str) -> None:
        """Replace the live line. Then put the cursor at its beginning."""
        if not shown and not self._is_shown:
            return
        rows = shown.count("\n")
        back = f"\x1b[{rows}A" if rows else ""
        lines = (shown or " ").replace("\n", f"{_ERASE_LINE}\n")
        self._console.file.write(f"\r{lines}{_ERASE_REST}{back}\r")
        self._console.file.flush()
        self._is_shown = bool(shown)
