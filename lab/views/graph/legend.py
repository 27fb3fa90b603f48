"""The legend under the SVG picture: first the kinds of nodes, then everything else.

If a row is too wide for the picture, it continues below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.views.graph.boxes import Layout
from lab.views.graph.picture import Picture
from lab.views.graph.places import DX_GATEWAY_WORDS, WORDS, Layer, is_interconnect, is_sitelink
from lab.views.graph.style import (
    DX_AREA,
    INTERCONNECT_STYLE,
    LAYERS,
    LINK_STYLE,
    RISK_AREA,
    RISK_STYLE,
    SITELINK_STYLE,
    VIF_AREA,
    VIF_STYLE,
    connection_numbers,
    layer_class,
    tunnel_style,
)
from lab.views.graph.words import Label

ROW = 24.0
_WORDS_AT = 37.0
_AFTER = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One entry of the legend: a shape as SVG, drawn around the point (0, 0), and a text."""

    shape: str
    words: str

    @property
    def width(self) -> float:
        """The width of the shape and the text, and the space after them."""
        return _WORDS_AT + Label(words=self.words, x=0, y=0).natural + _AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """An entry of the legend, with its position relative to the upper left corner of the legend."""

    mark: Mark
    x: float
    y: float

    @property
    def label(self) -> Label:
        """The text of the entry, at its position."""
        return Label(words=self.mark.words, x=self.x + _WORDS_AT, y=self.y + 4)


def legend(picture: Picture, width: float) -> tuple[PlacedMark, ...]:
    """An entry for each kind of thing that is in the picture."""
    kinds = [_kind(layer) for layer in sorted({node.spot.layer for node in picture.layout.nodes})]
    return tuple(_rows([kinds, [*_areas(picture.layout), *_lines(picture)]], width))


def _areas(layout: Layout) -> Iterator[Mark]:
    """The entries for shapes that are no nodes."""
    if any(domain.words for domain in layout.domains):
        yield Mark(shape=_box(DX_AREA), words=f"{DX_GATEWAY_WORDS} (policy, cannot fail)")
    if any(domain.vifs for domain in layout.domains):
        shape = f'{_line(VIF_STYLE)}<rect x="6" y="-5" width="18" height="10" rx="5" {VIF_AREA}/>'
        yield Mark(shape=shape, words="virtual interface")
    if any(node.spot.risks for node in layout.nodes):
        yield Mark(shape=_line(RISK_STYLE) + f'<rect x="8" y="-5" width="21" height="10" rx="3" {RISK_AREA}/>', words="shared risk")


def _lines(picture: Picture) -> Iterator[Mark]:
    sketch = picture.sketch
    yield Mark(shape=_line(LINK_STYLE), words="link")
    if any(is_interconnect(sketch, link) for link in sketch.links):
        yield Mark(shape=_line(INTERCONNECT_STYLE), words="interconnect between data centres")
    if any(is_sitelink(sketch, link) for link in sketch.links):
        yield Mark(shape=_line(SITELINK_STYLE), words="SiteLink")
    for connection, number in connection_numbers(sketch.tunnels).items():
        yield Mark(shape=_line(tunnel_style(number)), words=f"IPsec tunnels of {connection}")


def _kind(layer: Layer) -> Mark:
    colours = LAYERS[layer]
    return Mark(shape=_box(f'class="{layer_class(layer)}" fill="{colours.fill}" stroke="{colours.stroke}"'), words=WORDS[layer])


def _box(style: str) -> str:
    return f'<rect x="1" y="-6" width="28" height="12" rx="3" {style}/>'


def _line(style: str) -> str:
    return f'<path d="M0,0 L30,0" fill="none" {style}/>'


def _rows(groups: Sequence[Sequence[Mark]], width: float) -> Iterator[PlacedMark]:
    """The entries in rows. Each group begins a new row. A group that is too wide continues in the next row."""
    y = 0.0
    for group in groups:
        x = 0.0
        for mark in group:
            if x and x + mark.width > width:
                x, y = 0.0, y + ROW
            yield PlacedMark(mark=mark, x=x, y=y)
            x += mark.width
        y += ROW
