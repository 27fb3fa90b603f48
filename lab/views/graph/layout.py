"""The layout of the SVG picture: each layer is a column, each place is a box around its nodes, and nothing overlaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.sketch import Sketch
from lab.views.graph.boxes import NODE_HEIGHT, NODE_WIDTH, TAG_HEIGHT, Box, Layout, PlacedDomain, PlacedNode, PlacedZone
from lab.views.graph.domains import domain_width, packed_height, place_domains
from lab.views.graph.places import Layer, Spot, Zone, is_sitelink, spots_of, zones

_NODE_GAP = 14.0
_ZONE_GAP = 22.0
_PAD = 13.0
_TITLE = 22.0
_MARGIN = 28.0

_COLUMN_GAPS: dict[Layer, float] = {Layer.PROVIDER: 78.0, Layer.INTERNET: 56.0, Layer.GATEWAY: 76.0}
"""Space to the left of a column with many lines or a border before it. Other columns have the usual space."""
_USUAL_GAP = 46.0
_FAN_GAP = 82.0
"""Space for tunnels that leave the internet, or for text beside SiteLink."""
LANE = 7.0
"""Pixels between lines that run side by side."""

_SECTIONS: dict[Layer, int] = {
    Layer.PROVIDER: 1,
    Layer.INTERNET: 2,
    Layer.VPN_ENDPOINT: 3,
    Layer.GATEWAY: 3,
    Layer.VPC_ROUTER: 3,
    Layer.VPC_HOST: 3,
}
"""The section of a place, by its column: 0 data centres, 1 providers and carriers, 2 locations and the internet, 3 Regions."""
_REGIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stack:
    """Places that are drawn one below another, between two heights."""

    zones: tuple[Zone, ...]
    top: float
    bottom: float


def lay_out(sketch: Sketch, top: float) -> Layout:
    """Find a position for everything below `top`. The places of a section share its height equally."""
    layout = _arranged(sketch, top)
    above = top - min((domain.box.y for domain in layout.domains), default=top)
    return _arranged(sketch, top + above) if above > 0 else layout


def _arranged(sketch: Sketch, top: float) -> Layout:
    outermost = zones(sketch)
    columns = _columns(sketch, [spot.layer for zone in outermost for spot in spots_of(zone)])
    sections = [tuple(zone for zone in outermost if _SECTIONS.get(zone.layer.column, 0) == number) for number in range(_REGIONS + 1)]
    is_shared = Layer.VPN_ENDPOINT in {
        spot.layer for zone in sections[_REGIONS] for spot in spots_of(zone)
    }  # a column that Direct Connect gateways share with tunnel endpoints
    reserved = packed_height(sketch) if is_shared else 0.0
    height = max([*map(_stack_height, sections[:_REGIONS]), reserved + _stack_height(sections[_REGIONS])])
    placed = [each for section in sections[:_REGIONS] for each in _place(_Stack(zones=section, top=top, bottom=top + height), columns)]
    domains = place_domains(sketch, [item for item in placed if isinstance(item, PlacedNode)], columns.get(Layer.VPN_ENDPOINT, 0.0))
    lowest = max((domain.box.bottom for domain in domains), default=top)
    begin = max(lowest + _ZONE_GAP, top + reserved) if is_shared and domains else top
    bottom = max(top + height, begin + _stack_height(sections[_REGIONS]), lowest)
    placed += _place(_Stack(zones=sections[_REGIONS], top=begin, bottom=bottom), columns)
    return _layout(sketch, placed, domains, bottom)


def _layout(sketch: Sketch, placed: Sequence[PlacedZone | PlacedNode], domains: tuple[PlacedDomain, ...], bottom: float) -> Layout:
    nodes = [item for item in placed if isinstance(item, PlacedNode)]
    boxes = sorted((item for item in placed if isinstance(item, PlacedZone)), key=lambda zone: zone.depth)
    right = max([*(item.box.right for item in placed), *(domain.box.right for domain in domains)], default=0.0)
    return Layout(
        width=right + _MARGIN,
        height=bottom + _MARGIN,
        zones=tuple(boxes),
        nodes=tuple(_stretched(sketch, node, nodes, boxes) for node in nodes),
        domains=domains,
    )


def _columns(sketch: Sketch, layers: Sequence[Layer]) -> dict[Layer, float]:
    """The x of each layer's column. Direct Connect gateways are in the column of the tunnel endpoints."""
    domains = {Layer.VPN_ENDPOINT} if sketch.vifs or sketch.dx_gateways else set()
    columns: dict[Layer, float] = {}
    x = _MARGIN + _PAD
    for layer in sorted({layer.column for layer in layers} | domains):
        if columns:
            x += _gap(sketch, layer, fans=Layer.VPN_ENDPOINT in layers)
        columns[layer] = x
        x += domain_width(sketch) if domains and layer is Layer.VPN_ENDPOINT else NODE_WIDTH
    return columns


def _gap(sketch: Sketch, layer: Layer, *, fans: bool) -> float:
    """The space to the left of a column. It is wider if vertical lines of shared risks or SiteLink need it."""
    gap = _COLUMN_GAPS.get(layer, _USUAL_GAP)
    match layer:
        case Layer.PROVIDER:
            return gap + LANE * max(0, sum(len(risk.circuits) > 1 for risk in sketch.risks) - 4)
        case Layer.VPN_ENDPOINT:
            meeting = sum(is_sitelink(sketch, link) for link in sketch.links)
            return (_FAN_GAP if fans or meeting else gap) + LANE * meeting
        case _:
            return gap


def _blocks(zone: Zone) -> dict[Layer, list[Spot | Zone]]:
    """The nodes and the inner places that are in each column of a place."""
    blocks: dict[Layer, list[Spot | Zone]] = {}
    inside: tuple[Spot | Zone, ...] = zone.spots + zone.zones
    for block in inside:
        blocks.setdefault(block.layer.column, []).append(block)
    return blocks


def _bare(zone: Zone) -> bool:
    """Whether a place has no box, because it has only one node: a WAN, a provider or the internet."""
    return zone.layer in {Layer.WAN, Layer.PROVIDER, Layer.INTERNET} and len(spots_of(zone)) == 1


def _height(block: Spot | Zone) -> float:
    if isinstance(block, Spot):
        return NODE_HEIGHT + TAG_HEIGHT * len(block.risks)
    columns = max(_column_height(column) for column in _blocks(block).values())
    return columns + _TITLE if _bare(block) else columns + _TITLE + 2 * _PAD


def _column_height(column: Sequence[Spot | Zone]) -> float:
    return sum(map(_height, column)) + _NODE_GAP * (len(column) - 1)


def _stack_height(section: Sequence[Zone]) -> float:
    return sum(map(_height, section)) + _ZONE_GAP * max(len(section) - 1, 0)


def _place(stack: _Stack, columns: dict[Layer, float]) -> Iterator[PlacedZone | PlacedNode]:
    """Find a position for everything in a stack. The remaining space is divided equally."""
    spare = (stack.bottom - stack.top - _stack_height(stack.zones)) / max(len(stack.zones), 1)
    y = stack.top + spare / 2
    for zone in stack.zones:
        yield from _place_zone(zone, y, columns, 0)
        y += _height(zone) + _ZONE_GAP + spare


def _place_zone(zone: Zone, y: float, columns: dict[Layer, float], depth: int) -> Iterator[PlacedZone | PlacedNode]:
    """The box of a place, and everything in it. Each column is centred vertically."""
    blocks = _blocks(zone)
    pad = 0.0 if _bare(zone) else _PAD
    height = _height(zone)
    if not _bare(zone):
        aside = _PAD * (2 if zone.zones else 1)
        left, right = columns[min(blocks)] - aside, columns[max(blocks)] + NODE_WIDTH + aside
        yield PlacedZone(title=zone.title, depth=depth, box=Box(x=left, y=y, width=right - left, height=height))
    top, inside = y + _TITLE + pad, height - _TITLE - 2 * pad
    for layer, column in blocks.items():
        spare = (inside - _column_height(column)) / 2
        alone = len(column) == 1 and isinstance(column[0], Zone)
        at = top + spare - (min(spare, _TITLE / 2) if alone else 0)  # so that the node below the title is at the height of its neighbor
        for block in column:
            if isinstance(block, Spot):
                yield PlacedNode(spot=block, box=Box(x=columns[layer], y=at, width=NODE_WIDTH, height=NODE_HEIGHT))
            else:
                yield from _place_zone(block, at, columns, depth + 1)
            at += _height(block) + _NODE_GAP


def _stretched(sketch: Sketch, node: PlacedNode, nodes: Sequence[PlacedNode], places: Sequence[PlacedZone]) -> PlacedNode:
    """The internet's node, made as tall as all nodes that are linked to it, so that their lines are straight. Its name is at the top.

    It ends above the next place in its column.
    """
    if node.spot.layer is Layer.NAT:
        return _beside_its_first(sketch, node, nodes)
    if node.spot.layer is not Layer.INTERNET:
        return node
    ends = {end for link in sketch.links if node.spot.name in {link.a, link.b} for end in (link.a, link.b)}
    beside = [other.box for other in nodes if other.spot.name in ends]
    same = [zone.box for zone in places if zone.box.x < node.box.right and node.box.x < zone.box.right]
    ceiling = max((box.bottom + _ZONE_GAP for box in same if box.bottom <= node.box.y), default=float("-inf"))
    floor = min((box.y - _ZONE_GAP for box in same if box.y >= node.box.bottom), default=float("inf"))
    y = max(min([box.y for box in beside] or [node.box.y]) - NODE_HEIGHT, ceiling)
    bottom = min(max([box.bottom for box in beside] or [node.box.bottom]), floor)
    box = Box(x=node.box.x, y=min(y, node.box.y), width=node.box.width, height=max(bottom, node.box.bottom) - min(y, node.box.y))
    return PlacedNode(spot=node.spot, box=box)


def _beside_its_first(sketch: Sketch, node: PlacedNode, nodes: Sequence[PlacedNode]) -> PlacedNode:
    """A NAT box at the height of the uppermost edge router behind it. So lines of other edge routers run past it at their own heights."""
    behind = {link.a for link in sketch.links if link.b == node.spot.name}
    y = min((other.box.y for other in nodes if other.spot.name in behind), default=node.box.y)
    return PlacedNode(spot=node.spot, box=Box(x=node.box.x, y=y, width=node.box.width, height=node.box.height))
