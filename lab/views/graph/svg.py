"""The network as an SVG picture for a document: our own layout, no outside fonts, scripts or styles."""

import textwrap
from collections.abc import Iterator
from xml.sax.saxutils import escape

from lab.model.sketch import Sketch
from lab.views.graph.layout import Layout, lay_out
from lab.views.graph.legend import INTERCONNECT_STYLE, LINK_STYLE, TUNNEL_STYLE, PlacedMark, legend
from lab.views.graph.lines import Line, link_line, tunnel_lines
from lab.views.graph.places import Layer
from lab.views.graph.shapes import node_box, node_label, svg_text, zone_box
from lab.views.graph.style import FAINT, INK, PAPER, connection_colours

_TOP = 72.0
_LEFT = 28.0
_LINE = 19.0
_MARGIN = 24.0
_HALO = 'stroke="#ffffff" stroke-width="3" stroke-opacity="0.7" paint-order="stroke" stroke-linejoin="round"'


def svg(sketch: Sketch) -> str:
    """A whole SVG document on white; hovering over a line tells its name."""
    return "\n".join(_document(sketch)) + "\n"


def _document(sketch: Sketch) -> Iterator[str]:
    first = lay_out(sketch, _TOP)
    summary = textwrap.wrap(sketch.summary, width=int((first.width - 2 * _LEFT) / 7.2))
    layout = lay_out(sketch, _TOP + _LINE * len(summary))
    marks = legend(layout, sketch, layout.width - 2 * _LEFT)
    width, height = layout.width, layout.height + max(placed.y for placed in marks) + _MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    yield '  font-family="Helvetica, Arial, sans-serif" role="img">'
    yield f"<title>{escape(sketch.name)}</title>"
    yield f"<desc>{escape(sketch.summary)}</desc>"
    yield f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    yield svg_text((_LEFT, 40), sketch.name, f'font-size="22" font-weight="bold" fill="{INK}"')
    for number, line in enumerate(summary):
        yield svg_text((_LEFT, 62 + _LINE * number), line, f'font-size="14" fill="{FAINT}"')
    yield from map(zone_box, layout.zones)
    yield from (node_box(node) for node in layout.nodes if node.spot.layer is Layer.INTERNET)
    yield from _lines(layout, sketch)
    yield from (node_box(node) for node in layout.nodes if node.spot.layer is not Layer.INTERNET)
    yield from (node_label(node) for node in layout.nodes)
    yield from (_mark(placed, layout.height) for placed in marks)
    yield "</svg>"


def _lines(layout: Layout, sketch: Sketch) -> Iterator[str]:
    """Links below, tunnels above them, their captions last."""
    captions = []
    for link in sketch.links:
        line = link_line(layout, link)
        core = layout.node(link.a).spot.layer is layout.node(link.b).spot.layer is Layer.CORE
        yield _path(line, INTERCONNECT_STYLE if core else LINK_STYLE)
        captions.append(line)
    colours = connection_colours(sketch.tunnels)
    for tunnel, line in tunnel_lines(layout, sketch):
        yield _path(line, f'stroke="{colours[tunnel.connection]}" {TUNNEL_STYLE}')
        captions.append(line)
    yield from (_caption(line) for line in captions if line.caption)


def _path(line: Line, style: str) -> str:
    return f'<path d="{line.path}" fill="none" {style}><title>{escape(line.name)}</title></path>'


def _caption(line: Line) -> str:
    x, y = line.label_at
    return svg_text((x + 8, y + 4), line.caption, f'font-size="12" font-weight="bold" fill="{INK}" {_HALO}')


def _mark(placed: PlacedMark, top: float) -> str:
    words = svg_text((37, 4), placed.mark.words, f'font-size="12" fill="{INK}"')
    return f'<g transform="translate({_LEFT + placed.x:.1f},{top + placed.y:.1f})">{placed.mark.shape}{words}</g>'
