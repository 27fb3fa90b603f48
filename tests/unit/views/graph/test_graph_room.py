"""Nothing in our SVG picture overlaps: words, nodes, places, Direct Connect gateways, the legend."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from lab.views.graph.boxes import Box
from lab.views.graph.lines import Line
from lab.views.graph.places import Layer
from lab.views.graph.svg import Sheet, sheet_of
from lab.views.graph.words import Label
from tests.unit.views.graph.drawn import NAMES, crosses, drawn


@pytest.fixture(params=NAMES)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """Every network, laid out."""
    return sheet_of(drawn(request.param))


def solid(sheet: Sheet) -> Iterator[tuple[str, Box]]:
    """Boxes that words and lines must not cover: nodes, tags, virtual interfaces, Direct Connect gateways."""
    for node in sheet.picture.layout.nodes:
        yield node.spot.name, node.box
        yield from ((f"{risk} at {node.spot.name}", box) for risk, box in node.tags)
    for domain in sheet.picture.layout.domains:
        if domain.words:
            yield domain.words[0], domain.box
        else:
            yield from ((each.vif.name, each.box) for each in domain.vifs)


def lines(sheet: Sheet) -> Iterator[tuple[Line, set[str]]]:
    """Every line, with the nodes it may touch: its ends and the nodes it goes through."""
    picture = sheet.picture
    open_nodes = {node.spot.name for node in picture.layout.nodes if node.spot.layer is Layer.INTERNET}
    yield from ((line, {link.a, link.b}) for link, line in picture.links)
    for tunnel, line in picture.tunnels:
        outward = tunnel.outward or tunnel.aws
        beyond = {link.b for link, _ in picture.links if link.a == outward and picture.layout.node(outward).spot.layer is Layer.NAT}
        yield line, {tunnel.customer, tunnel.aws, outward} | beyond | open_nodes
    yield from ((line, {vif.device}) for vif, line in picture.vifs)
    yield from ((line, set()) for _, line in picture.risks)


def inside(inner: Box, outer: Box) -> bool:
    return outer.x <= inner.x and inner.right <= outer.right and outer.y <= inner.y and inner.bottom <= outer.bottom


def test_no_words_lie_on_other_words(sheet: Sheet) -> None:
    on = [(one.words, other.words) for one, other in combinations(sheet.labels(), 2) if one.box.overlaps(other.box)]
    assert on == []


def test_words_stand_within_a_node_or_beside_it(sheet: Sheet) -> None:
    on = [
        (label.words, name)
        for label in sheet.labels()
        for name, box in solid(sheet)
        if label.box.overlaps(box) and not inside(label.box, box)
    ]
    assert on == []


def test_no_node_tag_or_direct_connect_gateway_lies_on_another(sheet: Sheet) -> None:
    assert [(one[0], other[0]) for one, other in combinations(solid(sheet), 2) if one[1].overlaps(other[1])] == []


def test_no_place_lies_on_another_nor_on_a_direct_connect_gateway(sheet: Sheet) -> None:
    layout = sheet.picture.layout
    outer = [zone.box for zone in layout.zones if zone.depth == 0]
    assert not any(one.overlaps(other) for one, other in combinations([*outer, *(domain.box for domain in layout.domains)], 2))
    assert not any(one.box.overlaps(other.box) for one, other in combinations([zone for zone in layout.zones if zone.depth], 2))
    assert all(any(inside(zone.box, box) for box in outer) for zone in layout.zones)


def test_everything_is_on_the_sheet(sheet: Sheet) -> None:
    whole = Box(x=0, y=0, width=sheet.width, height=sheet.height)
    boxes = [*solid(sheet), *((label.words, label.box) for label in sheet.labels())]
    assert [name for name, box in boxes if not inside(box, whole)] == []


def test_no_line_crosses_the_title_of_a_place_a_direct_connect_gateway_or_the_internet(sheet: Sheet) -> None:
    heads: list[Label] = [*sheet.heads, *sheet.picture.titles()]
    words = {"internet", *(words for domain in sheet.picture.layout.domains for words in domain.words)}
    heads += [label for label in sheet.picture.labels() if label.words in words]
    assert [(line.name, head.words) for line, _ in lines(sheet) for head in heads if crosses(line, head.box)] == []


def test_no_line_passes_through_a_node_that_it_does_not_join(sheet: Sheet) -> None:
    nodes = [node for node in sheet.picture.layout.nodes if node.spot.layer is not Layer.INTERNET]
    through = [
        (line.name, node.spot.name)
        for line, joined in lines(sheet)
        for node in nodes
        if node.spot.name not in joined and crosses(line, node.box)
    ]
    assert through == []


def test_a_cross_on_a_link_or_tunnel_covers_no_words(sheet: Sheet) -> None:
    """A page draws the cross with a radius of 11 pixels."""
    lines = [line for _, line in (*sheet.picture.links, *sheet.picture.tunnels)]
    crosses = {line.name: Box(x=line.middle[0] - 11, y=line.middle[1] - 11, width=22, height=22) for line in lines}
    assert [(name, label.words) for name, box in crosses.items() for label in sheet.labels() if label.box.overlaps(box)] == []
