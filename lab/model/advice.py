"""Advice: what each single addition to a design would save, known without a lab."""

from dataclasses import dataclass

from lab.model.topology import Topology


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One thing more in a design. `kind` is a word for it, `change` says it in full, `topology` is the design with it."""

    kind: str
    change: str
    topology: Topology


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What an addition would save, in minutes a year.

    - `minutes_saved`: of all flows together: cut off, and in failovers (their longest). Negative if the addition makes it worse.
    - `flows`: each flow with its part
    """

    kind: str
    change: str
    minutes_saved: float
    flows: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An addition that AWS, BGP or the lab refuses, and why."""

    change: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """Every single addition to a topology, the one that saves most first. `minutes_a_year`: what all its flows lose today."""

    topology: str
    minutes_a_year: float
    advice: tuple[Advice, ...]
    left_out: tuple[LeftOut, ...]
