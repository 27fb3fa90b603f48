"""Break long lines between words, so that they fit the terminal. The second and later lines are indented further."""

import textwrap
from collections.abc import Iterable


def wrapped(lines: Iterable[str], width: int | None) -> str:
    """The lines as one text. If `width` is None (no terminal), no line is broken, so that programs can search in the lines."""
    return "\n".join(part for line in lines for part in _parts(line, width)) + "\n"


def _parts(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()))
    wrapper = textwrap.TextWrapper(
        width, initial_indent=indent, subsequent_indent=f"{indent}    ", break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(line.strip())
