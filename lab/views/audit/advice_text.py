"""Advice as text: what each possible addition to a design would save. The addition that saves most is first.

Additions that save hardly anything are only counted.
"""

from collections.abc import Iterator

from lab.model.advice import Advice, Advised
from lab.model.availability import FlowAvailability
from lab.views.counted import counted
from lab.views.plain_text import one_line
from lab.views.predict.availability_text import minutes

_MOST_ROWS = 8
_LEAST_MINUTES = 0.05
"""An addition that saves less than three seconds a year is only counted."""


def availability_lines(flows: tuple[FlowAvailability, ...]) -> Iterator[str]:
    """A line for each flow: its availability, and what cuts it off for most of the time."""
    yield "how often each flow is up (predict --availability says more)"
    name, cut = max(len(each.flow) for each in flows), max(len(minutes(each.minutes_a_year)) for each in flows)
    for each in flows:
        mostly = f", mostly by {one_line(' + '.join(each.dominated_by[0].failed))}" if each.dominated_by else ""
        lost = f"{minutes(each.minutes_a_year):>{cut}} minutes a year cut off{mostly}"
        single = "" if each.most_failures is None else " (only single failures)"
        yield f"  {one_line(each.flow):<{name}}  {100 * each.probability:.4f} %  {lost}{single}"


def advice_lines(advised: Advised, *, verbose: bool = False) -> Iterator[str]:
    """The lines of the advice: a heading, then a line for each addition that saves enough. Other additions are only counted.

    `verbose`: a line for every addition, also for those for which nothing could be computed.
    """
    yield f"what one addition, with a provider of its own, would save of {minutes(advised.minutes_a_year)} minutes a year"
    worth = [each for each in advised.advice if each.minutes_saved >= _LEAST_MINUTES]
    shown = advised.advice if verbose else worth[:_MOST_ROWS]
    yield from map(_line, shown)
    hidden = len(worth) - min(len(worth), _MOST_ROWS)
    if hidden and not verbose:
        yield f"  and {counted(hidden, 'addition')} that would save less (--verbose shows all)"
    if len(advised.advice) > len(worth) and not verbose:
        yield f"  {counted(len(advised.advice) - len(worth), 'other addition')} would save less than 0.05 minutes"
    if advised.left_out and not verbose:
        yield f"  {counted(len(advised.left_out), 'addition')} left out (--verbose says why)"
    if verbose:
        yield from (f"  left out: {one_line(each.change)}: {one_line(each.reason)}" for each in advised.left_out)


def _line(each: Advice) -> str:
    saved = minutes(each.minutes_saved) if each.minutes_saved >= 0 else f"-{minutes(-each.minutes_saved)}"
    return f"  {saved:>7}  {one_line(each.change)}"
