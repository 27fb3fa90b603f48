"""Spreads: statistics over the trials of a check. There is one spread for each direction of a flow in each event.

- Percentiles are those of RFC 2330, section 11.3, which RFC 8219 uses: the y-th is the least value that y percent of all values do not
  exceed. So each is a measured outage, never an interpolation. With fewer than 100 values the 1st is the least and the 99th the greatest.
- The median of an even number of values is the mean of the two in the middle.
- The deviation is that of a sample (n - 1).
"""

import math
from collections.abc import Iterator, Sequence
from statistics import median, stdev

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.evidence import Spread, Start
from lab.model.outcome import FlowOutcome, Status, Verdict


def spreads(trials: Sequence[Verdict]) -> tuple[Spread, ...]:
    """The statistics over all trials that have a verdict, in the order in which they ran. Flows are in the order of the first trial."""
    flows = [flow for trial in trials if trial.status is not Status.ERROR for flow in trial.flows]
    found: dict[tuple[str, Direction, Phase, str | None], list[FlowOutcome]] = {}
    for flow in flows:
        found.setdefault((flow.flow, flow.direction, flow.phase, flow.event), []).append(flow)
    return tuple(_spread(each) for each in found.values())


def _spread(outcomes: Sequence[FlowOutcome]) -> Spread:
    first, outages = outcomes[0], tuple(outcome.outage_seconds for outcome in outcomes)
    return Spread(
        flow=first.flow,
        direction=first.direction,
        phase=first.phase,
        event=first.event,
        outages=outages,
        median=median(outages),
        p1=percentile(outages, 1),
        p99=percentile(outages, 99),
        deviation=stdev(outages) if len(outages) > 1 else 0.0,
        paths_before=tuple(dict.fromkeys(outcome.path_before for outcome in outcomes)),
        paths=tuple(dict.fromkeys(outcome.path for outcome in outcomes)),
        starts=tuple(_starts(outcomes)),
    )


def _starts(outcomes: Sequence[FlowOutcome]) -> Iterator[Start]:
    for before, begun in dict.fromkeys((outcome.path_before, outcome.path_begun) for outcome in outcomes):
        alike = [outcome for outcome in outcomes if (outcome.path_before, outcome.path_begun) == (before, begun)]
        yield Start(
            path_before=before,
            path_begun=begun,
            outages=tuple(outcome.outage_seconds for outcome in alike),
            paths=tuple(dict.fromkeys(outcome.path for outcome in alike)),
        )


def percentile(readings: Sequence[float], percent: int) -> float:
    """The least value that `percent` (1 to 100) of all values do not exceed (RFC 2330, section 11.3)."""
    return sorted(readings)[math.ceil(len(readings) * percent / 100) - 1]
