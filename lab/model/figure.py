"""Figure: something that `bench` measured several times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Something that was measured several times, with all measured values in the order of measuring."""

    name: str
    unit: str
    readings: tuple[float, ...]
