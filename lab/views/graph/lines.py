"""How lines run in our own picture: links from side to side, links within a layer from top to bottom, tunnels through their provider."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.sketch import Sketch, SketchLink, SketchTunnel
from lab.views.graph.layout import Layout, PlacedNode
from lab.views.graph.places import Layer, caption

_APART = 7.0
"""Pixels between lines that run side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An SVG path with the name of what it stands for; `caption` stands at `label_at` unless empty."""

    name: str
    caption: str
    path: str
    label_at: tuple[float, float]


def link_line(layout: Layout, link: SketchLink) -> Line:
    """A link between columns as a soft curve; one within a column - an interconnect - straight up and down, or around what is between."""
    nodes = layout.node(link.a), layout.node(link.b)
    a, b = sorted(nodes, key=lambda node: (node.spot.layer, node.box.y))
    if a.spot.layer == b.spot.layer:
        return _upright(layout, link, a, b)
    start = a.box.right, _level(a, b)
    end = b.box.x, _level(b, a)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return Line(name=link.name, caption=caption(link), path=f"M{_point(start)} {_curve(start, end)}", label_at=middle)


def tunnel_lines(layout: Layout, sketch: Sketch) -> Iterator[tuple[SketchTunnel, Line]]:
    """Every tunnel from its customer gateway through the provider it uses to its endpoint, those that share a way side by side."""
    tunnels = sorted(sketch.tunnels, key=lambda tunnel: layout.node(tunnel.aws).box.y)
    providers = {tunnel.name: _provider(layout, tunnel) for tunnel in tunnels}
    for tunnel in tunnels:
        gateway, endpoint, provider = layout.node(tunnel.customer), layout.node(tunnel.aws), providers[tunnel.name]
        beside = [other.name for other in tunnels if other.customer == tunnel.customer]
        start = gateway.box.right, gateway.box.middle[1] + _aside(beside, tunnel.name)
        end = endpoint.box.x, endpoint.box.middle[1] + _APART
        path = f"M{_point(start)} "
        if provider is not None:
            beside = [other.name for other in tunnels if providers[other.name] == provider]
            level = provider.box.middle[1] + _aside(beside, tunnel.name)
            path += f"{_curve(start, (provider.box.x, level))} L{_point((provider.box.right, level))} "
            start = provider.box.right, level
        yield tunnel, Line(name=tunnel.name, caption=caption(tunnel), path=path + _curve(start, end), label_at=(end[0] - 34, end[1] - 3))


def _upright(layout: Layout, link: SketchLink, upper: PlacedNode, lower: PlacedNode) -> Line:
    x = upper.box.middle[0]
    start, end = (x, upper.box.bottom), (x, lower.box.y)
    between = any(node.box.x == upper.box.x and start[1] < node.box.y < end[1] for node in layout.nodes)
    if not between:
        return Line(name=link.name, caption=caption(link), path=f"M{_point(start)} L{_point(end)}", label_at=(x, (start[1] + end[1]) / 2))
    left = upper.box.x - 22
    bend = f"C{_point((left, start[1] + 30))} {_point((left, end[1] - 30))} {_point((lower.box.x, end[1] + 8))}"
    path = f"M{_point((upper.box.x, start[1] - 8))} {bend}"
    return Line(name=link.name, caption=caption(link), path=path, label_at=(left + 8, start[1] + 60))


def _level(node: PlacedNode, other: PlacedNode) -> float:
    """The y at which a link meets a node: its middle, but the internet's box is met where the other end is."""
    if node.spot.layer is not Layer.INTERNET:
        return node.box.middle[1]
    return min(max(other.box.middle[1], node.box.y + 6), node.box.bottom - 6)


def _provider(layout: Layout, tunnel: SketchTunnel) -> PlacedNode | None:
    """The provider the tunnel leaves by, if it leaves by one."""
    node = layout.node(tunnel.outward) if tunnel.outward else None
    return node if node and node.spot.layer is Layer.PROVIDER else None


def _aside(names: Sequence[str], name: str) -> float:
    """How far from the middle one of several tunnels runs; the middle itself is left to the link."""
    place, half = names.index(name), len(names) // 2
    return _APART * (place - half if place < half else place - half + 1)


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that leaves and arrives level."""
    middle = (start[0] + end[0]) / 2
    return f"C{_point((middle, start[1]))} {_point((middle, end[1]))} {_point(end)}"


def _point(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
