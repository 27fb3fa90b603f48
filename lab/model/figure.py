"""Figure: a value measured several times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure with all its readings, in the order taken."""

    name: str
    unit: str
    readings: tuple[float, ...]
