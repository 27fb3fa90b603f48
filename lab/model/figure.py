"""Figure: something measured several times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with every measured value, in the order of measuring."""

    name: str
    unit: str
    readings: tuple[float, ...]
