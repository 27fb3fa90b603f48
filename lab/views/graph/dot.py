"""The network in Graphviz's DOT language: clusters are places, solid edges links, dashed edges tunnels."""

from collections.abc import Iterator

from lab.model.sketch import Sketch
from lab.views.graph.places import WORDS, Spot, Zone, caption, spots_of, zones
from lab.views.graph.style import FAINT, LAYERS, LINK, ZONE_FILL, ZONE_STROKE, connection_colours


def dot(sketch: Sketch) -> str:
    """An undirected graph drawn left to right; every link and tunnel carries its name as tooltip, and as label where it says something."""
    title = _quoted(f"{sketch.name}: {sketch.summary}")
    lines = [
        f"graph {_quoted(sketch.name)} {{",
        f"  graph [rankdir=LR, labelloc=t, fontname=Helvetica, ranksep=0.7, nodesep=0.2, label={title}];",
        '  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11];',
        f'  edge [fontname=Helvetica, fontsize=9, color="{LINK}"];',
    ]
    for number, zone in enumerate(zones(sketch)):
        lines += (f"  {line}" for line in _cluster(zone, f"cluster_{number}"))
    lines += (f"  {line}" for line in _edges(sketch))
    return "\n".join([*lines, "}"]) + "\n"


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
    label = f"{spot.name}\n{WORDS[spot.layer]}"
    return f'{_quoted(spot.name)} [label={_quoted(label)}, fillcolor="{colours.fill}", color="{colours.stroke}"];'


def _edges(sketch: Sketch) -> Iterator[str]:
    layers = {spot.name: spot.layer for zone in zones(sketch) for spot in spots_of(zone)}
    for link in sketch.links:
        a, b = sorted((link.a, link.b), key=lambda name: layers[name])
        beside = ", constraint=false" if layers[a] == layers[b] else ""
        yield f"{_quoted(a)} -- {_quoted(b)} [tooltip={_quoted(link.name)}, label={_quoted(caption(link))}{beside}];"
    colours = connection_colours(sketch.tunnels)
    for tunnel in sketch.tunnels:
        ends = f"{_quoted(tunnel.customer)} -- {_quoted(tunnel.aws)}"
        style = f'style=dashed, constraint=false, color="{colours[tunnel.connection]}"'
        yield f"{ends} [tooltip={_quoted(tunnel.name)}, label={_quoted(caption(tunnel))}, {style}];"


def _quoted(text: str) -> str:
    """A DOT string: backslashes and quotes escaped, line breaks as centred new lines."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
