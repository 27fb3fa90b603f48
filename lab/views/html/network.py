"""The drawings of networks on the page. Each network is drawn once, without being visible. All pictures refer to this drawing."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.sketch import Sketch
from lab.views.graph.lines import Line
from lab.views.graph.picture import picture_of
from lab.views.graph.places import is_sitelink
from lab.views.graph.shapes import line_path
from lab.views.graph.style import DX, RISK_STYLE, VIF_STYLE
from lab.views.html.markup import Markup, joined, tag

_TOP = 14.0
_ARROWS = ("forward", "reverse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """A link or a tunnel, and its line on the page from the node `start` to the node `end`."""

    identifier: str
    kind: str
    line: Line
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One hop of a path. `onward`: packets go from the start of the line to its end. Otherwise they go from its end to its start."""

    strand: Strand
    onward: bool


class Drawing:
    """The drawing of one network for the page. The ids of all its parts begin with `identifier`."""

    def __init__(self, sketch: Sketch, identifier: str) -> None:
        self.sketch = sketch
        self.identifier = identifier
        self.picture = picture_of(sketch, _TOP)
        self.layout = self.picture.layout
        self.strands = (*self._links(), *self._tunnels())

    def hops(self, path: Sequence[str]) -> tuple[Hop, ...]:
        """The hops of a path. If two successive nodes of the path are not neighbors, the shortest way between them is used."""
        return tuple(hop for number in range(len(path) - 1) for hop in self._between(path[number], path[number + 1]))

    def named(self, name: str) -> Strand | None:
        """The link or the tunnel with this name. None if there is none."""
        return next((strand for strand in self.strands if strand.line.name == name), None)

    def _links(self) -> Iterator[Strand]:
        for number, (link, line) in enumerate(self.picture.links):
            ends = sorted((link.a, link.b), key=lambda name: (self.layout.node(name).spot.layer, self.layout.node(name).box.y))
            kind = "sitelink" if is_sitelink(self.sketch, link) else "link"
            yield Strand(identifier=f"{self.identifier}l{number}", kind=kind, line=line, start=ends[0], end=ends[1])

    def _tunnels(self) -> Iterator[Strand]:
        for number, (tunnel, line) in enumerate(self.picture.tunnels):
            yield Strand(identifier=f"{self.identifier}t{number}", kind="tunnel", line=line, start=tunnel.customer, end=tunnel.aws)

    def _between(self, start: str, end: str) -> tuple[Hop, ...]:
        """The shortest way between two nodes. () if there is none."""
        ways: dict[str, tuple[Hop, ...]] = {start: ()}
        next_nodes = deque([start])
        while next_nodes and end not in ways:
            here = next_nodes.popleft()
            for strand in self.strands:
                if here in {strand.start, strand.end}:
                    there = strand.end if here == strand.start else strand.start
                    if there not in ways:
                        ways[there] = (*ways[here], Hop(strand=strand, onward=here == strand.start))
                        next_nodes.append(there)
        return ways.get(end, ())


def definitions(drawings: Sequence[Drawing]) -> Markup:
    """All drawings, for other pictures to refer to. The drawings themselves are not visible."""
    shared = tag("defs", *map(_arrow, _ARROWS), *map(_drawing, drawings))
    return tag("svg.definitions", shared, at={"width": "0", "height": "0", "aria-hidden": "true"})


def _arrow(way: str) -> Markup:
    at = {
        "id": f"arrow-{way}",
        "viewBox": "0 0 8 8",
        "refX": "6.5",
        "refY": "4",
        "markerWidth": "11",
        "markerHeight": "11",
        "markerUnits": "userSpaceOnUse",
        "orient": "auto-start-reverse",
    }
    return tag("marker", tag(f"path.arrow.{way}", at={"d": "M0,0.6 L8,4 L0,7.4 Z"}), at=at)


def _drawing(drawing: Drawing) -> Markup:
    """From bottom to top: the lines and shapes that are below the path of a flow, and the shapes that are above it."""
    picture = drawing.picture
    lines = (tag("path", tag("title", strand.line.name), at={"id": strand.identifier, "d": strand.line.path}) for strand in drawing.strands)
    backs = [*picture.below(), *(line_path(line, RISK_STYLE) for _, line in picture.risks)]
    shown = map(_shown, drawing.strands)
    vifs = (line_path(line, VIF_STYLE) for _, line in picture.vifs)
    below = tag("g", Markup("".join(backs)), *shown, Markup("".join(vifs)), at={"id": f"{drawing.identifier}-below"})
    above = tag("g", Markup("".join(picture.above())), at={"id": f"{drawing.identifier}-above"})
    return joined([*lines, below, above])


def _shown(strand: Strand) -> Markup:
    """The look of a link or a tunnel that is not on the path of a flow."""
    look = {"fill": "none", "stroke": DX, "stroke-width": "2.4"} if strand.kind == "sitelink" else {}
    return tag(f"use.{strand.kind}.dx" if look else f"use.{strand.kind}", at={"href": f"#{strand.identifier}"} | look)
