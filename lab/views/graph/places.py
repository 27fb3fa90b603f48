"""Say where each node belongs in a picture. Layers go from the customer (left) to AWS (right). A place may contain other places."""

from dataclasses import dataclass
from enum import IntEnum
from typing import assert_never

from lab.model.dx import DxGateway, Vif
from lab.model.plan import GATEWAY_ROLES, Role
from lab.model.sketch import Sketch, SketchLink, SketchNode, SketchTunnel


class Layer(IntEnum):
    """The kinds of nodes, from left to right.

    Nodes of the role `internet` have two layers: the providers, and the internet between them and AWS.
    """

    HOST = 0
    CORE = 1
    EDGE = 2
    CUSTOMER_GATEWAY = 3
    NAT = 4
    CARRIER = 5
    WAN = 6
    PROVIDER = 7
    DX_DEVICE = 8
    INTERNET = 9
    VPN_ENDPOINT = 10
    GATEWAY = 11
    TRANSIT_GATEWAY = 12
    VPC_ROUTER = 13
    VPC_HOST = 14

    @property
    def column(self) -> "Layer":
        """The layer in whose column this layer is drawn. Nodes that have the same position on a packet's path share a column."""
        return _COLUMNS.get(self, self)


_COLUMNS: dict[Layer, Layer] = {
    Layer.EDGE: Layer.CUSTOMER_GATEWAY,
    Layer.CARRIER: Layer.PROVIDER,
    Layer.WAN: Layer.CORE,
    Layer.DX_DEVICE: Layer.INTERNET,
    Layer.TRANSIT_GATEWAY: Layer.GATEWAY,
}


WORDS: dict[Layer, str] = {
    Layer.HOST: "host",
    Layer.CORE: "core router",
    Layer.EDGE: "edge router",
    Layer.CUSTOMER_GATEWAY: "customer gateway",
    Layer.NAT: "NAT box",
    Layer.CARRIER: "carrier's circuit",
    Layer.WAN: "provider's WAN",
    Layer.PROVIDER: "internet provider",
    Layer.INTERNET: "public internet",
    Layer.DX_DEVICE: "Direct Connect device",
    Layer.VPN_ENDPOINT: "VPN tunnel endpoint",
    Layer.GATEWAY: "virtual private gateway",
    Layer.TRANSIT_GATEWAY: "transit gateway",
    Layer.VPC_ROUTER: "VPC router",
    Layer.VPC_HOST: "VPC host",
}
"""The text under a node's name and in the legend."""

_TITLES: dict[Layer, str] = {
    **dict.fromkeys((Layer.HOST, Layer.CORE, Layer.EDGE, Layer.CUSTOMER_GATEWAY), "Data centre {}"),
    Layer.CARRIER: "Carrier {}",
    Layer.WAN: "WAN {}",
    Layer.PROVIDER: "Provider {}",
    Layer.INTERNET: "Internet",
    Layer.DX_DEVICE: "Location {}",
    Layer.VPN_ENDPOINT: "AZ {}",
    **dict.fromkeys((Layer.GATEWAY, Layer.TRANSIT_GATEWAY), "AWS Region {}"),
    **dict.fromkeys((Layer.VPC_ROUTER, Layer.VPC_HOST), "VPC {}"),
}
"""The title of a place's box, by the leftmost layer in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A node and its layer. `risks`: the names of the risks that it shares with other nodes."""

    name: str
    layer: Layer
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A place with its nodes and its inner places. `title`: its kind and its name."""

    title: str
    layer: Layer
    spots: tuple[Spot, ...]
    zones: tuple["Zone", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A gateway that is associated with a Direct Connect gateway.

    `links`: the links from devices to the gateway that carry the traffic. () if the traffic uses only SiteLink.
    """

    dx_gateway: str
    gateway: str
    links: tuple[str, ...]


def zones(sketch: Sketch) -> tuple[Zone, ...]:
    """The outermost places, from left to right. A Region contains its availability zones, and the VPCs of its gateways."""
    layers = {node.name: _layer(sketch, node) for node in sketch.nodes}
    outer = {node.name: _outer_place(sketch, node) for node in sketch.nodes}
    found = []
    for place in dict.fromkeys(outer.values()):
        nodes = tuple(node for node in sketch.nodes if outer[node.name] == place)
        own = _zone(place, tuple(_spot(sketch, node, layers) for node in nodes if node.place == place))
        inner = dict.fromkeys(node.place for node in nodes if node.place != place)
        within = tuple(_zone(name, tuple(_spot(sketch, node, layers) for node in nodes if node.place == name)) for name in inner)
        found.append(Zone(title=own.title, layer=own.layer, spots=own.spots, zones=within))
    return tuple(sorted(found, key=lambda zone: zone.layer))


def spots_of(zone: Zone) -> tuple[Spot, ...]:
    """All nodes in the place. Nodes of inner places come last."""
    return zone.spots + tuple(spot for inner in zone.zones for spot in spots_of(inner))


def caption(connector: SketchLink | SketchTunnel) -> str:
    """The name of a link or a tunnel. "" if it says no more than the names of the two ends."""
    match connector:
        case SketchLink():
            ends = connector.a, connector.b
            return "" if all(end in connector.name for end in ends) else connector.name
        case SketchTunnel():
            return "" if connector.name == connector.aws else connector.name
    assert_never(connector)


def is_sitelink(sketch: Sketch, link: SketchLink) -> bool:
    """Whether a link is a SiteLink: a direct connection between two devices of AWS."""
    return {sketch.node(link.a).role, sketch.node(link.b).role} == {Role.DX_DEVICE}


def is_interconnect(sketch: Sketch, link: SketchLink) -> bool:
    """Whether a link connects two data centres, or a data centre and a WAN."""
    roles = {sketch.node(link.a).role, sketch.node(link.b).role}
    return roles == {Role.CORE} or Role.WAN in roles


def device_of(sketch: Sketch, link: SketchLink) -> str | None:
    """The AWS device of a link between an AWS device and a gateway. None for every other link."""
    ends = sketch.node(link.a), sketch.node(link.b)
    if {end.role for end in ends} & GATEWAY_ROLES:
        return next((end.name for end in ends if end.role is Role.DX_DEVICE), None)
    return None


def plain_links(sketch: Sketch) -> tuple[SketchLink, ...]:
    """All links, except those that carry the traffic of an association. For pictures in which associations have their own lines."""
    carrying = {name for association in associations(sketch) for name in association.links}
    return tuple(link for link in sketch.links if link.name not in carrying)


def associations(sketch: Sketch) -> tuple[Association, ...]:
    """All associations of all Direct Connect gateways."""
    return tuple(
        Association(dx_gateway=each.name, gateway=gateway, links=tuple(_carrying(sketch, each, gateway)))
        for each in sketch.dx_gateways
        for gateway in each.associations
    )


def vif_words(vif: Vif) -> str:
    """The text on a virtual interface."""
    return f"{vif.name} · VLAN {vif.vlan}"


def vif_tip(vif: Vif) -> str:
    """The details of a virtual interface. A picture shows them when the mouse is over the virtual interface."""
    sitelink = ", SiteLink" if vif.sitelink else ""
    return f"{vif.kind.value} virtual interface {vif.name} of {vif.circuit}, VLAN {vif.vlan}, to {vif.gateway}{sitelink}"


def risk_words(risk: str) -> str:
    """The text under a circuit that has this shared risk."""
    return f"shares {risk}"


DX_GATEWAY_WORDS = "Direct Connect gateway"


def _carrying(sketch: Sketch, dx_gateway: DxGateway, gateway: str) -> tuple[str, ...]:
    devices = {vif.device for vif in sketch.vifs if vif.gateway == dx_gateway.name}
    return tuple(link.name for link in sketch.links if device_of(sketch, link) in devices and gateway in {link.a, link.b})


def _layer(sketch: Sketch, node: SketchNode) -> Layer:
    if node.role is not Role.INTERNET:
        return Layer[node.role.name]
    behind = {sketch.node(name).role for name in _neighbors(sketch, node.name)}
    return Layer.INTERNET if Role.VPN_ENDPOINT in behind else Layer.PROVIDER


def _outer_place(sketch: Sketch, node: SketchNode) -> str:
    """The outermost place that contains a node. For a tunnel endpoint or a VPC host, it is the Region of its gateway."""
    if node.role in {Role.VPN_ENDPOINT, Role.VPC_ROUTER, Role.VPC_HOST}:
        near = _neighbors(sketch, node.name)
        routers = (far for name in near if sketch.node(name).role is Role.VPC_ROUTER for far in _neighbors(sketch, name))
        beside = (sketch.node(name) for name in (*near, *routers))
        return next((other.place for other in beside if other.role in GATEWAY_ROLES), node.place)
    return node.place


def _neighbors(sketch: Sketch, name: str) -> tuple[str, ...]:
    ends = ((link.a, link.b) for link in sketch.links)
    return tuple(b if a == name else a for a, b in ends if name in {a, b})


def _spot(sketch: Sketch, node: SketchNode, layers: dict[str, Layer]) -> Spot:
    risks = tuple(risk.name for risk in sketch.risks if node.name in risk.circuits)
    return Spot(name=node.name, layer=layers[node.name], risks=risks)


def _zone(place: str, spots: tuple[Spot, ...]) -> Zone:
    """The place with these nodes. Its title comes from the leftmost node."""
    layer = min(spot.layer for spot in spots)
    return Zone(title=_title(place, layer), layer=layer, spots=spots)


def _title(place: str, layer: Layer) -> str:
    return _TITLES[layer].format(place)
