"""Predictions as text: first the sets of failed components that cut a flow off, then those with long outages, then a table of all."""

from collections.abc import Iterable, Iterator, Sequence

from lab.model.prediction import Explained, FlowPrediction, Prediction, SetPrediction
from lab.views.before.wrapped import wrapped
from lab.views.counted import counted
from lab.views.report.words import ARROWS

_SLOW_SECONDS = 1.5
_BOTH = "↔"
_MOST_ROWS = 100
"""At most this many rows are shown. `--json` has all."""


def predictions_text(predictions: Sequence[Prediction], width: int | None = None) -> str:
    """A block for each topology. `width`: the columns of the terminal, None if there is none."""
    return "\n".join(wrapped([*_prediction(each)], width) for each in predictions)


def explained_text(explained: Sequence[Explained], width: int | None = None) -> str:
    """Each flow with its path, and a sentence for each router that had a choice of routes."""
    lines: list[str] = []
    for each in explained:
        lines.append(f"{each.topology}  {'failed: ' + ' + '.join(each.failed) if each.failed else 'nothing has failed'}")
        for flow in each.flows:
            ways = [" > ".join(path) for path in flow.paths] or ["cut off"]
            lines.append(f"{flow.flow} {ARROWS[flow.direction]}  {'  or  '.join(ways)}")
            lines += [f"    {sentence}." for sentence in flow.because]
        lines.append("")
    return wrapped(lines[:-1], width)


def _prediction(prediction: Prediction) -> Iterator[str]:
    yield f"{prediction.topology}  {prediction.timers.value} timers, {counted(len(prediction.components), 'component')}, " + counted(
        len(prediction.sets), "set"
    )
    lost = [each for each in prediction.before.flows if not each.reachable]
    if lost:
        yield f"lost when nothing has failed: {_flows(lost)}: {'; '.join(_reasons(lost))}"
    cut, contained = _minimal([each for each in prediction.sets if _cut(each)])
    yield "cut off" if cut else "cut off: nothing"
    yield from (f"  {each.name}  {_flows(_cut(each))}: {'; '.join(_reasons(_cut(each)))}" for each in cut)
    if contained:
        yield f"  and {counted(contained, 'set')} that contain one of these and cut off nothing more"
    slow = sorted((each for each in prediction.sets if _longest(each) > _SLOW_SECONDS), key=_longest, reverse=True)
    if slow:
        yield f"slow: out for more than {_SLOW_SECONDS:g} s"
        yield from (f"  {each.name}  {'; '.join(_slow(each))}" for each in slow[:_MOST_ROWS])
        if len(slow) > _MOST_ROWS:
            yield f"  and {len(slow) - _MOST_ROWS} more (--json has all)"
    yield from _table(prediction)
    yield ""


def _table(prediction: Prediction) -> Iterator[str]:
    """A row for each set of failed components that affects a flow. The other sets are only counted."""
    felt = [each for each in prediction.sets if any(flow.outage_seconds != (0.0, 0.0) for flow in each.flows)]
    names = list(dict.fromkeys(flow.flow for flow in prediction.before.flows))
    yield "longest outage in seconds, forward / back"
    rows = [["", *names]]
    for each in felt[:_MOST_ROWS]:
        ways = {(flow.flow, flow.direction): _cell(flow) for flow in each.flows}
        rows.append([each.name, *(f"{ways[name, 'forward']} / {ways[name, 'reverse']}" for name in names)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    yield from ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    if len(felt) > _MOST_ROWS:
        yield f"  and {len(felt) - _MOST_ROWS} more (--json has all)"
    unfelt = len(prediction.sets) - len(felt)
    if unfelt:
        yield f"  no flow is affected by {_others(unfelt, len(prediction.sets))}"
    backs = [flow.back_seconds[1] for each in felt for flow in each.flows if flow.outage_seconds is None]
    if felt:
        yield "  after the repair: no outage" + (f"; a flow that was cut off may stay out for up to {max(backs):g} s" if backs else "")


def _others(unfelt: int, sets: int) -> str:
    """How many sets of failed components affect no flow, in words. They are called "other" sets only if some set affects a flow."""
    if unfelt < sets:
        return f"the other {counted(unfelt, 'set')}"
    return "this set" if sets == 1 else f"any of the {counted(sets, 'set')}"


def _cell(flow: FlowPrediction) -> str:
    if flow.outage_seconds is None:
        return "cut"
    return f"{flow.outage_seconds[1]:.2g}" if flow.outage_seconds[1] else "-"


def _minimal(sets: Sequence[SetPrediction]) -> tuple[list[SetPrediction], int]:
    """The sets of failed components that cut off a flow that no smaller part of the set cuts off. And how many more sets cut off a flow."""
    kept: list[SetPrediction] = []
    for each in sorted(sets, key=lambda each: len(each.failed)):
        inside = [smaller for smaller in kept if set(smaller.failed) < set(each.failed)]
        known = {(flow.flow, flow.direction) for smaller in inside for flow in _cut(smaller)}
        if {(flow.flow, flow.direction) for flow in _cut(each)} - known:
            kept.append(each)
    return kept, len(sets) - len(kept)


def _cut(one: SetPrediction) -> list[FlowPrediction]:
    return [flow for flow in one.flows if flow.outage_seconds is None]


def _longest(one: SetPrediction) -> float:
    return max((flow.outage_seconds[1] for flow in one.flows if flow.outage_seconds), default=0.0)


def _slow(one: SetPrediction) -> Iterator[str]:
    for flow in one.flows:
        if flow.outage_seconds and flow.outage_seconds[1] > _SLOW_SECONDS:
            noticed = f" ({flow.noticed_by})" if flow.noticed_by else ""
            yield f"{flow.flow} {ARROWS[flow.direction]} {flow.outage_seconds[0]:.2g} to {flow.outage_seconds[1]:.2g} s{noticed}"


def _flows(flows: Iterable[FlowPrediction]) -> str:
    """The names of flows with an arrow for the direction. A flow with both directions in `flows` is named once, with a double arrow."""
    ways: dict[str, list[str]] = {}
    for flow in flows:
        ways.setdefault(flow.flow, []).append(ARROWS[flow.direction])
    return ", ".join(f"{name} {_BOTH if len(arrows) > 1 else arrows[0]}" for name, arrows in ways.items())


def _reasons(flows: Iterable[FlowPrediction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flow.because for flow in flows if flow.because))
