"""A promise and the measured value as a bar, a mark and words. Colour is never the only sign of a broken promise."""

from collections.abc import Iterator, Sequence

from lab.model.outcome import FlowOutcome
from lab.views.html.markup import NOTHING, Content, Markup, joined, tag
from lab.views.report.promise_words import BROKEN, KEPT
from lab.views.report.words import state

_STEPS = (0.5, 0.8)
"""The shares of a promise at which its colour gets stronger."""
_LIMIT, _WIDTH = 64.0, 96.0
"""The x of the promise in the bar, and the width of the bar's picture, in pixels."""


def level(outcomes: Sequence[FlowOutcome]) -> str:
    """The CSS class for the outcomes of one direction of a flow: `over` if a promise was broken, else by the first outcome.

    - untouched: no fault touched the flow
    - share0: nothing was lost
    - share1 to share3: the outage used a small, medium or large share of the promised limit
    - open: packets were lost, but nothing was promised about that
    """
    if any(outcome.breaches for outcome in outcomes):
        return "over"
    first = outcomes[0]
    if first.untouched:
        return "untouched"
    if not first.lost:
        return "share0"
    return "open" if first.share is None or not first.is_judged else f"share{1 + sum(first.share > step for step in _STEPS)}"


def share_words(outcome: FlowOutcome) -> str:
    """The outage as a share of the promised limit: `40 %`, `2.0 ×`. "" if there is no such limit."""
    if outcome.share is None:
        return "none allowed" if is_over(outcome) else ""
    return f"{outcome.share:.1f} ×" if outcome.share > 1 else f"{outcome.share * 100:.0f} %"


def most_words(outcome: FlowOutcome) -> str:
    """The longest outage that was promised: ` of 2.26 s`. "" if nothing was promised about it."""
    most = outcome.promised.outage_at_most if outcome.promised else None
    return "" if most is None else f" of {most:g} s"


def is_over(outcome: FlowOutcome) -> bool:
    """Whether the outage of a flow was longer than promised."""
    most = outcome.promised.outage_at_most if outcome.promised else None
    return most is not None and outcome.outage_seconds > most


def promise_cell(outcome: FlowOutcome) -> Content:
    """What was promised about the outage, and whether the promise was kept. "" if nothing was promised."""
    promised = outcome.promised
    limits = (("at most", promised.outage_at_most), ("at least", promised.outage_at_least)) if promised else ()
    words = ", ".join(f"{word} {seconds:g} s" for word, seconds in limits if seconds is not None)
    if outcome.untouched:
        return words
    is_broken = is_over(outcome) or bool({"outage", "loss"} & _broken(outcome))
    if words:
        return joined([f"{words} ", mark(kept=not is_broken)]) if outcome.is_judged else words
    return joined(["no loss ", mark(kept=False)]) if is_broken else ""


def meter(outcome: FlowOutcome) -> Markup:
    """The outage as a bar.

    A line marks the promised limit, and the part beyond it has another colour. The share is beside the bar in words.
    """
    words = share_words(outcome)
    if not words:
        return NOTHING
    share = outcome.share if outcome.share is not None else _WIDTH / _LIMIT
    spent, excess = min(share, 1.0) * _LIMIT, min(max(share - 1.0, 0.0) * _LIMIT, _WIDTH - _LIMIT)
    bars = [tag("path.room", at={"d": f"M0,6 h{_LIMIT:.0f}"})]
    bars += [tag("rect.spent", at={"x": "0", "y": "3", "width": f"{spent:.1f}", "height": "6"})] if spent else []
    bars += [tag("rect.excess", at={"x": f"{_LIMIT:.0f}", "y": "0", "width": f"{excess:.1f}", "height": "12"})] if excess else []
    bars.append(tag("path.limit", at={"d": f"M{_LIMIT:.0f},0 v12"}))
    at = {"viewBox": f"0 0 {_WIDTH:.0f} 12", "width": f"{_WIDTH:.0f}", "height": "12", "aria-hidden": "true"}
    return tag("span.share", tag(f"svg.meter.{level([outcome])}", *bars, at=at), words)


def path_cell(outcome: FlowOutcome) -> Markup:
    """The path of a flow, with a mark for each promise about the path."""
    return joined(_path(outcome, _broken(outcome)), ", ")


def mark(*, kept: bool) -> Markup:
    """The mark ✓ if the promise was kept, else ✗."""
    name, sign = ("kept", KEPT) if kept else ("broken", BROKEN)
    return tag(f"b.{name}", sign, at={"role": "img", "aria-label": name})


def _path(outcome: FlowOutcome, broken: frozenset[str]) -> Iterator[Markup]:
    promised = outcome.promised
    if not outcome.reachable:
        if broken & {"reachable", "return"}:
            yield joined(["cut off ", mark(kept=False)])
        else:
            is_kept = outcome.is_judged and promised and not promised.reachable
            yield joined(["cut off as promised ", mark(kept=True)]) if is_kept else joined(["cut off"])
        return
    if "reachable" in broken:
        yield joined(["not cut off ", mark(kept=False)])
    if not outcome.is_judged:
        yield joined([state(outcome)])
    elif promised and promised.via:
        yield joined([f"via {' or '.join(promised.via)} ", mark(kept="path" not in broken)])
    elif "return" in broken:
        yield joined(["did not return ", mark(kept=False)])
    elif outcome.phase == "after" and outcome.path == outcome.path_before:
        yield joined(["returned ", mark(kept=True)])
    else:
        yield joined([state(outcome)])


def _broken(outcome: FlowOutcome) -> frozenset[str]:
    return frozenset(breach.what for breach in outcome.breaches)
