"""The summary of a check in the line that is visible when it is folded: its faults, and the promise that came closest to its limit."""

from lab.model.outcome import FlowOutcome, Verdict
from lab.views.html.markup import Markup, joined, tag
from lab.views.html.promised import is_over, level, most_words, share_words
from lab.views.report.promise_words import untested_words
from lab.views.report.words import ARROWS, faults, span


def gist(verdict: Verdict) -> Markup:
    """The faults, the outage with the largest share of its promise, and how many promises were not tested."""
    closest = max((outcome for outcome in verdict.flows if outcome.lost and share_words(outcome)), key=_share, default=None)
    parts = [tag("span.faults", faults(verdict.steps))]
    if closest:
        share = tag(f"span.chip.{level([closest])}", share_words(closest))
        way = f"{closest.flow} {ARROWS[closest.direction]} {span(closest.outage_seconds)}{most_words(closest)} "
        parts.append(tag("span.closest", way, share))
    if words := untested_words(len(verdict.untested)):
        parts.append(tag("span.untested", words))
    return joined(parts)


def _share(outcome: FlowOutcome) -> float:
    """Outage ÷ promise. If no loss was allowed, any loss counts as the largest share."""
    return float("inf") if is_over(outcome) and outcome.share is None else outcome.share or 0.0
