"""The shapes of the picture as SVG. Each shape has CSS classes, so that a dark screen can show it in other colours."""

from lab.views.graph.boxes import Box, PlacedDomain, PlacedNode, PlacedZone
from lab.views.graph.lines import Line
from lab.views.graph.style import (
    DX,
    DX_AREA,
    FAINT,
    INK,
    LAYERS,
    PAPER,
    RISK,
    RISK_AREA,
    VIF_AREA,
    ZONE_FILL,
    ZONE_STROKE,
    layer_class,
)
from lab.views.graph.words import Label
from lab.views.plain_text import in_xml

_HALO = f' stroke="{PAPER}" stroke-width="3" stroke-opacity="0.8" paint-order="stroke" stroke-linejoin="round"'
_COLOURS = {"ink": INK, "faint": FAINT, "dx-words": DX, "risk-words": RISK}


def zone_box(zone: PlacedZone) -> str:
    """The box of a place."""
    kind, fill = ("zone inner", PAPER) if zone.depth else ("zone", ZONE_FILL)
    return f'<rect class="{kind}" {_place(zone.box)} rx="10" fill="{fill}" stroke="{ZONE_STROKE}"/>'


def node_box(node: PlacedNode) -> str:
    """The box of a node, in the colours of the node's layer."""
    colours = LAYERS[node.spot.layer]
    look = f'class="node {layer_class(node.spot.layer)}" fill="{colours.fill}" stroke="{colours.stroke}"'
    return f'<rect {look} {_place(node.box)} rx="8" stroke-width="1.5"/>'


def risk_tags(node: PlacedNode) -> str:
    """The tags with the shared risks, below the box of a node."""
    return "".join(f'<rect {RISK_AREA} {_place(box)} rx="4"/>' for _, box in node.tags)


def domain_box(domain: PlacedDomain) -> str:
    """The outline of a Direct Connect gateway. "" if these virtual interfaces lead directly to a virtual private gateway."""
    return f'<rect {DX_AREA} {_place(domain.box)} rx="14"/>' if domain.words else ""


def vif_pills(domain: PlacedDomain) -> str:
    """The boxes of virtual interfaces. Their lines are drawn below the boxes."""
    return "".join(f'<rect {VIF_AREA} {_place(each.box)} rx="8.5"/>' for each in domain.vifs)


def label_text(label: Label) -> str:
    """A text as SVG. It is made narrower if there is too little space."""
    looks = label.look.split()
    weight = ' font-weight="bold"' if label.bold else ""
    anchor = ' text-anchor="middle"' if label.anchor == "middle" else ""
    narrow = f' textLength="{label.room:.0f}" lengthAdjust="spacingAndGlyphs"' if label.is_narrowed else ""
    halo = _HALO if "halo" in looks else ""
    style = f'class="{label.look}" font-size="{label.size:g}"{weight} fill="{_COLOURS[looks[0]]}"{anchor}{narrow}{halo}'
    tip = f"<title>{in_xml(label.tip)}</title>" if label.tip else ""
    return f'<text x="{label.x:.1f}" y="{label.y:.1f}" {style}>{in_xml(label.words)}{tip}</text>'


def line_path(line: Line, style: str) -> str:
    """A line as SVG. Its name is shown when the mouse is over the line."""
    return f'<path d="{line.path}" fill="none" {style}><title>{in_xml(line.name)}</title></path>'


def _place(box: Box) -> str:
    return f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
