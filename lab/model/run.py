"""Run: the facts of one run of `lab-test`: its host, its labs, and what they cannot show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """The host of a run. `capabilities` are pairs: a name, and whether the host has it."""

    kernel: str
    cpus: int
    capabilities: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabFacts:
    """One lab of a run. `up_seconds` and `down_seconds` are None if the run did not deploy or remove it.

    `never_up`: its tunnels that never come up, as its topology says.
    """

    topology: str
    timers: str
    ipsec: str
    circuits: str
    nodes: int
    links: int
    up_seconds: float | None
    down_seconds: float | None
    never_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Something that the lab of a topology cannot show, as a sentence."""

    topology: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a report. `begun` is ISO 8601 in UTC, "" if no check began.

    `only` is the name of the check that the user chose, None for all checks.
    """

    version: str
    host: HostFacts
    begun: str
    wall_seconds: float
    journal: str
    only: str | None = None
