"""Find positions for the Direct Connect gateways: one below another, each beside the devices of its virtual interfaces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.model.dx import Vif
from lab.model.sketch import Sketch
from lab.views.graph.boxes import NODE_WIDTH, ROW, Box, PlacedDomain, PlacedNode, PlacedVif
from lab.views.graph.places import DX_GATEWAY_WORDS, vif_words
from lab.views.graph.words import width

PILL_HEIGHT = 17.0
VIF_SIZE = 11.0
_ASIDE = 9.0
_HEAD = 54.0
_FOOT = 8.0
_GAP = 16.0
_WIDEST = 230.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Virtual interfaces that lead to one gateway. Each has the y of its device. Only a group of a Direct Connect gateway has a text."""

    words: tuple[str, ...]
    vifs: tuple[tuple[Vif, float], ...]

    @property
    def head(self) -> float:
        """The height of the group's text."""
        return _HEAD if self.words else 0.0

    @property
    def middle(self) -> float:
        """The y in the middle of the group's devices. A group without virtual interfaces gets the largest y."""
        levels = [level for _, level in self.vifs]
        return sum(levels) / len(levels) if levels else float("inf")


def domain_width(sketch: Sketch) -> float:
    """The width that the texts of the virtual interfaces need. It has a lower and an upper limit."""
    widest = max((width(vif_words(vif), VIF_SIZE) for vif in sketch.vifs), default=0.0)
    return min(max(NODE_WIDTH, widest + 14 + 2 * _ASIDE), _WIDEST)


def packed_height(sketch: Sketch) -> float:
    """The height that all gateways need at least, if they are one below another without gaps."""
    groups = _groups(sketch, ())
    return sum(group.head + ROW * max(len(group.vifs), 1) + _FOOT + _GAP for group in groups)


def place_domains(sketch: Sketch, nodes: Sequence[PlacedNode], x: float) -> tuple[PlacedDomain, ...]:
    """Place each gateway beside its devices. If two gateways would overlap, place all gateways one below another without gaps."""
    groups = sorted(_groups(sketch, nodes), key=lambda group: group.middle)
    rows = [_rows([level for _, level in group.vifs]) for group in groups]
    if not _are_apart(groups, rows):
        rows = list(_packed(groups))
    return tuple(_placed(group, levels, x, domain_width(sketch)) for group, levels in zip(groups, rows, strict=True))


def _groups(sketch: Sketch, nodes: Sequence[PlacedNode]) -> list[_Group]:
    """A group for each Direct Connect gateway. Then one for each virtual private gateway to which virtual interfaces lead directly."""
    words = {each.name: (each.name, DX_GATEWAY_WORDS, f"AS {each.asn}") for each in sketch.dx_gateways}
    levels = {node.spot.name: node.box.middle[1] for node in nodes}
    return [
        _Group(words=words.get(name, ()), vifs=tuple(_levelled([vif for vif in sketch.vifs if vif.gateway == name], levels)))
        for name in dict.fromkeys([*words, *(vif.gateway for vif in sketch.vifs)])
    ]


def _levelled(vifs: Sequence[Vif], levels: dict[str, float]) -> Iterator[tuple[Vif, float]]:
    """Virtual interfaces from top to bottom, each with its y. Those of one device are spread around the middle of the device."""
    for device in sorted(dict.fromkeys(vif.device for vif in vifs), key=lambda name: levels.get(name, 0.0)):
        own = [vif for vif in vifs if vif.device == device]
        for number, vif in enumerate(own):
            yield vif, levels.get(device, 0.0) + ROW * (number - (len(own) - 1) / 2)


def _rows(levels: Sequence[float]) -> list[float]:
    """The y values, moved down where necessary: each is at least one row below the one before it."""
    rows: list[float] = []
    for level in levels:
        rows.append(max(level, rows[-1] + ROW) if rows else level)
    return rows


def _are_apart(groups: Sequence[_Group], rows: Sequence[Sequence[float]]) -> bool:
    bottom = float("-inf")
    for group, levels in zip(groups, rows, strict=True):
        if not levels or levels[0] - ROW / 2 - group.head < bottom + _GAP:
            return False
        bottom = levels[-1] + ROW / 2 + _FOOT
    return True


def _packed(groups: Sequence[_Group]) -> Iterator[list[float]]:
    """The rows of each group. The groups are one below another without gaps, around the middle of all their devices."""
    heights = [group.head + ROW * max(len(group.vifs), 1) + _FOOT + _GAP for group in groups]
    levels = [level for group in groups for _, level in group.vifs] or [0.0]
    y = (min(levels) + max(levels) - sum(heights) + _GAP) / 2
    for group, height in zip(groups, heights, strict=True):
        yield [y + group.head + ROW * (number + 0.5) for number in range(max(len(group.vifs), 1))]
        y += height


def _placed(group: _Group, rows: Sequence[float], x: float, wide: float) -> PlacedDomain:
    """Place a group at these rows."""
    top = rows[0] - ROW / 2 - group.head
    pills = (Box(x=x + _ASIDE, y=row - PILL_HEIGHT / 2, width=wide - 2 * _ASIDE, height=PILL_HEIGHT) for row in rows)
    return PlacedDomain(
        words=group.words,
        vifs=tuple(PlacedVif(vif=vif, box=pill) for (vif, _), pill in zip(group.vifs, pills, strict=False)),
        box=Box(x=x, y=top, width=wide, height=rows[-1] + ROW / 2 + _FOOT - top),
    )
