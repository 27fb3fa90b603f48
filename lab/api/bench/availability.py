"""Measure how long it takes to compute the availability of the flows of a topology."""

import time

from lab.api.files import shipped_topologies
from lab.api.outlines import read_outline
from lab.model.figure import Figure
from lab.model.plan import Timers
from lab.model.progress import Say
from lab.predict import Predictor
from lab.predict.availability import availability

_READINGS = 5


def availability_seconds(say: Say) -> tuple[Figure, ...]:
    """A figure for each shipped topology: the time to compute the availability of its flows. Nothing is computed before the measurement."""
    return tuple(_measured(name, say) for name in shipped_topologies())


def _measured(name: str, say: Say) -> Figure:
    say(f"exact availability of {name}")
    plan = read_outline(name, Timers.TUNED)
    readings: list[float] = []
    for _ in range(_READINGS):
        begun = time.process_time()
        found = availability(Predictor(plan), ())
        readings.append(time.process_time() - begun)
    return Figure(name=f"exact availability of {name}, {len(found.components)} components", unit="s of a core", readings=tuple(readings))
