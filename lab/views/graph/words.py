"""Words in our own picture: how much room they take, so that they can be kept apart from everything else."""

from dataclasses import dataclass, replace
from typing import Literal

from lab.views.graph.boxes import Box

Anchor = Literal["start", "middle"]

_NARROW = frozenset("ijlI.,:;|!'` ")
_SLIM = frozenset('frt()[]{}-/\\"')
_BROAD = frozenset("mwMW@%")
_BOLD = 1.12
_SMALLEST = 0.8
"""A text that is too long is set this much smaller first; what is still too long is narrowed."""
_NARROWEST = 1.25
"""So much too long a text may be narrowed and can still be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of words; `x` is where it begins or, with anchor `middle`, its middle, `y` its baseline.

    `look` are its classes. `room` is the width it must fit into, None where there is enough. A pointer on it shows `tip`.
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
        """The width it takes by itself."""
        return width(self.words, self.size, bold=self.bold)

    @property
    def box(self) -> Box:
        """The room it takes on the picture."""
        wide = self.natural if self.room is None else min(self.natural, self.room)
        left = self.x if self.anchor == "start" else self.x - wide / 2
        return Box(x=left, y=self.y - 0.8 * self.size, width=wide, height=self.size)

    @property
    def is_narrowed(self) -> bool:
        """Whether it has to be set narrower than it is."""
        return self.room is not None and self.natural > self.room + 0.5


def fitted(label: Label) -> Label:
    """The label in a smaller size if it is too long for its room. What could still not be read loses its middle; its tip has all of it."""
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
    """About what a line takes in a broad sans-serif (DejaVu Sans); Helvetica and Arial take less."""
    return sum(map(_em, words)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    """The width of a character, in parts of the size."""
    if character in _NARROW:
        return 0.34
    if character in _SLIM:
        return 0.42
    if character in _BROAD:
        return 0.98
    return 0.75 if character.isupper() or ord(character) > 0x2FF else 0.63
