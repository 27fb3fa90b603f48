"""The lines for a check that ran several times: the outages of each direction of a flow in all trials, and the rejected trials."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from lab.model.evidence import Spread
from lab.views.report.words import ARROWS, PHASES

_COLUMN = 40


def spread_lines(spreads: Sequence[Spread]) -> Iterator[Text]:
    """A heading, a line for each direction that lost packets in a trial, and one line for all others. No line if there was only one trial.

    With several events: a line for the whole phase, then a line for each event in which packets were lost.
    """
    most = max((len(spread.outages) for spread in spreads), default=0)
    if most < 2:
        return
    ways = tuple(dict.fromkeys((spread.flow, spread.direction) for spread in spreads))
    felt = [way for way in ways if any(max(spread.outages) > 0 for spread in spreads if (spread.flow, spread.direction) == way)]
    width = max((len(flow) for flow, _ in felt), default=0) + 4
    yield Text(f"over {most} trials: median (1st–99th percentile, deviation)", "dim")
    if felt:
        yield Text(" " * width + "out during".ljust(_COLUMN) + "out after", "dim")
    for flow, direction in felt:
        every = [spread for spread in spreads if (spread.flow, spread.direction) == (flow, direction)]
        during, after = (_spread(next((spread for spread in every if spread.phase == phase), None)) for phase in PHASES)
        yield Text.assemble((flow, "bold"), f" {ARROWS[direction]}".ljust(width - len(flow)), during.ljust(_COLUMN), after)
        for event in every:
            if max(event.outages) > 0 and (name := event_of(event, every)):
                yield Text(f"{'':{width}}{_spread(event).ljust(_COLUMN)}{name}")
    if others := len(ways) - len(felt):
        yield Text(f"{others}{' other' if felt else ''} direction{'' if others == 1 else 's'} lost nothing in any trial", "dim")


def event_of(spread: Spread, every: Sequence[Spread]) -> str | None:
    """The name of the event that a spread is about. None if the phase has only one event, or if the spread is about the whole phase."""
    alike = [each for each in every if (each.flow, each.direction, each.phase) == (spread.flow, spread.direction, spread.phase)]
    return spread.event if len(alike) > 1 else None


def rejected_lines(rejected: Sequence[str]) -> Iterator[str]:
    """Why trials were rejected. Equal reasons are shown once."""
    for reason, times in Counter(rejected).items():
        yield f"{times} trial{'' if times == 1 else 's'} rejected: {'; '.join(reason.splitlines())}"


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return "–"
    if max(spread.outages) == 0:
        return "0 ms"
    median, p1, p99, deviation = (seconds * 1000 for seconds in (spread.median, spread.p1, spread.p99, spread.deviation))
    return f"{median:.0f} ms ({p1:.0f}–{p99:.0f}, σ {deviation:.1f}, n = {len(spread.outages)})"
