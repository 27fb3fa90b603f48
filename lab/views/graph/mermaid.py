"""The network as a Mermaid flowchart, for Markdown on the web.

Places are subgraphs, links are solid lines, and tunnels are dotted lines.
"""

import json
import re
from collections.abc import Iterator

from lab.model.sketch import Sketch
from lab.views.graph.places import (
    DX_GATEWAY_WORDS,
    WORDS,
    Spot,
    Zone,
    associations,
    caption,
    is_interconnect,
    is_sitelink,
    plain_links,
    risk_words,
    spots_of,
    vif_words,
    zones,
)
from lab.views.graph.style import DX, DX_FILL, FAINT, INK, LAYERS, ZONE_FILL, ZONE_STROKE, connection_colours
from lab.views.plain_text import in_json, plain

_ENTITIES = {character: f"#{ord(character)};" for character in '#"&<>|`\\'}


def mermaid(sketch: Sketch) -> str:
    """The network as a flowchart from left to right. Names are quoted labels. IDs have only letters, digits and underscores."""
    outermost = zones(sketch)
    spots = tuple(spot for zone in outermost for spot in spots_of(zone))
    names = [*(spot.name for spot in spots), *(gateway.name for gateway in sketch.dx_gateways)]
    ids = {name: _identifier(name, number) for number, name in enumerate(names)}
    lines = ["---", f"title: {in_json(json.dumps(f'{sketch.name}: {sketch.summary}', ensure_ascii=False))}", "---", "flowchart LR"]
    for number, zone in enumerate(outermost):
        lines += (f"  {line}" for line in _subgraph(zone, f"place{number}", ids))
    lines += (f"  {line}" for line in _dx_gateways(sketch, ids))
    lines += (f"  {line}" for line in _edges(sketch, {spot.name: spot for spot in spots}, ids))
    lines += (f"  {line}" for line in _classes(spots, ids))
    return "\n".join(lines) + "\n"


def _identifier(name: str, number: int) -> str:
    """An ID that is readable for any name. It is unique, and never a reserved word of Mermaid."""
    return f"n{number}_" + re.sub(r"[^A-Za-z0-9]", "_", name)


def _subgraph(zone: Zone, name: str, ids: dict[str, str]) -> Iterator[str]:
    yield f"subgraph {name}[{_quoted(zone.title)}]"
    for spot in zone.spots:
        yield f"  {ids[spot.name]}({_titled(spot.name, WORDS[spot.layer], *map(risk_words, spot.risks))})"
    for number, inner in enumerate(zone.zones):
        yield from (f"  {line}" for line in _subgraph(inner, f"{name}_{number}", ids))
    yield "end"
    yield f"style {name} fill:{ZONE_FILL},stroke:{ZONE_STROKE},color:{FAINT}"


def _dx_gateways(sketch: Sketch, ids: dict[str, str]) -> Iterator[str]:
    """The Direct Connect gateways. They are round and dashed, because they are no nodes."""
    for gateway in sketch.dx_gateways:
        yield f"{ids[gateway.name]}([{_titled(gateway.name, DX_GATEWAY_WORDS, f'AS {gateway.asn}')}])"
    if sketch.dx_gateways:
        yield f"classDef dxgateway fill:{DX_FILL},stroke:{DX},color:{INK},stroke-dasharray:4 3"
        yield f"class {','.join(ids[gateway.name] for gateway in sketch.dx_gateways)} dxgateway"


def _edges(sketch: Sketch, spots: dict[str, Spot], ids: dict[str, str]) -> Iterator[str]:
    """All lines with their styles. Mermaid's linkStyle refers to a line by its number."""
    drawn = [*_links(sketch, spots, ids), *_direct_connect(sketch, ids), *_tunnels(sketch, ids)]
    for number, (edge, style) in enumerate(drawn):
        yield edge
        if style:
            yield f"linkStyle {number} {style}"


def _links(sketch: Sketch, spots: dict[str, Spot], ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """All links. Each goes from its left end to its right end, so that Mermaid keeps the order of the nodes."""
    for link in plain_links(sketch):
        a, b = sorted((link.a, link.b), key=lambda name: spots[name].layer)
        if is_sitelink(sketch, link):
            yield _edge(ids[a], "---", "SiteLink", ids[b]), f"stroke:{DX},stroke-width:3px"
        else:
            yield _edge(ids[a], "===" if is_interconnect(sketch, link) else "---", caption(link), ids[b]), ""


def _direct_connect(sketch: Sketch, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The virtual interfaces, each from its device to its gateway, and the associations between gateways."""
    for vif in sketch.vifs:
        yield _edge(ids[vif.device], "---", vif_words(vif), ids[vif.gateway]), f"stroke:{DX}"
    for association in associations(sketch):
        yield _edge(ids[association.dx_gateway], "---", "", ids[association.gateway]), ""


def _tunnels(sketch: Sketch, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    colours = connection_colours(sketch.tunnels)
    for tunnel in sketch.tunnels:
        style = f"stroke:{colours[tunnel.connection]},stroke-width:2px,stroke-dasharray:6 4"
        yield _edge(ids[tunnel.customer], "-.-", caption(tunnel), ids[tunnel.aws]), style


def _edge(a: str, line: str, words: str, b: str) -> str:
    return f"{a} {line}|{_quoted(words)}| {b}" if words else f"{a} {line} {b}"


def _classes(spots: tuple[Spot, ...], ids: dict[str, str]) -> Iterator[str]:
    for layer in sorted({spot.layer for spot in spots}):
        colours = LAYERS[layer]
        yield f"classDef layer{layer.value} fill:{colours.fill},stroke:{colours.stroke},color:{INK}"
        yield f"class {','.join(ids[spot.name] for spot in spots if spot.layer is layer)} layer{layer.value}"


def _titled(name: str, *more: str) -> str:
    """A label: a name, and smaller text below it."""
    smaller = "".join(f"<br/><small>{_escaped(words)}</small>" for words in more)
    return f'"{_escaped(name)}{smaller}"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """The text with special characters as numeric entities."""
    return "".join(_ENTITIES.get(character, character) for character in plain(text))
