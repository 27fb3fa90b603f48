"""The availability of flows as text: how often each flow is up, which components cause most outage, and the figures of all components."""

from collections.abc import Iterator, Sequence

from lab.model.availability import Availability, FlowAvailability, Reliability
from lab.views.before.wrapped import wrapped
from lab.views.counted import counted

_MOST_ROWS = 6
_LEAST_SHARE = 0.001
"""A row with less than this share of the flow's minutes is not shown."""


def availabilities_text(availabilities: Sequence[Availability], width: int | None = None) -> str:
    """A block for each topology. `width`: the columns of the terminal, None if there is none."""
    return "\n".join(wrapped([*_availability(each)], width) for each in availabilities)


def minutes(number: float) -> str:
    """Minutes with two or three significant digits: `1577`, `52.6`, `0.041`, `<0.001`."""
    if number >= 100:
        return f"{number:.0f}"
    if number >= 1:
        return f"{number:.1f}"
    return "0" if number == 0 else "<0.001" if number < 0.001 else f"{number:.2g}"


def _availability(one: Availability) -> Iterator[str]:
    yield f"{one.topology}  {one.timers.value} timers, {counted(len(one.components), 'component')} that can fail: {_how_exact(one)}"
    yield "minutes a year in which a flow is cut off, or waits for another path"
    yield from _overview(one)
    for flow in one.flows:
        yield ""
        yield from _flow(flow)
    yield ""
    yield "what this rests on"
    yield from _figures(one.components)


def _how_exact(one: Availability) -> str:
    if all(each.most_failures is None for each in one.flows):
        return "exact, over all sets of them"
    return "too many to compute all sets, so a flow with two figures counts only single failures"


def _overview(one: Availability) -> Iterator[str]:
    rows = [("flow", "up", "cut off", "waiting")]
    for flow in one.flows:
        unknown = f" to {minutes(flow.minutes_a_year + flow.unknown_minutes)}" if flow.unknown_minutes else ""
        rows.append(
            (flow.flow, f"{100 * flow.probability:.6f} %", f"{minutes(flow.minutes_a_year)}{unknown}", _range(flow.failover_minutes))
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    yield from ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _flow(flow: FlowAvailability) -> Iterator[str]:
    sets = [each for each in flow.dominated_by if each.minutes_a_year >= _LEAST_SHARE * flow.minutes_a_year][:_MOST_ROWS]
    yield f"{flow.flow} {_when(flow, is_cut=bool(sets))}"
    yield from (f"  {minutes(each.minutes_a_year):>7}  {' + '.join(each.failed)}" for each in sets)
    worth = [each for each in flow.contributions if each.minutes_a_year >= _LEAST_SHARE * flow.minutes_a_year or each.failover_minutes[1]]
    if worth:
        yield "  cut off and waiting less, if this never failed"
    for each in worth[:_MOST_ROWS]:
        yield f"  {minutes(each.minutes_a_year):>7}  {minutes(each.failover_minutes[1]):>7}  {each.component} ({each.what})"
    if len(worth) > _MOST_ROWS:
        yield f"  and {len(worth) - _MOST_ROWS} more (--json has all)"


def _when(flow: FlowAvailability, *, is_cut: bool) -> str:
    if is_cut:
        return "is cut off when these fail"
    return "is cut off even if nothing has failed" if flow.probability == 0 else "is not cut off by three components or fewer"


def _figures(components: Sequence[Reliability]) -> Iterator[str]:
    """How often each component is up. Components with equal figures share a row."""
    alike: dict[tuple[str, float, float, str, str], list[str]] = {}
    for each in components:
        figures = (each.what, each.availability, each.failures_a_year, each.source, each.failures_source)
        alike.setdefault(figures, []).append(each.component)
    for (what, up, fails, source, of_failures), names in alike.items():
        yield f"  {what}: up {100 * up:.6g} %, fails {fails:.2g} times a year ({', '.join(names)})"
        yield f"    {source}" if source == of_failures else f"    how often up: {source}; how often it fails: {of_failures}"


def _range(interval: tuple[float, float]) -> str:
    low, high = minutes(interval[0]), minutes(interval[1])
    return low if low == high else f"{low} to {high}"
