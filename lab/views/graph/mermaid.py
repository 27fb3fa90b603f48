"""The network as a Mermaid flowchart, which Markdown on the web draws: subgraphs are places, solid lines links, dotted lines tunnels."""

import json
import re
from collections.abc import Iterator

from lab.model.sketch import Sketch
from lab.views.graph.places import WORDS, Layer, Spot, Zone, caption, spots_of, zones
from lab.views.graph.style import FAINT, INK, LAYERS, ZONE_FILL, ZONE_STROKE, connection_colours

_ENTITIES = {character: f"#{ord(character)};" for character in '#"&<>|`\\'}


def mermaid(sketch: Sketch) -> str:
    """A flowchart from left to right. Names stand in quoted labels; ids are made of letters, digits and underscores alone."""
    outermost = zones(sketch)
    spots = tuple(spot for zone in outermost for spot in spots_of(zone))
    ids = {spot.name: _identifier(spot.name, number) for number, spot in enumerate(spots)}
    lines = ["---", f"title: {json.dumps(f'{sketch.name}: {sketch.summary}', ensure_ascii=False)}", "---", "flowchart LR"]
    for number, zone in enumerate(outermost):
        lines += (f"  {line}" for line in _subgraph(zone, f"place{number}", ids))
    lines += (f"  {line}" for line in _links(sketch, {spot.name: spot for spot in spots}, ids))
    lines += (f"  {line}" for line in _tunnels(sketch, ids))
    lines += (f"  {line}" for line in _classes(spots, ids))
    return "\n".join(lines) + "\n"


def _identifier(name: str, number: int) -> str:
    """Readable, and safe whatever the name: Mermaid's reserved words and dashes cannot come up, and no two are the same."""
    return f"n{number}_" + re.sub(r"[^A-Za-z0-9]", "_", name)


def _subgraph(zone: Zone, name: str, ids: dict[str, str]) -> Iterator[str]:
    yield f"subgraph {name}[{_quoted(zone.title)}]"
    for spot in zone.spots:
        yield f'  {ids[spot.name]}("{_escaped(spot.name)}<br/><small>{_escaped(WORDS[spot.layer])}</small>")'
    for number, inner in enumerate(zone.zones):
        yield from (f"  {line}" for line in _subgraph(inner, f"{name}_{number}", ids))
    yield "end"
    yield f"style {name} fill:{ZONE_FILL},stroke:{ZONE_STROKE},color:{FAINT}"


def _links(sketch: Sketch, spots: dict[str, Spot], ids: dict[str, str]) -> Iterator[str]:
    """Every link from its left end to its right end, so that the picture keeps its order."""
    for link in sketch.links:
        a, b = sorted((link.a, link.b), key=lambda name: spots[name].layer)
        name = caption(link)
        line = "===" if spots[a].layer is spots[b].layer is Layer.CORE else "---"
        yield f"{ids[a]} {line}|{_quoted(name)}| {ids[b]}" if name else f"{ids[a]} {line} {ids[b]}"


def _tunnels(sketch: Sketch, ids: dict[str, str]) -> Iterator[str]:
    colours = connection_colours(sketch.tunnels)
    for number, tunnel in enumerate(sketch.tunnels, start=len(sketch.links)):
        name = caption(tunnel)
        label = f"|{_quoted(name)}|" if name else ""
        yield f"{ids[tunnel.customer]} -.-{label} {ids[tunnel.aws]}"
        yield f"linkStyle {number} stroke:{colours[tunnel.connection]},stroke-width:2px,stroke-dasharray:6 4"


def _classes(spots: tuple[Spot, ...], ids: dict[str, str]) -> Iterator[str]:
    for layer in sorted({spot.layer for spot in spots}):
        colours = LAYERS[layer]
        yield f"classDef layer{layer.value} fill:{colours.fill},stroke:{colours.stroke},color:{INK}"
        yield f"class {','.join(ids[spot.name] for spot in spots if spot.layer is layer)} layer{layer.value}"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """The text with Mermaid's numeric entities for every character that means something in a label."""
    return "".join(_ENTITIES.get(character, character) for character in text)
