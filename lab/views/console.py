"""Write text to a terminal in its width, or to a log with 100 columns and no colours. No line ends with blanks."""

import os
from collections.abc import Iterator, Sequence
from typing import IO, TextIO

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook
from rich.segment import Segment

from lab.views.plain_text import plain

LOG_WIDTH = 100


def console_on(stream: TextIO) -> Console:
    """A console for a stream. The variable TERM has its usual meaning. Numbers and paths get no automatic colours.

    NO_COLOR also removes bold and dim text, because users who set it want plain text (https://no-color.org).
    """
    plain = bool(os.environ.get("NO_COLOR"))
    console = _Console(
        file=stream, width=None if stream.isatty() else LOG_WIDTH, highlight=False, color_system=None if plain else "auto", no_color=plain
    )
    console.push_render_hook(_Trimming())
    return console


class _Console(Console):
    """A console that writes nothing more after its reader has closed the pipe.

    Without this class, rich would end the command with exit code 1, which means: a promise was broken.
    """

    def on_broken_pipe(self) -> None:
        """Write nothing more, because nobody reads it."""
        self.quiet = True
        silence(self.file)


def silence(stream: IO[str]) -> None:
    """Discard everything that is written to a stream from now on. The stream has no reader any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class _Trimming(RenderHook):
    """Removes the blanks that a table has at the ends of its lines."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Replace everything that is printed by a version that removes blanks at the ends of lines."""
        return [_Shown(renderables)]


class _Shown:
    """Something to print. Blanks at the ends of lines and control characters are removed."""

    def __init__(self, renderables: Sequence[ConsoleRenderable]) -> None:
        self._renderables = renderables

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        segments = (segment for renderable in self._renderables for segment in console.render(renderable, options))
        safe = (segment if segment.control else Segment(plain(segment.text), segment.style) for segment in segments)
        for line in Segment.split_lines(safe):
            while line and not line[-1].text.rstrip(" "):
                line.pop()
            for segment in line[-1:]:
                line[-1] = Segment(segment.text.rstrip(" "), segment.style)
            yield from line
            yield Segment.line()
