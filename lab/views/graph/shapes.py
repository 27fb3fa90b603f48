"""The shapes of our own picture as SVG text: places, nodes and words. Each has a class, so that a page may give it colours of its own."""

from xml.sax.saxutils import escape

from lab.views.graph.layout import Box, PlacedNode, PlacedZone
from lab.views.graph.places import WORDS
from lab.views.graph.style import FAINT, INK, LAYERS, PAPER, ZONE_FILL, ZONE_STROKE

_NAME_FITS = 16


def zone_box(zone: PlacedZone) -> str:
    """A place: its box and its title."""
    fill = PAPER if zone.depth else ZONE_FILL
    style = f'class="faint" font-size="{13 - zone.depth}" font-weight="bold" fill="{FAINT}"'
    title = svg_text((zone.box.x + 12, zone.box.y + 18), zone.title, style)
    kind = "zone inner" if zone.depth else "zone"
    return f'<rect class="{kind}" {_place(zone.box)} rx="10" fill="{fill}" stroke="{ZONE_STROKE}"/>{title}'


def node_box(node: PlacedNode) -> str:
    """A node's box, in its layer's colours."""
    colours = LAYERS[node.spot.layer]
    return f'<rect class="node" {_place(node.box)} rx="8" fill="{colours.fill}" stroke="{colours.stroke}" stroke-width="1.5"/>'


def node_label(node: PlacedNode) -> str:
    """Name and kind in the middle of a node, or at its top where it is tall; a long name is set narrower, not wider than its box."""
    x, y = node.box.middle[0], node.box.y + 19
    narrow = f' textLength="{node.box.width - 12:.0f}" lengthAdjust="spacingAndGlyphs"' if len(node.spot.name) > _NAME_FITS else ""
    name = svg_text((x, y), node.spot.name, f'class="ink" font-size="13" font-weight="bold" fill="{INK}" text-anchor="middle"{narrow}')
    return name + svg_text((x, y + 15), WORDS[node.spot.layer], f'class="faint" font-size="11" fill="{FAINT}" text-anchor="middle"')


def svg_text(at: tuple[float, float], words: str, style: str) -> str:
    """Words that begin, or by their style end or stand in the middle, at a point."""
    return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" {style}>{escape(words)}</text>'


def _place(box: Box) -> str:
    return f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
