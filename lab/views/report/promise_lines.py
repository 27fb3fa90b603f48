"""The lines below a verdict: one for each direction of a flow, with each promise beside the measured value.

All flows for which nothing was promised and nothing happened share one line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from lab.model.direction import Direction
from lab.model.outcome import FlowOutcome, Verdict
from lab.views.report.promise_words import BROKEN, KEPT, UNTOUCHED, measured_words, premise_words
from lab.views.report.words import ARROWS

BOTH_WAYS = "↔"
_STYLES = {KEPT: "green", BROKEN: "bold red"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a flow with its direction, and what happened to it.

    `event`: the name of the event that the line is about, if there are several.
    """

    name: str
    event: str
    words: Text


def promise_lines(verdict: Verdict) -> Iterator[Line]:
    """A line for each direction of a flow, or one for both directions if they are equal.

    With several events: another line for each event in which something happened.
    """
    for flow in dict.fromkeys(outcome.flow for outcome in verdict.flows):
        if _is_folded(verdict, flow):
            continue
        ways = {arrow: lines for direction, arrow in ARROWS.items() if (lines := tuple(_of_way(verdict, flow, direction)))}
        first, *others = ways.values()
        if any(_plain(other) == _plain(first) for other in others):
            ways = {BOTH_WAYS: first}
        for arrow, lines in ways.items():
            for number, (event, words) in enumerate(lines):
                yield Line(name="" if number else f"{flow} {arrow}", event=event, words=words)


def folded(verdict: Verdict) -> str:
    """One text about the flows that have no line of their own: no fault touched them, or they lost nothing and nothing was promised.

    "" if there are none. In a check with `touches: nothing`, untouched flows are the proof. So the text does not say "nothing was proven"
    then.
    """
    idle = [flow for flow in dict.fromkeys(outcome.flow for outcome in verdict.flows) if _is_folded(verdict, flow)]
    touched = {outcome.flow for outcome in verdict.flows if not outcome.untouched}
    untouched, others = [flow for flow in idle if flow not in touched], [flow for flow in idle if flow in touched]
    unproven = ", so nothing was proven" if verdict.untested else ", as predicted" if verdict.is_swept and not verdict.surprises else ""
    parts = [f"untouched by the faults{unproven}: {', '.join(untouched)}"] if untouched else []
    parts += [f"lost nothing, promised nothing: {', '.join(others)}"] if others else []
    return "; ".join(parts)


def _is_folded(verdict: Verdict, flow: str) -> bool:
    """Whether a flow has no line of its own: there is nothing to show about it in any event, and no promise about its first path."""
    premises = [word for each in verdict.expectations if each.flow == flow for word in premise_words(each, verdict)]
    return not premises and all(_is_idle(outcome) for outcome in verdict.flows if outcome.flow == flow)


def _is_idle(outcome: FlowOutcome) -> bool:
    """Whether there is nothing to show for an outcome: no promise about it was tested or broken, and no packet was lost."""
    return (
        not outcome.lost
        and not outcome.breaches
        and (outcome.untouched or outcome.promised is None)
        and outcome.path == outcome.path_before
    )


def _of_way(verdict: Verdict, flow: str, direction: Direction) -> Iterator[tuple[str, Text]]:
    """What happened to one direction of a flow: in the whole phase, and then in each of several events in which something happened."""
    own = [outcome for outcome in verdict.flows if (outcome.flow, outcome.direction) == (flow, direction)]
    several = any(outcome.event is None for outcome in own) and bool(verdict.events)
    whole = [outcome for outcome in own if not several or outcome.event is None or outcome.phase == "after"]
    asked = [each for each in verdict.expectations if each.flow == flow and direction in each.directions]
    premises = [word for each in asked for word in premise_words(each, verdict)]
    if own:
        yield "", _marked([*premises, *_unless_untouched(whole, [*_joined(whole)])])
    for outcome in own if several else ():
        tells = outcome.promised or outcome.breaches or (outcome.lost and outcome.reachable)
        if outcome not in whole and outcome.event and tells and (words := [*measured_words(outcome)]):
            yield outcome.event, _marked(_unless_untouched([outcome], words))


def _unless_untouched(outcomes: Sequence[FlowOutcome], words: Sequence[str]) -> Sequence[str]:
    """The words for some outcomes. If no fault touched any of them, the words say only that, and no promise is marked as kept."""
    return [UNTOUCHED] if outcomes and all(each.untouched and not each.breaches for each in outcomes) else words


def _joined(outcomes: Sequence[FlowOutcome]) -> Iterator[str]:
    for outcome in outcomes:
        words = [*measured_words(outcome)]
        is_outage_after = outcome.phase == "after" and (outcome.lost or (outcome.promised and outcome.promised.outage_at_most is not None))
        yield from (f"after: {words[0]}", *words[1:]) if words and is_outage_after else words


def _marked(words: Sequence[str]) -> Text:
    text = Text("  ".join(words) or "nothing lost")
    for mark, style in _STYLES.items():
        text.highlight_words([mark], style)
    return text


def _plain(lines: Sequence[tuple[str, Text]]) -> list[tuple[str, str]]:
    return [(event, words.plain) for event, words in lines]
