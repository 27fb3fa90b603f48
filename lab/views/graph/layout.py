"""Where everything goes in our own picture: layers are columns, places are boxes around their nodes, nothing overlaps. Units are pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.sketch import Sketch
from lab.views.graph.places import Layer, Spot, Zone, spots_of, zones

NODE_WIDTH = 138.0
NODE_HEIGHT = 42.0
_NODE_GAP = 14.0
_ZONE_GAP = 22.0
_PAD = 13.0
_TITLE = 22.0
_MARGIN = 28.0

_COLUMN_GAPS: dict[Layer, float] = {Layer.PROVIDER: 78.0, Layer.INTERNET: 56.0, Layer.VPN_ENDPOINT: 82.0, Layer.GATEWAY: 76.0}
"""Room to the left of a column where many lines fan out or a border lies; others get the usual."""
_USUAL_GAP = 52.0

_SECTIONS: dict[Layer, int] = {Layer.PROVIDER: 1, Layer.INTERNET: 2, Layer.VPN_ENDPOINT: 3, Layer.GATEWAY: 3, Layer.VPC_HOST: 3}
"""Which zones stand under one another, by their column: data centres (0), providers and carriers, the internet, locations and Regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedZone:
    """A place drawn as a box; `depth` 0 is outermost."""

    title: str
    depth: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedNode:
    """A node drawn as a box."""

    spot: Spot
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole picture, outer zones before inner ones; `width` and `height` hold everything with a margin around."""

    width: float
    height: float
    zones: tuple[PlacedZone, ...]
    nodes: tuple[PlacedNode, ...]

    def node(self, name: str) -> PlacedNode:
        """The node of that name; StopIteration if it was not placed."""
        return next(node for node in self.nodes if node.spot.name == name)


def lay_out(sketch: Sketch, top: float) -> Layout:
    """Places every node of the sketch below `top`; zones of a section share its height evenly."""
    outermost = zones(sketch)
    columns = _columns([spot.layer for zone in outermost for spot in spots_of(zone)])
    sections = [[zone for zone in outermost if _SECTIONS.get(zone.layer.column, 0) == number] for number in range(4)]
    height = max((_stack_height(section) for section in sections), default=0.0)
    placed: list[PlacedZone | PlacedNode] = []
    for section in filter(None, sections):
        spare = (height - _stack_height(section)) / len(section)
        y = top + spare / 2
        for zone in section:
            placed += _place_zone(zone, y, columns, 0)
            y += _height(zone) + _ZONE_GAP + spare
    nodes = tuple(item for item in placed if isinstance(item, PlacedNode))
    boxes = sorted((item for item in placed if isinstance(item, PlacedZone)), key=lambda zone: zone.depth)
    right = max((item.box.right for item in placed), default=0.0)
    return Layout(width=right + _MARGIN, height=top + height + _MARGIN, zones=tuple(boxes), nodes=_stretched(sketch, nodes))


def _columns(layers: Sequence[Layer]) -> dict[Layer, float]:
    """The x of every column there is, by its layer."""
    columns: dict[Layer, float] = {}
    x = _MARGIN + _PAD
    for layer in sorted({layer.column for layer in layers}):
        if columns:
            x += NODE_WIDTH + _COLUMN_GAPS.get(layer, _USUAL_GAP)
        columns[layer] = x
    return columns


def _blocks(zone: Zone) -> dict[Layer, list[Spot | Zone]]:
    """What stands in each column of a zone: nodes, and the zones inside it."""
    blocks: dict[Layer, list[Spot | Zone]] = {}
    inside: tuple[Spot | Zone, ...] = zone.spots + zone.zones
    for block in inside:
        blocks.setdefault(block.layer.column, []).append(block)
    return blocks


def _bare(zone: Zone) -> bool:
    """A provider or the internet is a node that is its own place: it needs no box around."""
    return zone.layer in {Layer.PROVIDER, Layer.INTERNET} and len(spots_of(zone)) == 1


def _height(block: Spot | Zone) -> float:
    if isinstance(block, Spot):
        return NODE_HEIGHT
    columns = max(_column_height(column) for column in _blocks(block).values())
    return columns + _TITLE if _bare(block) else columns + _TITLE + 2 * _PAD


def _column_height(column: Sequence[Spot | Zone]) -> float:
    return sum(map(_height, column)) + _NODE_GAP * (len(column) - 1)


def _stack_height(section: Sequence[Zone]) -> float:
    return sum(map(_height, section)) + _ZONE_GAP * max(len(section) - 1, 0)


def _place_zone(zone: Zone, y: float, columns: dict[Layer, float], depth: int) -> Iterator[PlacedZone | PlacedNode]:
    """The zone's box and everything in it, each column in the middle of the height."""
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
        at = top + spare - (min(spare, _TITLE / 2) if alone else 0)  # so that the node below the title is level with its neighbor
        for block in column:
            if isinstance(block, Spot):
                yield PlacedNode(spot=block, box=Box(x=columns[layer], y=at, width=NODE_WIDTH, height=NODE_HEIGHT))
            else:
                yield from _place_zone(block, at, columns, depth + 1)
            at += _height(block) + _NODE_GAP


def _stretched(sketch: Sketch, nodes: Sequence[PlacedNode]) -> tuple[PlacedNode, ...]:
    """The internet reaches as high and as low as what hangs on it, so that lines into it run straight; its name has room at the top."""
    boxes = {node.spot.name: node.box for node in nodes}
    stretched = []
    for node in nodes:
        ends = [{link.a, link.b} for link in sketch.links]
        beside = [boxes[name] for pair in ends if node.spot.name in pair for name in pair]
        if node.spot.layer is Layer.INTERNET and beside:
            y, bottom = min(box.y for box in beside) - NODE_HEIGHT, max(box.bottom for box in beside)
            box = Box(x=node.box.x, y=y, width=node.box.width, height=bottom - y)
            stretched.append(PlacedNode(spot=node.spot, box=box))
        else:
            stretched.append(node)
    return tuple(stretched)
