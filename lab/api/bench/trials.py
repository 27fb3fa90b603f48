"""Inject and undo one fault many times while probes run. Before and after each trial, no packet is lost."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from lab.errors import MeasurementError
from lab.faults import inject
from lab.model.direction import Direction
from lab.model.event import FlowRecorded
from lab.model.fault import Fault
from lab.probes.streams import SETTLE_SECONDS, Marks, Paths, Streams, streaming
from lab.runtime.lab import RunningLab

_STEADY_SECONDS = 1.0
_BACK_SECONDS = 0.3
_PATIENCE_SECONDS = 60.0
_POLL_SECONDS = 0.02
_SLACK_SECONDS = 0.02
"""A packet sent this long before a fault may be lost by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial of a fault: the outage of each direction of each flow, and when the fault was injected and undone.

    `put_in`: just before and just after the injection. `taken_out`: just before and just after the undoing. In wall-clock seconds.
    """

    put_in: tuple[float, float]
    taken_out: tuple[float, float]
    outages: tuple[tuple[str, Direction, float], ...] = ()

    def outage(self, flow: str, direction: Direction) -> float:
        """The outage of one direction of a flow, in seconds. Raises StopIteration if it was not probed."""
        return next(seconds for name, way, seconds in self.outages if (name, way) == (flow, direction))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Which fault to inject, how often (`number`), and for how long. `seconds` is None: until every flow works again."""

    fault: Fault
    number: int
    seconds: float | None = None
    rate_pps: float = 1000.0


def run_trials(lab: RunningLab, series: Series, say: Callable[[str], None]) -> tuple[Trial, ...]:
    """Run every trial of a series. Raises MeasurementError if packets are still lost after a minute of waiting, before or after a trial."""
    begin = time.time()
    trials: list[Trial] = []
    with streaming(lab, series.rate_pps) as streams:
        _wait(lambda: streams.lost_lately(_STEADY_SECONDS) == 0, "flows still lost packets before the first fault")
        paths = streams.latest_paths()
        for number in range(series.number):
            say(f"{type(series.fault).__name__}, trial {number + 1} of {series.number}")
            trials.append(_try(lab, series, streams))
            _wait_as_before(streams, paths, trials[-1].taken_out[1])
        streams.stop_sending()
    flows = streams.recorded(Marks(zero=begin))
    return tuple(replace(trial, outages=tuple(_outages(trial, flows, begin))) for trial in trials)


def _try(lab: RunningLab, series: Series, streams: Streams) -> Trial:
    before = time.time()
    with inject(series.fault, lab):
        put_in = (before, time.time())
        if series.seconds is None:
            _wait(
                lambda: time.time() > put_in[1] + _STEADY_SECONDS + SETTLE_SECONDS and streams.lost_lately(_BACK_SECONDS) == 0,
                "flows still lost packets, because no other path replaced the broken one",
            )
        else:
            _wait(lambda: time.time() >= put_in[1] + (series.seconds or 0.0), "the fault did not end")
        before = time.time()
    return Trial(put_in=put_in, taken_out=(before, time.time()))


def _wait_as_before(streams: Streams, paths: Paths, since: float) -> None:
    """Wait until every flow is on its first path again and no packet is lost. Only packets that were sent after the fault count."""
    seen_from = since + SETTLE_SECONDS + _STEADY_SECONDS
    _wait(
        lambda: time.time() > seen_from and streams.latest_paths() == paths and streams.lost_lately(_STEADY_SECONDS) == 0,
        "flows lost packets or took other paths after the fault",
    )


def _outages(trial: Trial, flows: tuple[FlowRecorded, ...], begin: float) -> list[tuple[str, Direction, float]]:
    """The outage of each direction of each flow: lost packets ÷ rate. Only packets that were sent while the fault was in force count."""
    first, last = trial.put_in[0] - begin - _SLACK_SECONDS, trial.taken_out[0] - begin
    return [
        (
            flow.flow,
            flow.direction,
            sum(run.last_sent - run.first_sent + 1 / flow.rate_pps for run in flow.losses if first <= run.first_sent < last),
        )
        for flow in flows
    ]


def _wait(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise MeasurementError(f"bench: after {_PATIENCE_SECONDS:.0f} s of waiting, {what} (end other programs, and try again)")
        time.sleep(_POLL_SECONDS)
