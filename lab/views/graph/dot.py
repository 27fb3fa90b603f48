"""The network in Graphviz's DOT language.

Places are clusters, links are solid edges, tunnels are dashed edges, and Direct Connect gateways are dashed boxes.
"""

from collections.abc import Iterator

from lab.model.dx import DxGateway, Vif
from lab.model.sketch import Sketch, SketchLink
from lab.views.graph.places import (
    DX_GATEWAY_WORDS,
    WORDS,
    Association,
    Layer,
    Spot,
    Zone,
    associations,
    caption,
    is_sitelink,
    plain_links,
    risk_words,
    spots_of,
    vif_tip,
    vif_words,
    zones,
)
from lab.views.graph.style import DX, DX_FILL, FAINT, LAYERS, LINK, ZONE_FILL, ZONE_STROKE, connection_colours
from lab.views.plain_text import plain


def dot(sketch: Sketch) -> str:
    """The network as a graph from left to right.

    The name of a line is its tooltip. It is also its label, if it says more than the names of the ends.
    """
    title = _quoted("\n".join([f"{sketch.name}: {sketch.summary}", *_legend(sketch)]))
    lines = [
        f"graph {_quoted(sketch.name)} {{",
        f"  graph [rankdir=LR, labelloc=t, fontname=Helvetica, ranksep=0.7, nodesep=0.2, label={title}];",
        '  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11];',
        f'  edge [fontname=Helvetica, fontsize=9, color="{LINK}"];',
    ]
    for number, zone in enumerate(zones(sketch)):
        lines += (f"  {line}" for line in _cluster(zone, f"cluster_{number}"))
    lines += (f"  {_dx_gateway(gateway)}" for gateway in sketch.dx_gateways)
    lines += (f"  {line}" for line in _edges(sketch))
    return "\n".join([*lines, "}"]) + "\n"


def _legend(sketch: Sketch) -> Iterator[str]:
    """A legend for the shapes that have no text in the picture."""
    meanings = [
        *(["dashed lines: IPsec tunnels"] if sketch.tunnels else []),
        *(["thick lines between devices: SiteLink"] if any(is_sitelink(sketch, link) for link in sketch.links) else []),
        *(["dashed boxes: policies, which cannot fail"] if sketch.dx_gateways else []),
    ]
    if meanings:
        yield " · ".join(meanings)


def _cluster(zone: Zone, name: str) -> Iterator[str]:
    yield f"subgraph {name} {{"
    style = f'labeljust=l, style="rounded,filled", color="{ZONE_STROKE}", fillcolor="{ZONE_FILL}", fontcolor="{FAINT}", fontsize=12'
    yield f"  graph [label={_quoted(zone.title)}, {style}];"
    for spot in zone.spots:
        yield f"  {_node(spot)}"
    for number, inner in enumerate(zone.zones):
        yield from (f"  {line}" for line in _cluster(inner, f"{name}_{number}"))
    yield "}"


def _node(spot: Spot) -> str:
    colours = LAYERS[spot.layer]
    label = "\n".join([spot.name, WORDS[spot.layer], *map(risk_words, spot.risks)])
    return f'{_quoted(spot.name)} [label={_quoted(label)}, fillcolor="{colours.fill}", color="{colours.stroke}"];'


def _dx_gateway(gateway: DxGateway) -> str:
    label = f"{gateway.name}\n{DX_GATEWAY_WORDS}\nAS {gateway.asn}"
    style = f'style="rounded,filled,dashed", fillcolor="{DX_FILL}", color="{DX}"'
    return f"{_quoted(gateway.name)} [label={_quoted(label)}, {style}];"


def _edges(sketch: Sketch) -> Iterator[str]:
    layers = {spot.name: spot.layer for zone in zones(sketch) for spot in spots_of(zone)}
    yield from (_link(sketch, link, layers) for link in plain_links(sketch))
    yield from map(_vif, sketch.vifs)
    yield from map(_association, associations(sketch))
    colours = connection_colours(sketch.tunnels)
    for tunnel in sketch.tunnels:
        style = f'style=dashed, constraint=false, color="{colours[tunnel.connection]}"'
        yield _edge((tunnel.customer, tunnel.aws), tunnel.name, caption(tunnel), style)


def _link(sketch: Sketch, link: SketchLink, layers: dict[str, Layer]) -> str:
    a, b = sorted((link.a, link.b), key=lambda name: layers[name])
    styles = ["constraint=false"] if layers[a] == layers[b] else []
    if is_sitelink(sketch, link):
        return _edge((a, b), link.name, "", *styles, f'color="{DX}", penwidth=2.5')
    return _edge((a, b), link.name, caption(link), *styles)


def _vif(vif: Vif) -> str:
    """The label of a virtual interface.

    It also says whether SiteLink is on, because a label between two devices would cover a location's title.
    """
    words = "\n".join([vif_words(vif), *(["SiteLink"] if vif.sitelink else [])])
    return _edge((vif.device, vif.gateway), vif_tip(vif), words, f'color="{DX}", fontcolor="{DX}"')


def _association(association: Association) -> str:
    """One line for the association of two gateways, even if several links carry its traffic."""
    return _edge((association.dx_gateway, association.gateway), ", ".join(association.links), "")


def _edge(ends: tuple[str, str], tip: str, label: str, *styles: str) -> str:
    attributes = ", ".join([f"tooltip={_quoted(tip)}", f"label={_quoted(label)}", *styles])
    return f"{_quoted(ends[0])} -- {_quoted(ends[1])} [{attributes}];"


def _quoted(text: str) -> str:
    """The text in quotes for DOT. Backslashes and quotes are escaped. Each line of the text is centred."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
