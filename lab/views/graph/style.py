"""The colours of pictures: one pair a layer, one a VPN connection, all readable on white paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.model.sketch import SketchTunnel
from lab.views.graph.places import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """A shape's inside and its border, as #rrggbb."""

    fill: str
    stroke: str


LAYERS: dict[Layer, Colours] = {
    Layer.HOST: Colours(fill="#eef2f6", stroke="#5b6b7b"),
    Layer.CORE: Colours(fill="#dfeafc", stroke="#2e5aac"),
    Layer.EDGE: Colours(fill="#d3f0f7", stroke="#0b7285"),
    Layer.CUSTOMER_GATEWAY: Colours(fill="#d8f0ee", stroke="#147d74"),
    Layer.CARRIER: Colours(fill="#efe9e1", stroke="#7a6a53"),
    Layer.PROVIDER: Colours(fill="#f1f1f1", stroke="#6e6e6e"),
    Layer.INTERNET: Colours(fill="#f6f7f8", stroke="#8a949e"),
    Layer.DX_DEVICE: Colours(fill="#ffe3e0", stroke="#c0392b"),
    Layer.VPN_ENDPOINT: Colours(fill="#ffefd9", stroke="#c96a00"),
    Layer.GATEWAY: Colours(fill="#ece4fb", stroke="#6b3fc0"),
    Layer.TRANSIT_GATEWAY: Colours(fill="#f6e0f3", stroke="#a8327f"),
    Layer.VPC_HOST: Colours(fill="#e3f3dc", stroke="#3d7d1f"),
}

CONNECTIONS = ("#0f766e", "#b4236f", "#1d4ed8", "#b45309", "#6d28d9", "#4d7c0f", "#be123c", "#0369a1")
"""Tunnels of one VPN connection share a colour; with more connections than colours they repeat."""

PAPER = "#ffffff"
INK = "#16202b"
FAINT = "#5c6873"
LINK = "#7b8894"
ZONE_FILL = "#f7f9fb"
ZONE_STROKE = "#c3ccd5"
INTERCONNECT = "#2e5aac"


def connection_colours(tunnels: Sequence[SketchTunnel]) -> dict[str, str]:
    """A colour for every VPN connection, in the order they first appear."""
    names = dict.fromkeys(tunnel.connection for tunnel in tunnels)
    return {name: CONNECTIONS[number % len(CONNECTIONS)] for number, name in enumerate(names)}
