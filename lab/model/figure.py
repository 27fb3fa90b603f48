"""Figure: something measured several times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure: every reading of it, in the order taken."""

    name: str
    unit: str
    readings: tuple[float, ...]
