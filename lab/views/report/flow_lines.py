"""The table of flows that is shown below the verdict of a check.

Each flow has a line with its path before the faults. Each direction has a line with its losses and its path during the faults. The path is
the last column, because only the last column can continue on the next line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from lab.model.direction import Direction
from lab.model.outcome import FlowOutcome
from lab.views.report.convergence_words import noticed_words, phases_words
from lab.views.report.words import ARROWS

_HEADINGS = ("out during", "longest", "out after")
_BACK_WIDTH = 12
_SAME = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One direction of a flow: its outcomes in the two phases. With more than two events, also its outcomes in the events."""

    direction: Direction
    path_before: tuple[str, ...]
    during: FlowOutcome | None
    after: FlowOutcome | None
    events: tuple[FlowOutcome, ...]


def flow_lines(flows: Sequence[FlowOutcome]) -> Iterator[Text]:
    """The table: a heading, then the flows in the given order. No line if there is no flow. `Text.plain` is the table without colours."""
    names = tuple(dict.fromkeys(flow.flow for flow in flows))
    if not names:
        return
    width = max(len("flow"), *map(len, names))
    yield Text("flow".ljust(width) + "".join(word.rjust(11) for word in _HEADINGS) + "  " + "".ljust(_BACK_WIDTH) + "path during", "dim")
    for name in names:
        ways = tuple(_ways([flow for flow in flows if flow.flow == name]))
        yield from _before(name.ljust(width), ways)
        for way in ways:
            yield _way_line(way, width)
            yield from _converged(way)


def short_path(path: Sequence[str], before: Sequence[str]) -> str:
    """The new nodes of a path. "…" stands for nodes that were on the path before. "same path" if the path is the same."""
    if tuple(path) == tuple(before):
        return "same path"
    if not path:
        return "none got through"
    new = set(path) - set(before)
    if not new:
        return arrowed(path)
    words: list[str] = []
    for node in path:
        if node in new:
            words.append(node)
        elif words[-1:] != [_SAME]:
            words.append(_SAME)
    return arrowed(words).replace(f"{_SAME} > ", f"{_SAME} ").replace(f" > {_SAME}", f" {_SAME}")


def arrowed(path: Sequence[str]) -> str:
    """The names of nodes with arrows between them, in the order in which packets pass the nodes."""
    return " > ".join(path)


def _ways(flows: Sequence[FlowOutcome]) -> Iterator[_Way]:
    for direction in ARROWS:
        own = [flow for flow in flows if flow.direction == direction]
        if own:
            during, after = (next((flow for flow in own if flow.phase == phase), None) for phase in ("during", "after"))
            several = bool(during) and sum(flow.phase == "during" for flow in own) > 1
            yield _Way(
                direction=direction, path_before=own[0].path_before, during=during, after=after, events=tuple(own[1:]) if several else ()
            )


def _before(name: str, ways: Sequence[_Way]) -> Iterator[Text]:
    """The path of a flow before the faults: one line, or two lines if the reverse direction had another path."""
    mirrored = len({way.path_before if way.direction == "forward" else way.path_before[::-1] for way in ways}) == 1
    for number, way in enumerate(ways[:1] if mirrored else ways):
        arrow = "" if mirrored else f"{ARROWS[way.direction]} "
        label = (name if number == 0 else " " * len(name), "bold")
        yield Text.assemble(label, "  ", (arrow + (arrowed(way.path_before) or "no path before"), "dim"))


def _way_line(way: _Way, width: int) -> Text:
    during, after = way.during, way.after
    return Text.assemble(
        f"  {ARROWS[way.direction]}".ljust(width),
        _lost(during.outage_seconds if during else None),
        _lost(during.longest_loss_seconds if during else None),
        _lost(after.outage_seconds if after else None),
        "  ",
        _back(after),
        _path(during),
    )


def _converged(way: _Way) -> Iterator[Text]:
    """The phases of convergence for each outage. With several events: those of each event, and the path of the flow in it."""
    for outcome in way.events or (way.during, way.after):
        if way.events and outcome:
            lost = f"out {outcome.outage_seconds * 1000:.0f} ms"
            yield Text(f"    {outcome.event}: {lost}, {short_path(outcome.path, outcome.path_before)}")
        if outcome and outcome.convergence and outcome.lost:
            yield Text(f"    {noticed_words(outcome.convergence)}", "dim")
            if phases := phases_words(outcome.convergence):
                yield Text(f"      then {phases}", "dim")


def _lost(seconds: float | None) -> tuple[str, str]:
    if seconds is None:
        return "–".rjust(11), "dim"
    return f"{seconds * 1000:.0f} ms".rjust(11), "yellow" if seconds > 0 else ""


def _back(after: FlowOutcome | None) -> tuple[str, str]:
    """Whether the flow is back on the path that it had before the faults, in words, and a style."""
    if after is None:
        return "–".ljust(_BACK_WIDTH), "dim"
    if not after.reachable:
        return "cut off".ljust(_BACK_WIDTH), "bold red"
    if after.path == after.path_before:
        return "returned".ljust(_BACK_WIDTH), "green"
    return "elsewhere".ljust(_BACK_WIDTH), "red"


def _path(during: FlowOutcome | None) -> tuple[str, str]:
    if during is None:
        return "–", "dim"
    return short_path(during.path, during.path_before), "" if during.path else "red"
