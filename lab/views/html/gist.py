"""A summary of a check, for the line that is visible when its section is folded."""

from lab.model.outcome import FlowOutcome, Verdict
from lab.views.html.markup import Markup, joined, tag
from lab.views.html.promised import is_over, level, most_words, share_words
from lab.views.report.promise_words import untested_words
from lab.views.report.words import ARROWS, faults, span


def gist(verdict: Verdict) -> Markup:
    """The faults, the outage that used the largest share of its promised limit, and how many promises were not tested."""
    closest = max((outcome for outcome in verdict.flows if outcome.lost and share_words(outcome)), key=_share, default=None)
    parts = [tag("span.faults", faults(verdict.steps))]
    if closest:
        share = tag(f"span.chip.{level([closest])}", share_words(closest))
        way = f"{closest.flow} {ARROWS[closest.direction]} {span(closest.outage_seconds)}{most_words(closest)} "
        parts.append(tag("span.closest", way, share))
    if words := untested_words(len(verdict.not_tested)):
        parts.append(tag("span.untested", words))
    return joined(parts)


def _share(outcome: FlowOutcome) -> float:
    """The outage as a share of the promised limit. Infinity if the limit is 0 and the flow was out."""
    return float("inf") if is_over(outcome) and outcome.share is None else outcome.share or 0.0
