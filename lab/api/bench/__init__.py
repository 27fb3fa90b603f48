"""BENCH: the figures of docs/explanation/performance.md, measured again on this host. Law: of a figure every reading is told."""

from collections.abc import Callable
from enum import Enum

from lab.api.bench.lifecycle import lifecycle
from lab.api.bench.outages import outages
from lab.api.bench.probing import probing
from lab.api.running import Say
from lab.model.figure import Figure


class Part(Enum):
    """What can be measured by itself."""

    LIFECYCLE = "lifecycle"
    PROBES = "probes"
    OUTAGES = "outages"


def bench(part: Part | None, topology: str, repeat: int, say: Say) -> tuple[Figure, ...]:
    """The figures of one part, or of all: how long a lab takes to come and go (of `topology`, so often), how fast and finely the probes
    see, how exactly outages are measured."""
    parts: dict[Part, Callable[[], tuple[Figure, ...]]] = {
        Part.LIFECYCLE: lambda: lifecycle(topology, repeat, say),
        Part.PROBES: lambda: probing(say),
        Part.OUTAGES: lambda: outages(say),
    }
    return tuple(figure for each, measure in parts.items() if part in {None, each} for figure in measure())
