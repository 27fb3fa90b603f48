"""The texts in the SVG picture, and the space that they need."""

from dataclasses import dataclass, replace
from typing import Literal

from lab.views.graph.boxes import Box

Anchor = Literal["start", "middle"]

_NARROW = frozenset("ijlI.,:;|!'` ")
_SLIM = frozenset('frt()[]{}-/\\"')
_BROAD = frozenset("mwMW@%")
_BOLD = 1.12
_SMALLEST = 0.8
"""The smallest scale of a text that is too long. If it is still too long, it is made narrower."""
_NARROWEST = 1.25
"""A text up to this many times too long is still readable when it is made narrower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of text in the picture. `x`: where it starts, or its middle if the anchor is `middle`. `y`: its baseline.

    `look`: its CSS classes. `room`: the width into which it must fit, None for any width. `tip`: shown when the mouse is over the text.
    """

    words: str
    x: float
    y: float
    size: float = 12
    bold: bool = False
    look: str = "ink"
    anchor: Anchor = "start"
    room: float | None = None
    tip: str = ""

    @property
    def natural(self) -> float:
        """The width of the text at its normal size."""
        return width(self.words, self.size, bold=self.bold)

    @property
    def box(self) -> Box:
        """The box of the text in the picture."""
        wide = self.natural if self.room is None else min(self.natural, self.room)
        left = self.x if self.anchor == "start" else self.x - wide / 2
        return Box(x=left, y=self.y - 0.8 * self.size, width=wide, height=self.size)

    @property
    def is_narrowed(self) -> bool:
        """Whether the text must be made narrower."""
        return self.room is not None and self.natural > self.room + 0.5


def fitted(label: Label) -> Label:
    """The label, made narrower or smaller if it is too long.

    If it would be unreadable, its middle is left out, and its tip has the whole text.
    """
    if not label.is_narrowed or label.room is None:
        return label
    smaller = replace(label, size=round(label.size * max(_SMALLEST, label.room / label.natural), 2))
    kept = len(label.words)
    while kept > 2 and smaller.natural > label.room * _NARROWEST:
        kept -= 1
        words = f"{label.words[: kept - kept // 2]}…{label.words[-(kept // 2) :]}"
        smaller = replace(smaller, words=words, tip=label.tip or label.words)
    return smaller


def width(words: str, size: float, *, bold: bool = False) -> float:
    """The approximate width of a line in a wide sans-serif font (DejaVu Sans). Helvetica and Arial need less."""
    return sum(map(_em, words)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    """The width of a character, as a fraction of the font size."""
    if character in _NARROW:
        return 0.34
    if character in _SLIM:
        return 0.42
    if character in _BROAD:
        return 0.98
    return 0.75 if character.isupper() or ord(character) > 0x2FF else 0.63
