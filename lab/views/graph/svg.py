"""The network as an SVG file. The file loads nothing from elsewhere. It is light on paper, and dark on screens with a dark style."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.model.sketch import Sketch
from lab.views.graph.legend import PlacedMark, legend
from lab.views.graph.picture import Picture, picture_of
from lab.views.graph.places import is_interconnect, is_sitelink
from lab.views.graph.shapes import label_text, line_path
from lab.views.graph.style import (
    INTERCONNECT_STYLE,
    LINK_STYLE,
    PAPER,
    RISK_STYLE,
    SITELINK_STYLE,
    VIF_STYLE,
    connection_numbers,
    night,
    tunnel_style,
)
from lab.views.graph.words import Label, fitted, width
from lab.views.plain_text import in_xml

_TOP = 72.0
_LEFT = 28.0
_LINE = 19.0
_MARGIN = 24.0
_SUMMARY = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A picture with a title above and a legend below. `width` and `height` are those of the whole file."""

    picture: Picture
    heads: tuple[Label, ...]
    marks: tuple[PlacedMark, ...]
    width: float
    height: float

    def labels(self) -> tuple[Label, ...]:
        """All texts of the file."""
        return (*self.heads, *self.picture.titles(), *self.picture.labels(), *(mark.label for mark in self.marks))


def svg(sketch: Sketch) -> str:
    """The text of a complete SVG file. The name of a line is shown when the mouse is over the line."""
    return "\n".join(_document(sheet_of(sketch))) + "\n"


def sheet_of(sketch: Sketch) -> Sheet:
    """The layout of the whole file."""
    room = picture_of(sketch, _TOP).layout.width - 2 * _LEFT
    summary = _wrapped(sketch.summary, room)
    picture = picture_of(sketch, _TOP + _LINE * len(summary))
    marks = tuple(replace(each, x=each.x + _LEFT, y=each.y + picture.layout.height) for each in legend(picture, room))
    return Sheet(
        picture=picture,
        heads=tuple(_heads(sketch.name, summary, room)),
        marks=marks,
        width=picture.layout.width,
        height=max(mark.y for mark in marks) + _MARGIN,
    )


def _heads(name: str, summary: list[str], room: float) -> Iterator[Label]:
    yield fitted(Label(words=name, x=_LEFT, y=40, size=22, bold=True, room=room))
    for number, line in enumerate(summary):
        yield Label(words=line, x=_LEFT, y=62 + _LINE * number, size=_SUMMARY, look="faint", room=room)


def _wrapped(text: str, room: float) -> list[str]:
    """The text, broken into lines that are at most `room` wide."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", _SUMMARY) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _document(sheet: Sheet) -> Iterator[str]:
    sketch, size = sheet.picture.sketch, f'width="{sheet.width:.0f}" height="{sheet.height:.0f}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:.0f} {sheet.height:.0f}" {size}'
    yield '  font-family="Helvetica, Arial, sans-serif" role="img">'
    yield f"<title>{in_xml(sketch.name)}</title>"
    yield f"<desc>{in_xml(sketch.summary)}</desc>"
    yield f"<style>{night()}</style>"
    yield f'<rect class="paper" width="100%" height="100%" fill="{PAPER}"/>'
    yield from map(label_text, sheet.heads)
    yield from sheet.picture.below()
    yield from _lines(sheet.picture)
    yield from sheet.picture.above()
    yield from map(_mark, sheet.marks)
    yield "</svg>"


def _lines(picture: Picture) -> Iterator[str]:
    """All lines. From bottom to top: shared risks, links, virtual interfaces, tunnels."""
    sketch = picture.sketch
    yield from (line_path(line, RISK_STYLE) for _, line in picture.risks)
    for link, line in picture.links:
        style = INTERCONNECT_STYLE if is_interconnect(sketch, link) else SITELINK_STYLE if is_sitelink(sketch, link) else LINK_STYLE
        yield line_path(line, style)
    yield from (line_path(line, VIF_STYLE) for _, line in picture.vifs)
    numbers = connection_numbers(sketch.tunnels)
    yield from (line_path(line, tunnel_style(numbers[tunnel.connection])) for tunnel, line in picture.tunnels)


def _mark(placed: PlacedMark) -> str:
    return f'<g transform="translate({placed.x:.1f},{placed.y:.1f})">{placed.mark.shape}</g>{label_text(placed.label)}'
