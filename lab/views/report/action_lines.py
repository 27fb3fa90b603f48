"""What automations did in a check, one line for each action."""

from collections.abc import Iterator

from lab.model.outcome import Verdict
from lab.views.report.words import clock


def action_lines(verdict: Verdict) -> Iterator[str]:
    """A line for each action, with its instant on the clock of the check."""
    yield from (f"{clock(event.at)}  {event.what}" for event in verdict.timeline if event.source == "automation")
