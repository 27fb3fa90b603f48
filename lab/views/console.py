"""Where text for people goes: a terminal as wide as it is, or a log 100 columns wide without colours."""

from typing import TextIO

from rich.console import Console

LOG_WIDTH = 100


def console_on(stream: TextIO) -> Console:
    """A console on the stream; NO_COLOR and TERM are heeded as everywhere. Numbers and paths are not coloured by guess."""
    return Console(file=stream, width=None if stream.isatty() else LOG_WIDTH, highlight=False)
