"""The parts of the SVG picture that both an SVG file and the HTML page need. Some shapes are drawn below the lines, some above."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.model.dx import SharedRisk, Vif
from lab.model.sketch import Sketch, SketchLink, SketchTunnel
from lab.views.graph.boxes import Layout
from lab.views.graph.captions import domain_labels, link_captions, node_labels, tunnel_captions, zone_title
from lab.views.graph.layout import lay_out
from lab.views.graph.lines import Line, link_lines, risk_lines, tunnel_lines, vif_lines
from lab.views.graph.places import Layer, caption
from lab.views.graph.shapes import domain_box, label_text, node_box, risk_tags, vif_pills, zone_box
from lab.views.graph.words import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A network with its layout, and all lines between its nodes."""

    sketch: Sketch
    layout: Layout
    links: tuple[tuple[SketchLink, Line], ...]
    tunnels: tuple[tuple[SketchTunnel, Line], ...]
    vifs: tuple[tuple[Vif, Line], ...]
    risks: tuple[tuple[SharedRisk, Line], ...]

    def titles(self) -> tuple[Label, ...]:
        """The titles of places. They are drawn below all lines."""
        return tuple(map(zone_title, self.layout.zones))

    def labels(self) -> tuple[Label, ...]:
        """All other texts. They are drawn above all lines."""
        called = [line for tunnel, line in self.tunnels if caption(tunnel)]
        return (
            *(label for node in self.layout.nodes for label in node_labels(node)),
            *(label for domain in self.layout.domains for label in domain_labels(domain)),
            *link_captions(self.layout, self.sketch, self.links),
            *tunnel_captions(called),
        )

    def below(self) -> Iterator[str]:
        """The shapes that are drawn below the lines."""
        yield from map(zone_box, self.layout.zones)
        yield from map(label_text, self.titles())
        yield from (node_box(node) for node in self.layout.nodes if node.spot.layer is Layer.INTERNET)
        yield from filter(None, map(domain_box, self.layout.domains))

    def above(self) -> Iterator[str]:
        """The shapes that are drawn above the lines."""
        yield from (node_box(node) for node in self.layout.nodes if node.spot.layer is not Layer.INTERNET)
        yield from filter(None, map(risk_tags, self.layout.nodes))
        yield from filter(None, map(vif_pills, self.layout.domains))
        yield from map(label_text, self.labels())


def picture_of(sketch: Sketch, top: float) -> Picture:
    """The picture of a network. Its upper edge is at the height `top`."""
    layout = lay_out(sketch, top)
    return Picture(
        sketch=sketch,
        layout=layout,
        links=tuple(link_lines(layout, sketch)),
        tunnels=tuple(tunnel_lines(layout, sketch)),
        vifs=tuple(vif_lines(layout)),
        risks=tuple(risk_lines(layout, sketch)),
    )
