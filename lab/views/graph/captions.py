"""All texts in the SVG picture, at positions where they cover nothing."""

from collections.abc import Iterator, Sequence

from lab.model.sketch import Sketch, SketchLink
from lab.views.graph.boxes import NODE_WIDTH, Layout, PlacedDomain, PlacedNode, PlacedZone
from lab.views.graph.domains import VIF_SIZE
from lab.views.graph.lines import Line
from lab.views.graph.places import WORDS, caption, is_sitelink, risk_words, vif_tip, vif_words
from lab.views.graph.words import Label, fitted

_BESIDE = 13.0
"""The distance between a line and its name. A page draws a cross of twice this width on a broken link."""
_TITLE_ROOM = NODE_WIDTH + 30
"""The width of a place's title. To the right of it, lines may cross the box of the place."""


def zone_title(zone: PlacedZone) -> Label:
    """The kind and the name of a place, in the upper left corner of its box."""
    room = min(zone.box.width - 24, _TITLE_ROOM)
    size = 13 - zone.depth
    return fitted(Label(words=zone.title, x=zone.box.x + 12, y=zone.box.y + 18, size=size, bold=True, look="faint", room=room))


def node_labels(node: PlacedNode) -> Iterator[Label]:
    """The name and the kind of a node at the top of its box, and the names of its shared risks below the box."""
    x, y, room = node.box.middle[0], node.box.y + 19, node.box.width - 10
    yield fitted(Label(words=node.spot.name, x=x, y=y, size=13, bold=True, anchor="middle", room=room))
    yield fitted(Label(words=WORDS[node.spot.layer], x=x, y=y + 15, size=11, look="faint", anchor="middle", room=room))
    for risk, box in node.tags:
        words = Label(words=risk_words(risk), x=x, y=box.y + 11.5, size=11, look="risk-words", anchor="middle", room=box.width - 8)
        yield fitted(words)


def domain_labels(domain: PlacedDomain) -> Iterator[Label]:
    """The texts of a Direct Connect gateway and of its virtual interfaces."""
    x, room = domain.box.middle[0], domain.box.width - 10
    for number, words in enumerate(domain.words):
        size, look = (11, "dx-words") if number else (13, "ink")
        label = Label(
            words=words, x=x, y=domain.box.y + 19 + 14 * number, size=size, bold=not number, look=look, anchor="middle", room=room
        )
        yield fitted(label)
    for placed in domain.vifs:
        (x, y), room = placed.box.middle, placed.box.width - 8
        label = Label(words=vif_words(placed.vif), x=x, y=y + 4, size=VIF_SIZE, anchor="middle", room=room, tip=vif_tip(placed.vif))
        yield fitted(label)


def link_captions(layout: Layout, sketch: Sketch, links: Sequence[tuple[SketchLink, Line]]) -> Iterator[Label]:
    """The names of links, if they say more than the names of the two ends. "SiteLink" for a SiteLink between two neighboring devices."""
    meeting = [(link, line) for link, line in links if is_sitelink(sketch, link)]
    right = max((line.middle[0] for _, line in meeting), default=0.0)
    for link, line in links:
        x, y = line.middle
        if (link, line) in meeting:
            if _are_neighbors(layout, link):
                yield Label(words="SiteLink", x=right + _BESIDE, y=y + 4, size=11, bold=True, look="dx-words halo")
        elif words := caption(link):
            yield Label(words=words, x=x + _BESIDE, y=y + 4, bold=True, look="ink halo")


def tunnel_captions(tunnels: Sequence[Line]) -> Iterator[Label]:
    """The names of tunnels, if they differ from the names of their endpoints."""
    return (Label(words=line.name, x=line.middle[0] - 20, y=line.middle[1] - 6, size=11, bold=True, look="ink halo") for line in tunnels)


def _are_neighbors(layout: Layout, link: SketchLink) -> bool:
    """Whether no other node of the same column is between the ends of the link."""
    a, b = sorted((layout.node(link.a), layout.node(link.b)), key=lambda node: node.box.y)
    return not any(node.spot.layer is a.spot.layer and a.box.y < node.box.y < b.box.y for node in layout.nodes)
