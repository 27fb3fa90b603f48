"""Check: a question asked of a lab - faults on a schedule, and what must hold. Data, so a lab and a model can both answer it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lab.model.fault import Fault, Flap

Direction = Literal["forward", "reverse"]
DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
Phase = Literal["during", "after"]

CONTROL = "control"
"""What the check without a fault is called; no check file may be."""


SHORTEST_PROBE = 44
"""Octets of the IP packets that probes are unless a check says otherwise: IPv4, UDP and what numbers them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fault on the schedule: `kind` and `target` as written, `at` seconds after the check's start, for `duration` seconds."""

    kind: str
    target: str
    fault: Fault
    at: float
    duration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What must hold for a flow in one phase; None and () promise nothing.

    Seconds of outage are lost packets ÷ offered rate (RFC 6412, loss-derived). `via` names targets; the path must pass at least one.
    """

    outage_at_most: float | None = None
    outage_at_least: float | None = None
    via: tuple[str, ...] = ()
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a flow owes its users while the faults last and after they are undone; both directions unless one is named."""

    flow: str
    directions: tuple[Direction, ...] = DIRECTIONS
    during: Promise | None = None
    after: Promise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A named question. Every flow, mentioned or not, must also be back on its first path in the end.

    `file` is where it is written, as a person in the run's folder would say it; empty for the control run.
    Probes are IP packets of `probe_size` octets; None is as short as they can be.
    """

    name: str
    summary: str
    steps: tuple[Step, ...]
    expectations: tuple[Expectation, ...]
    file: str = ""
    probe_size: int | None = None


def carried_out(step: Step) -> Iterator[Step]:
    """What a step comes to: one fault that goes in and out, or, of a flap, one for each time its links go down."""
    if not isinstance(step.fault, Flap):
        yield step
        return
    period = step.duration / step.fault.count
    for number in range(step.fault.count):
        yield replace(step, at=step.at + number * period, duration=period / 2)
