"""The boxes in the SVG picture. Units are pixels. The y coordinate grows downwards."""

from dataclasses import dataclass

from lab.model.dx import Vif
from lab.views.graph.places import Spot

NODE_WIDTH = 146.0
NODE_HEIGHT = 42.0
TAG_HEIGHT = 17.0
"""The height of a tag. A tag under a circuit names a risk that it shares with others."""
ROW = 22.0
"""The distance between two virtual interfaces in the box of a Direct Connect gateway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle. `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x coordinate of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y coordinate of its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes overlap. If only their sides touch, they do not."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedZone:
    """A place (a site, a location, a Region), drawn as a box around its nodes. `depth` is 0 for an outermost place, 1 for a place in it."""

    title: str
    depth: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedNode:
    """A node, drawn as a box. Below the box are tags with the names of its shared risks, in the order of `spot.risks`."""

    spot: Spot
    box: Box

    @property
    def tags(self) -> tuple[tuple[str, Box], ...]:
        """The name of each shared risk, with the box of its tag."""
        return tuple(
            (risk, Box(x=self.box.x + 8, y=self.box.bottom + 2 + TAG_HEIGHT * number, width=self.box.width - 16, height=TAG_HEIGHT - 2))
            for number, risk in enumerate(self.spot.risks)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedVif:
    """A virtual interface, drawn as a small round box on its line."""

    vif: Vif
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDomain:
    """A Direct Connect gateway: its text, and an outline around its virtual interfaces. It is not drawn as a node, because it cannot fail.

    Virtual interfaces that lead directly to a virtual private gateway have no text and no outline.
    """

    words: tuple[str, ...]
    vifs: tuple[PlacedVif, ...]
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything is in the picture. Outer places come before the places in them. `width` and `height` include a margin."""

    width: float
    height: float
    zones: tuple[PlacedZone, ...]
    nodes: tuple[PlacedNode, ...]
    domains: tuple[PlacedDomain, ...] = ()

    def node(self, name: str) -> PlacedNode:
        """The node with that name. Raises StopIteration if it is not in the picture."""
        return next(node for node in self.nodes if node.spot.name == name)

    def vifs_of(self, device: str) -> tuple[PlacedVif, ...]:
        """The virtual interfaces of a device, from top to bottom. () if it has none."""
        return tuple(each for domain in self.domains for each in domain.vifs if each.vif.device == device)
