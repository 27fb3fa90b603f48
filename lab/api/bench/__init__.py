"""BENCH: measure the figures of docs/explanation/performance.md on this host. Law: a figure shows all its measured values."""

from collections.abc import Callable
from enum import Enum

from lab.api.bench.availability import availability_seconds
from lab.api.bench.lifecycle import lifecycle
from lab.api.bench.outages import outages
from lab.api.bench.predictions import prediction_seconds
from lab.api.bench.probing import probing
from lab.model.figure import Figure
from lab.model.progress import Say


class Part(Enum):
    """A part of the measurement that can also be run alone."""

    LIFECYCLE = "lifecycle"
    PROBES = "probes"
    OUTAGES = "outages"
    AVAILABILITY = "availability"
    PREDICTIONS = "predictions"


def bench(part: Part | None, topology: str, repeat: int, say: Say) -> tuple[Figure, ...]:
    """The figures of one part, or of all (`part` is None).

    The parts: how long deploying and removing a lab takes (`topology`, `repeat` times), the rate and resolution of probes, the accuracy of
    outages, and (without a lab) how long it takes to compute availability, to predict and to audit.
    """
    parts: dict[Part, Callable[[], tuple[Figure, ...]]] = {
        Part.LIFECYCLE: lambda: lifecycle(topology, repeat, say),
        Part.PROBES: lambda: probing(say),
        Part.OUTAGES: lambda: outages(say),
        Part.AVAILABILITY: lambda: availability_seconds(say),
        Part.PREDICTIONS: lambda: prediction_seconds(say),
    }
    return tuple(figure for each, measure in parts.items() if part in {None, each} for figure in measure())
