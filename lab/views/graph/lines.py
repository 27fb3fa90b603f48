"""The lines of the SVG picture.

A link between two columns runs from side to side. A link inside a column runs up and down. A tunnel runs through its NAT box and provider.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.dx import SharedRisk, Vif
from lab.model.sketch import Sketch, SketchLink, SketchTunnel
from lab.views.graph.boxes import Layout, PlacedNode, PlacedVif
from lab.views.graph.layout import LANE
from lab.views.graph.places import Layer, device_of, is_sitelink
from lab.views.graph.strokes import Point, cornered, curve, point, straight

_STUB = 12.0
"""The distance of a vertical line from the nodes that it joins."""
_PAST_VIF = 9.0
"""How far a line runs straight on after a virtual interface, until the border of its Direct Connect gateway."""
_LINE = 30.0
"""The distance between two texts, one below another."""
NAME_ROOM = 44.0
"""The height of name and kind at the top of a tall node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as an SVG path (M, L and C with absolute points).

    `name` is the link, tunnel or risk that it shows. `middle` is a point on the line.
    """

    name: str
    path: str
    middle: Point


def link_lines(layout: Layout, sketch: Sketch) -> Iterator[tuple[SketchLink, Line]]:
    """All links.

    Cables between the same two nodes run side by side. A link between two nodes of one column goes around the nodes between them.
    """
    meeting = [link for link in sketch.links if is_sitelink(sketch, link)]
    meeting.sort(key=lambda link: _span(layout, link))
    skipping = [link for link in sketch.links if link not in meeting and _skips(layout, link)]
    for link in sketch.links:
        if link in meeting:
            yield link, _sitelink(layout, link, meeting.index(link))
        elif layout.node(link.a).spot.layer.column is layout.node(link.b).spot.layer.column:
            yield link, _upright(layout, link, skipping.index(link) if link in skipping else None)
        elif (device := device_of(sketch, link)) and layout.vifs_of(device):
            yield link, _associated(layout, link, device)
        else:
            twins = [other.name for other in sketch.links if {other.a, other.b} == {link.a, link.b}]
            yield link, _across(layout, link, LANE * (twins.index(link.name) - (len(twins) - 1) / 2))


def tunnel_lines(layout: Layout, sketch: Sketch) -> Iterator[tuple[SketchTunnel, Line]]:
    """All tunnels, from the customer gateway through the provider to the endpoint. Tunnels with the same way run side by side."""
    tunnels = sorted(sketch.tunnels, key=lambda tunnel: layout.node(tunnel.aws).box.y)
    through = {tunnel.name: _through(layout, sketch, tunnel) for tunnel in tunnels}
    for tunnel in tunnels:
        gateway, endpoint = layout.node(tunnel.customer), layout.node(tunnel.aws)
        beside = [other.name for other in tunnels if other.customer == tunnel.customer]
        start = gateway.box.right, gateway.box.middle[1] + _aside(beside, tunnel.name)
        end = endpoint.box.x, endpoint.box.middle[1] + LANE
        path = f"M{point(start)} "
        if boxes := _past_boxes(layout, gateway, next(iter(through[tunnel.name]), None)):
            path += f"{straight((boxes, start[1]))} "
            start = boxes, start[1]
        for node in through[tunnel.name]:
            beside = [other.name for other in tunnels if node in through[other.name]]
            level = node.box.middle[1] + _aside(beside, tunnel.name)
            path += f"{curve(start, (node.box.x, level))} {straight((node.box.right, level))} "
            start = node.box.right, level
        on_circuit = any(node.spot.layer is Layer.CARRIER for node in through[tunnel.name])
        if not on_circuit and (past := _past_internet(layout, end)):
            path += f"{curve(start, past)} "
            start = past
        yield tunnel, Line(name=tunnel.name, path=path + curve(start, end), middle=(end[0] - 34, end[1] - 3))


def vif_lines(layout: Layout) -> Iterator[tuple[Vif, Line]]:
    """All virtual interfaces. Each line runs from the device to the box of the virtual interface."""
    for domain in layout.domains:
        for placed in domain.vifs:
            start, end = _at_device(layout, placed), (placed.box.x, placed.box.middle[1])
            path = f"M{point(start)} {curve(start, end)} {straight((placed.box.right, end[1]))}"
            yield placed.vif, Line(name=placed.vif.name, path=path, middle=placed.box.middle)


def risk_lines(layout: Layout, sketch: Sketch) -> Iterator[tuple[SharedRisk, Line]]:
    """A line for each risk that several circuits share. It runs beside the circuits and connects their tags."""
    shared = [risk for risk in sketch.risks if len(risk.circuits) > 1]
    for lane, risk in enumerate(shared):
        tags = sorted((box for name in risk.circuits for tag, box in layout.node(name).tags if tag == risk.name), key=lambda box: box.y)
        rail = tags[0].x - 8 - _STUB - LANE * (1 + lane)
        first, last = (tags[0].x, tags[0].middle[1]), (tags[-1].x, tags[-1].middle[1])
        teeth = " ".join(f"M{point((box.x, box.middle[1]))} {straight((rail, box.middle[1]))}" for box in tags[1:-1])
        path = f"M{point(first)} {cornered(first, rail, last)} {teeth}".rstrip()
        yield risk, Line(name=risk.name, path=path, middle=(rail, (first[1] + last[1]) / 2))


def _across(layout: Layout, link: SketchLink, aside: float) -> Line:
    """A link between two columns, as a curve."""
    a, b = sorted((layout.node(link.a), layout.node(link.b)), key=lambda node: node.spot.layer)
    start, end = (a.box.right, _level(a, b) + aside), (b.box.x, _level(b, a) + aside)
    path = f"M{point(start)} "
    if boxes := _past_boxes(layout, a, b):
        path += f"{straight((boxes, start[1]))} "
        start = boxes, start[1]
    return Line(name=link.name, path=path + curve(start, end), middle=_between(start, end))


def _associated(layout: Layout, link: SketchLink, device: str) -> Line:
    """The line of a link from a device to a gateway. It runs along the first virtual interface of the device."""
    first = layout.vifs_of(device)[0]
    gateway = layout.node(link.b if link.a == device else link.a)
    start, row = _at_device(layout, first), first.box.middle[1]
    leaving, end = (first.box.right + _PAST_VIF, row), (gateway.box.x, gateway.box.middle[1])
    path = f"M{point(start)} {curve(start, (first.box.x, row))} {straight(leaving)} {curve(leaving, end)}"
    return Line(name=link.name, path=path, middle=_between(leaving, end))


def _sitelink(layout: Layout, link: SketchLink, lane: int) -> Line:
    """The line of a SiteLink: up and down on the right of its two devices. Each SiteLink has its own distance from the devices."""
    upper, lower = sorted((layout.node(link.a), layout.node(link.b)), key=lambda node: node.box.y)
    away = min(8.0 + 3 * lane, upper.box.height / 2 - 3)
    rail = upper.box.right + _STUB + LANE * lane
    start, end = (upper.box.right, upper.box.middle[1] + away), (lower.box.right, lower.box.middle[1] - away)
    return Line(name=link.name, path=f"M{point(start)} {cornered(start, rail, end)}", middle=(rail, (start[1] + end[1]) / 2))


def _upright(layout: Layout, link: SketchLink, lane: int | None) -> Line:
    """A link inside a column: straight up and down, or around the nodes between its ends.

    Each such link has its own distance from the nodes.
    """
    upper, lower = sorted((layout.node(link.a), layout.node(link.b)), key=lambda node: node.box.y)
    x = upper.box.middle[0]
    start, end = (x, upper.box.bottom), (x, lower.box.y)
    if lane is None:
        return Line(name=link.name, path=f"M{point(start)} {straight(end)}", middle=_between(start, end))
    left = upper.box.x - _STUB - LANE * lane
    below = min(node.box.y for node in layout.nodes if node.box.x == upper.box.x and node.box.y > upper.box.bottom)
    middle = left, (upper.box.bottom + below) / 2 + _LINE * (lane % 2 - 0.5)
    start, end = (upper.box.x, upper.box.middle[1] + 8), (lower.box.x, lower.box.middle[1] - 8)
    return Line(name=link.name, path=f"M{point(start)} {cornered(start, left, end)}", middle=middle)


def _skips(layout: Layout, link: SketchLink) -> bool:
    """Whether other nodes of the column are between the ends of a link."""
    upper, lower = sorted((layout.node(link.a), layout.node(link.b)), key=lambda node: node.box.y)
    return upper.spot.layer.column is lower.spot.layer.column and any(
        node.box.x == upper.box.x and upper.box.bottom < node.box.y < lower.box.y for node in layout.nodes
    )


def _span(layout: Layout, link: SketchLink) -> float:
    return abs(layout.node(link.a).box.y - layout.node(link.b).box.y)


def _at_device(layout: Layout, placed: PlacedVif) -> Point:
    """The point where the line of a virtual interface leaves its device. If a device has several, the points are one above another."""
    device = layout.node(placed.vif.device)
    own = layout.vifs_of(placed.vif.device)
    step = min(LANE, (device.box.height - 8) / len(own))
    return device.box.right, device.box.middle[1] + step * (own.index(placed) - (len(own) - 1) / 2)


def _level(node: PlacedNode, other: PlacedNode) -> float:
    """The y where a link meets a node: the node's middle. A link meets the internet at the height of its other end."""
    if node.spot.layer is not Layer.INTERNET:
        return node.box.middle[1]
    return min(max(other.box.middle[1], node.box.y + NAME_ROOM), node.box.bottom - 6)


def _through(layout: Layout, sketch: Sketch, tunnel: SketchTunnel) -> tuple[PlacedNode, ...]:
    """The nodes of the tunnel's NAT box and of its provider, if it has them. A box may have several providers: then the box alone.

    The tunnel of a private-IP VPN goes through its circuit and AWS's device.
    """
    node = layout.node(tunnel.outward) if tunnel.outward else None
    if node and node.spot.layer is Layer.CARRIER:
        return (node, *(layout.node(link.a) for link in sketch.links if link.b == tunnel.aws and _is_device(layout, link.a)))
    if node and node.spot.layer is Layer.NAT:
        ends = (layout.node(link.b) for link in sketch.links if link.a == node.spot.name)
        providers = tuple(end for end in ends if end.spot.layer is Layer.PROVIDER)
        return (node, *providers) if len(providers) == 1 else (node,)
    return (node,) if node and node.spot.layer is Layer.PROVIDER else ()


def _is_device(layout: Layout, name: str) -> bool:
    return layout.node(name).spot.layer is Layer.DX_DEVICE


def _past_boxes(layout: Layout, node: PlacedNode, to: PlacedNode | None) -> float | None:
    """Where a line from an edge router may leave the height of its node: past all NAT boxes. None if there are none on its way."""
    boxes = [each.box.right for each in layout.nodes if each.spot.layer is Layer.NAT]
    is_edge = node.spot.layer.column is Layer.CUSTOMER_GATEWAY
    return max(boxes) if boxes and is_edge and not (to and to.spot.layer is Layer.NAT) else None


def _past_internet(layout: Layout, end: Point) -> Point | None:
    """The point where a tunnel leaves the internet's box, if the endpoint is above or below the box.

    None if the tunnel runs straight on.
    """
    box = next((node.box for node in layout.nodes if node.spot.layer is Layer.INTERNET), None)
    if box is None or box.y + NAME_ROOM <= end[1] <= box.bottom:
        return None
    return box.right, min(max(end[1], box.y + NAME_ROOM), box.bottom - LANE)


def _aside(names: Sequence[str], name: str) -> float:
    """How far from the middle this tunnel runs, if several tunnels run side by side. No tunnel runs in the middle, where the link is."""
    place, half = names.index(name), len(names) // 2
    return LANE * (place - half if place < half else place - half + 1)


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
