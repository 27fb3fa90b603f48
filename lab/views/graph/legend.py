"""The legend under our own picture: a row of node kinds, a row of lines, each going on below where the picture is narrow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.sketch import Sketch
from lab.views.graph.layout import Layout
from lab.views.graph.places import WORDS, Layer
from lab.views.graph.style import INTERCONNECT, LAYERS, LINK, connection_colours

LINK_STYLE = f'stroke="{LINK}" stroke-width="1.5"'
INTERCONNECT_STYLE = f'stroke="{INTERCONNECT}" stroke-width="3.5"'
TUNNEL_STYLE = 'stroke-width="1.7" stroke-dasharray="6 4"'
_WORDS_AT = 37.0
_ROW = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a colour or a line means: an SVG shape drawn around (0, 0), and words."""

    shape: str
    words: str

    @property
    def width(self) -> float:
        """About what shape and words take, with room after them."""
        return _WORDS_AT + len(self.words) * 5.7 + 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A mark and where it stands, relative to the legend's upper left corner."""

    mark: Mark
    x: float
    y: float


def legend(layout: Layout, sketch: Sketch, width: float) -> tuple[PlacedMark, ...]:
    """The marks of everything that is in the picture, and nothing else."""
    kinds = [_box(layer) for layer in sorted({node.spot.layer for node in layout.nodes})]
    return tuple(_rows([kinds, list(_lines(layout, sketch))], width))


def _lines(layout: Layout, sketch: Sketch) -> Iterator[Mark]:
    yield Mark(shape=_line(LINK_STYLE), words="link")
    cores = {node.spot.name for node in layout.nodes if node.spot.layer is Layer.CORE}
    if any({link.a, link.b} <= cores for link in sketch.links):
        yield Mark(shape=_line(INTERCONNECT_STYLE), words="interconnect between data centres")
    for connection, colour in connection_colours(sketch.tunnels).items():
        yield Mark(shape=_line(f'stroke="{colour}" {TUNNEL_STYLE}'), words=f"IPsec tunnels of {connection}")


def _box(layer: Layer) -> Mark:
    colours = LAYERS[layer]
    shape = f'<rect x="1" y="-6" width="28" height="12" rx="3" fill="{colours.fill}" stroke="{colours.stroke}"/>'
    return Mark(shape=shape, words=WORDS[layer])


def _line(style: str) -> str:
    return f'<path d="M0,0 h30" fill="none" {style}/>'


def _rows(groups: Sequence[Sequence[Mark]], width: float) -> Iterator[PlacedMark]:
    """Each group begins a row, and goes on in the next where the width ends."""
    y = 0.0
    for group in groups:
        x = 0.0
        for mark in group:
            if x and x + mark.width > width:
                x, y = 0.0, y + _ROW
            yield PlacedMark(mark=mark, x=x, y=y)
            x += mark.width
        y += _ROW
