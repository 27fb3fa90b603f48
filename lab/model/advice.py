"""Advice: what each possible addition to a design would save. Additions are tried one at a time. Needs no lab."""

from dataclasses import dataclass

from lab.model.topology import Topology


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One addition to a design. `kind` is a word for it, `change` a full description, `topology` the design with the addition."""

    kind: str
    change: str
    topology: Topology


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """How many minutes of outage a year an addition saves.

    - `minutes_saved`: for all flows together. Counts the time in which they are cut off, and their longest failovers. Negative if the
      addition makes it worse.
    - `flows`: each flow, and the minutes that it saves
    """

    kind: str
    change: str
    minutes_saved: float
    flows: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An addition without a computed saving, and why:

    AWS, BGP or the lab refuses it, or the network is too large to compute the saving exactly.
    """

    change: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What each possible addition to a topology would save. The addition with the largest saving is first.

    `minutes_a_year`: how long all flows are out today.
    """

    topology: str
    minutes_a_year: float
    advice: tuple[Advice, ...]
    left_out: tuple[LeftOut, ...]
