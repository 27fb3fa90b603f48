"""Pictures of paths. A pale band is the path before the faults, a line is the path during them, and a cross marks what the faults broke."""

from collections.abc import Iterator, Sequence

from lab.model.broken import Broken
from lab.model.direction import DIRECTIONS, Direction
from lab.model.outcome import FlowOutcome, StepOutcome, Verdict
from lab.views.html.markup import NOTHING, Content, Markup, joined, scrolled, tag
from lab.views.html.network import Drawing
from lab.views.html.parts import of_phase
from lab.views.report.words import ARROWS, span, state

_ASIDE: dict[Direction, str] = {"forward": "translate(-2 -4)", "reverse": "translate(2 4)"}
"""The shift that puts the two directions of a flow side by side."""

_Struck = tuple[tuple[float, float], ...]


def paths(verdict: Verdict, drawing: Drawing | None) -> Markup:
    """A picture for every flow that lost packets or changed its path. The pictures of other flows are folded."""
    during = of_phase(verdict.flows, "during")
    names = tuple(dict.fromkeys(flow.flow for flow in during))
    ways = {name: [flow for flow in during if flow.flow == name] for name in names}
    touched = [name for name in names if any(_is_touched(flow) for flow in verdict.flows if flow.flow == name)]
    struck = _struck(verdict.steps, drawing) if drawing else ()
    key = _key() if drawing else NOTHING
    figures = [_figure(ways[name], drawing, struck) for name in touched]
    rest = [_figure(ways[name], drawing, struck) for name in names if name not in touched]
    title = tag("h4", "Paths")
    if not touched:
        return tag("div.paths", title, tag("details", tag("summary", "Paths of all flows"), key, *rest)) if rest else NOTHING
    words = f"Paths of unaffected flows ({len(rest)})"
    folded = tag("details", tag("summary", words), *rest) if rest else NOTHING
    return tag("div.paths", title, key, *figures, folded)


def _is_touched(flow: FlowOutcome) -> bool:
    return flow.lost > 0 or flow.path != flow.path_before or not flow.reachable


def _figure(ways: Sequence[FlowOutcome], drawing: Drawing | None, struck: _Struck) -> Markup:
    """A picture of a flow for the whole time of the faults. If its path in one event was another one, that path is given in words."""
    whole = [next(flow for flow in ways if flow.direction == direction) for direction in dict.fromkeys(flow.direction for flow in ways)]
    later = [flow for flow in ways if flow not in whole and (flow.path != flow.path_before or not flow.reachable)]
    picture = scrolled(f"The network and the paths of {ways[0].flow}", _picture(whole, drawing, struck)) if drawing else NOTHING
    caption = tag("figcaption", tag("b", ways[0].flow), *map(_in_words, whole), *map(_in_an_event, later))
    return tag("figure.course", caption, picture)


def _in_words(flow: FlowOutcome) -> Markup:
    """The path of one direction of a flow before the faults. Also its path during the faults, if that was another one."""
    before = tag("span.before", *(_hops_in_words(flow.path_before) or ["no path was seen"]))
    now = _now(flow) if flow.path != flow.path_before or not flow.reachable else NOTHING
    return tag("p", tag(f"i.{flow.direction}", ARROWS[flow.direction]), before, now, _felt(flow))


def _in_an_event(flow: FlowOutcome) -> Markup:
    """The path of one direction of a flow in one of several events, in words."""
    return tag("p", tag(f"i.{flow.direction}", ARROWS[flow.direction]), tag("span.event", f"{flow.event}:"), _now(flow), _felt(flow))


def _now(flow: FlowOutcome) -> Markup:
    return tag("span.now", *_hops_in_words(flow.path)) if flow.reachable else tag("strong", "none got through at the end")


def _felt(flow: FlowOutcome) -> Markup:
    return tag("small", f"{span(flow.outage_seconds)} out, {state(flow)}" if flow.lost else state(flow))


def _hops_in_words(path: Sequence[str]) -> Sequence[Content]:
    """The names of the nodes of a path. A line may be broken before each name."""
    return [joined([tag("code", node), tag("wbr")]) for node in path]


def _picture(ways: Sequence[FlowOutcome], drawing: Drawing, struck: _Struck) -> Markup:
    layout = drawing.layout
    below = tag("use", at={"href": f"#{drawing.identifier}-below"})
    above = tag("use", at={"href": f"#{drawing.identifier}-above"})
    bands = (_lines(drawing, flow.path_before, f"band.{flow.direction}", flow.direction) for flow in ways)
    lines = (_lines(drawing, flow.path, f"line.{flow.direction}", flow.direction) for flow in ways if flow.reachable)
    words = tag("title", f"{ways[0].flow}: its paths before and during the fault")
    at = {"viewBox": f"0 0 {layout.width:.0f} {layout.height:.0f}", "role": "img"}
    return tag("svg.network", words, below, *bands, *lines, above, *map(_cross, struck), at=at)


def _lines(drawing: Drawing, path: Sequence[str], classes: str, direction: Direction) -> Markup:
    """The lines of all hops of a path."""
    uses = (tag(f"use.{'on' if hop.onward else 'back'}", at={"href": f"#{hop.strand.identifier}"}) for hop in drawing.hops(path))
    return tag(f"g.{classes}", *uses, at={"transform": _ASIDE[direction]})


def _cross(at: tuple[float, float]) -> Markup:
    x, y = at
    arms = f"M{x - 6:.1f},{y - 6:.1f} l12,12 m0,-12 l-12,12"
    return joined([tag("circle.struck", at={"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "10"}), tag("path.cross", at={"d": arms})])


def _struck(steps: Sequence[StepOutcome], drawing: Drawing) -> _Struck:
    """The points at which crosses are drawn: the middle of a link, a point near the end of a tunnel, the corner of a node."""
    return tuple(dict.fromkeys(at for step in steps for at in _hit(step.breaks, drawing)))


def _hit(broken: Broken, drawing: Drawing) -> Iterator[tuple[float, float]]:
    for name in (*broken.links, *broken.tunnels):
        if strand := drawing.named(name):
            yield strand.line.middle
    for node in drawing.layout.nodes:
        if node.spot.name in broken.nodes:
            yield node.box.right, node.box.y


def _key() -> Markup:
    """An explanation of the lines in a picture."""
    rows = [
        *((f"line.{direction}", f"{ARROWS[direction]} while the fault was in force") for direction in DIRECTIONS),
        *((f"band.{direction}", f"{ARROWS[direction]} before it") for direction in DIRECTIONS),
        ("hit", "what the fault hit"),
    ]
    return tag("ul.key", *(tag("li", tag(f"span.stroke.{kind}"), words) for kind, words in rows))
