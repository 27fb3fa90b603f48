"""What a topology states about how often its components are up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a topology states about how often a component is up. `name`: the component, or a kind of component. None: not stated.

    `availability`: the share of a year in which it is up, from 0 to 1.
    """

    name: str
    availability: float | None = None
    failures_a_year: float | None = None
