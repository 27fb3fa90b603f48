"""Draw how the cost of a prediction grows: with the sites of a network, and with the failures of a set. The picture is an SVG file."""

import re
from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from statistics import median
from typing import NamedTuple

from lab.model.figure import Figure
from lab.views.plain_text import in_xml

_WIDTH, _HEIGHT, _TOP, _BOTTOM, _LEFT, _PANEL = 760, 300, 56, 46, 56, 300
_GAP, _SIDE = 84, 24
_INK, _FAINT = 'class="ink" fill="#16202b"', 'class="faint" fill="#5c6873"'
_NIGHT = (
    "@media screen and (prefers-color-scheme: dark) { .paper { fill: #11161c } .ink { fill: #e4e9ee } .faint { fill: #9aa7b3 } "
    ".grid { stroke: #2a343e } .line { stroke: #7aa2ff } .dot { fill: #7aa2ff } }"
)


class _Point(NamedTuple):
    """Something that was measured: its place on the horizontal axis, its seconds, and its memory."""

    at: int
    seconds: float
    megabytes: float


class _Panel(NamedTuple):
    """One of the diagrams: its title, what the horizontal axis counts, its points, and whether the horizontal axis is logarithmic."""

    title: str
    axis: str
    points: tuple[_Point, ...]
    is_logarithmic: bool


def growth_svg(figures: Sequence[Figure]) -> str:
    """The text of the SVG file, from the figures of `bench --part predictions`. The axes of seconds and of sites are logarithmic."""
    panels = (
        _Panel("audit, every single failure", "sites", _points(figures, r"audit (\d+) sites"), is_logarithmic=True),
        _Panel(
            "predict hybrid-backup, all sets",
            "failures of a set, at most",
            _points(figures, r"predict .+, sets of up to (\d+)"),
            is_logarithmic=False,
        ),
    )
    return "\n".join(_document([each for each in panels if len(each.points) > 1])) + "\n"


def _points(figures: Sequence[Figure], name: str) -> tuple[_Point, ...]:
    found: dict[int, dict[str, float]] = {}
    for figure in figures:
        if match := re.fullmatch(name, figure.name):
            found.setdefault(int(match[1]), {})[figure.unit] = median(figure.readings)
    return tuple(_Point(at, each["s of a core"], each["MB"]) for at, each in sorted(found.items()))


def _document(panels: Sequence[_Panel]) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">'
    )
    yield "<title>What predictions cost</title>"
    yield f"<desc>{in_xml('; '.join(map(_in_words, panels)))}</desc>"
    yield f"<style>{_NIGHT}</style>"
    yield f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    for number, panel in enumerate(panels):
        yield from _drawn(panel, _LEFT + number * (_PANEL + _GAP))
    yield "</svg>"


def _in_words(panel: _Panel) -> str:
    return f"{panel.title}: " + ", ".join(f"{each.at} {panel.axis} {_seconds(each.seconds)}" for each in panel.points)


def _drawn(panel: _Panel, left: int) -> Iterator[str]:
    lowest, highest = (
        floor(log10(min(each.seconds for each in panel.points))),
        ceil(log10(max(each.seconds for each in panel.points) * 1.2)),
    )
    along = [log10(each.at) if panel.is_logarithmic else each.at for each in panel.points]
    inner = _HEIGHT - _TOP - _BOTTOM
    heights = {power: _TOP + inner * (highest - power) / (highest - lowest) for power in range(lowest, highest + 1)}
    yield _text(panel.title, left, _TOP - 30, f'{_INK} font-size="14" font-weight="bold"')
    yield _text("seconds of one core", left, _TOP - 13, _FAINT)
    for power, y in heights.items():
        yield f'<path class="grid" d="M{left} {y:.1f}h{_PANEL}" stroke="#dfe5ea" fill="none"/>'
        yield _text(f"{10**power:g}", left - 8, y + 4, f'{_FAINT} text-anchor="end"')
    places = [
        (
            left + _SIDE + (_PANEL - 2 * _SIDE) * (at - along[0]) / (along[-1] - along[0]),
            _TOP + inner * (highest - log10(each.seconds)) / (highest - lowest),
        )
        for each, at in zip(panel.points, along, strict=True)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline class="line" points="{line}" fill="none" stroke="#1d4ed8" stroke-width="2"/>'
    for each, (x, y) in zip(panel.points, places, strict=True):
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1d4ed8"/>'
        yield _text(_seconds(each.seconds), x, y - 10, f'{_INK} text-anchor="middle"')
        yield _text(f"{each.at:,}".replace(",", " "), x, _HEIGHT - _BOTTOM + 18, f'{_FAINT} text-anchor="middle"')
    yield _text(panel.axis, left + _PANEL / 2, _HEIGHT - 10, f'{_FAINT} text-anchor="middle"')


def _seconds(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"


def _text(words: str, x: float, y: float, style: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{in_xml(words)}</text>'
