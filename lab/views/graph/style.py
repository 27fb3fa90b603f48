"""The colours of pictures, for light and dark screens. None is red, because nothing in these pictures is broken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.sketch import SketchTunnel
from lab.views.graph.places import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The fill and the border of a shape, as #rrggbb."""

    fill: str
    stroke: str


LAYERS: dict[Layer, Colours] = {
    Layer.HOST: Colours(fill="#eef2f6", stroke="#5b6b7b"),
    Layer.CORE: Colours(fill="#dfeafc", stroke="#2e5aac"),
    Layer.EDGE: Colours(fill="#d3f0f7", stroke="#0b7285"),
    Layer.CUSTOMER_GATEWAY: Colours(fill="#d8f0ee", stroke="#147d74"),
    Layer.NAT: Colours(fill="#f4f0d8", stroke="#77690f"),
    Layer.CARRIER: Colours(fill="#efe9e1", stroke="#7a6a53"),
    Layer.WAN: Colours(fill="#e4ecf8", stroke="#3b6fc4"),
    Layer.PROVIDER: Colours(fill="#f1f1f1", stroke="#6e6e6e"),
    Layer.INTERNET: Colours(fill="#f6f7f8", stroke="#8a949e"),
    Layer.DX_DEVICE: Colours(fill="#e4e8ff", stroke="#3f4fd0"),
    Layer.VPN_ENDPOINT: Colours(fill="#ffefd9", stroke="#c96a00"),
    Layer.GATEWAY: Colours(fill="#ece4fb", stroke="#6b3fc0"),
    Layer.TRANSIT_GATEWAY: Colours(fill="#f6e0f3", stroke="#a8327f"),
    Layer.VPC_ROUTER: Colours(fill="#e9f3cf", stroke="#5d7a12"),
    Layer.VPC_HOST: Colours(fill="#e3f3dc", stroke="#3d7d1f"),
}

LAYERS_BY_NIGHT: dict[Layer, Colours] = {
    Layer.HOST: Colours(fill="#1d2730", stroke="#8fa1b3"),
    Layer.CORE: Colours(fill="#182741", stroke="#7da6f5"),
    Layer.EDGE: Colours(fill="#0f2c35", stroke="#4fb8cc"),
    Layer.CUSTOMER_GATEWAY: Colours(fill="#112f2c", stroke="#4dbfb3"),
    Layer.NAT: Colours(fill="#2c2912", stroke="#c9b94f"),
    Layer.CARRIER: Colours(fill="#2b261e", stroke="#b8a588"),
    Layer.WAN: Colours(fill="#1b2740", stroke="#9bb8e8"),
    Layer.PROVIDER: Colours(fill="#272727", stroke="#a3a3a3"),
    Layer.INTERNET: Colours(fill="#1b222a", stroke="#7f8a95"),
    Layer.DX_DEVICE: Colours(fill="#1f2450", stroke="#98a4ff"),
    Layer.VPN_ENDPOINT: Colours(fill="#332312", stroke="#f0a04b"),
    Layer.GATEWAY: Colours(fill="#291f46", stroke="#b795f5"),
    Layer.TRANSIT_GATEWAY: Colours(fill="#381c32", stroke="#e07fc0"),
    Layer.VPC_ROUTER: Colours(fill="#252e10", stroke="#a9c552"),
    Layer.VPC_HOST: Colours(fill="#1d2f14", stroke="#86c566"),
}

CONNECTIONS = ("#0f766e", "#b4236f", "#1d4ed8", "#b45309", "#6d28d9", "#4d7c0f", "#7a5c00", "#0369a1")
"""The colours of tunnels, one for each VPN connection. With more connections than colours, colours repeat."""
CONNECTIONS_BY_NIGHT = ("#2dd4bf", "#f472b6", "#7aa2ff", "#f0a04b", "#b79cff", "#a3d150", "#d9b84a", "#5cc1f5")

PAPER = "#ffffff"
INK = "#16202b"
FAINT = "#5c6873"
LINK = "#7b8894"
ZONE_FILL = "#f7f9fb"
ZONE_STROKE = "#c3ccd5"
INTERCONNECT = "#2e5aac"
DX = "#3f4fd0"
"""The colour of Direct Connect gateways, virtual interfaces and SiteLink."""
DX_FILL = "#f5f6ff"
RISK = "#8a5f00"
"""The colour of shared risks."""
RISK_FILL = "#fdf4dc"

LINK_STYLE = f'class="wire" stroke="{LINK}" stroke-width="1.5"'
INTERCONNECT_STYLE = f'class="interconnect" stroke="{INTERCONNECT}" stroke-width="3.5"'
SITELINK_STYLE = f'class="dx" stroke="{DX}" stroke-width="2.8"'
VIF_STYLE = f'class="dx" stroke="{DX}" stroke-width="1.5"'
RISK_STYLE = f'class="risk" stroke="{RISK}" stroke-width="1.5" stroke-dasharray="1.5 3"'
DX_AREA = f'class="dx area" fill="{DX_FILL}" stroke="{DX}" stroke-width="1.3" stroke-dasharray="4 3"'
VIF_AREA = f'class="dx paper" fill="{PAPER}" stroke="{DX}"'
RISK_AREA = f'class="risk area" fill="{RISK_FILL}" stroke="{RISK}" stroke-dasharray="1.5 2.5"'

_NIGHT = (
    (".paper", "fill", "#11161c"),
    (".zone", "fill", "#161d25"),
    (".zone.inner", "fill", "#11161c"),
    (".zone", "stroke", "#3a4652"),
    (".ink", "fill", "#e4e9ee"),
    (".faint", "fill", "#9aa7b3"),
    (".halo", "stroke", "#11161c"),
    (".wire", "stroke", "#8b98a4"),
    (".interconnect", "stroke", "#7da6f5"),
    (".dx", "stroke", "#98a4ff"),
    (".dx.area", "fill", "#171b33"),
    (".dx-words", "fill", "#aab4ff"),
    (".risk", "stroke", "#e0b050"),
    (".risk.area", "fill", "#2c2412"),
    (".risk-words", "fill", "#e0b050"),
)


def layer_class(layer: Layer) -> str:
    """The CSS class of a layer's shapes."""
    return f"layer-{layer.name.lower().replace('_', '-')}"


def night() -> str:
    """CSS with other colours for dark screens. On paper and on light screens, the colours in the shapes' own attributes apply."""
    return "@media screen and (prefers-color-scheme: dark) { " + " ".join(_rules()) + " }"


def _rules() -> Iterator[str]:
    for selector, what, colour in _NIGHT:
        yield f"{selector} {{ {what}: {colour} }}"
    for layer, colours in LAYERS_BY_NIGHT.items():
        yield f".{layer_class(layer)} {{ fill: {colours.fill}; stroke: {colours.stroke} }}"
    for number, colour in enumerate(CONNECTIONS_BY_NIGHT):
        yield f".vpn{number} {{ stroke: {colour} }}"


def tunnel_style(number: int) -> str:
    """The style of a tunnel. `number`: the colour number of its VPN connection."""
    return f'class="vpn{number}" stroke="{CONNECTIONS[number]}" stroke-width="1.7" stroke-dasharray="6 4"'


def connection_numbers(tunnels: Sequence[SketchTunnel]) -> dict[str, int]:
    """A colour number for each VPN connection, in the order in which the connections first appear."""
    names = dict.fromkeys(tunnel.connection for tunnel in tunnels)
    return {name: number % len(CONNECTIONS) for number, name in enumerate(names)}


def connection_colours(tunnels: Sequence[SketchTunnel]) -> dict[str, str]:
    """The colour of every VPN connection on a light screen."""
    return {name: CONNECTIONS[number] for name, number in connection_numbers(tunnels).items()}
