"""FakeCables: the state of cables in memory."""

from collections.abc import Iterator

from lab.model.plan import Endpoint, Node, Plan, Role
from lab.model.status import Difference


class FakeCables:
    """The state of cables. `down`: the ends that were set down."""

    def __init__(self, plan: Plan) -> None:
        self.down: set[Endpoint] = set()
        self._cables = [(link.a, link.b) for link in plan.links]
        self._circuits = [node.name for node in plan.nodes if node.role in {Role.CARRIER, Role.WAN}]

    def __bool__(self) -> bool:
        return bool(self.down)

    def ends(self, end: Endpoint) -> tuple[Endpoint, Endpoint]:
        """Both ends of the cable at this end."""
        return next(cable for cable in self._cables if end in cable)

    def take_down(self, node: Node) -> None:
        self.down |= _ends_of(node)

    def bring_up(self, node: Node) -> None:
        self.down -= _ends_of(node)

    def whole_between(self, a: str, b: str) -> Iterator[tuple[Endpoint, ...]]:
        """The ways between two nodes whose cables are up at both ends: one cable, or the two cables of a carrier's circuit."""
        for middle in (None, *self._circuits):
            pairs = [{a, b}] if middle is None else [{a, middle}, {middle, b}]
            way = [cable for cable in self._cables if {end.node for end in cable} in pairs]
            ends = tuple(end for cable in way for end in cable)
            if {a, b} <= {end.node for end in ends} and not self.down & set(ends):
                yield ends

    def clear(self) -> None:
        self.down.clear()

    def differences_of(self, node: Node) -> Iterator[Difference]:
        for end in sorted(_ends_of(node) & self.down, key=str):
            yield Difference(place=str(end), found="down", planned="up")


def _ends_of(node: Node) -> set[Endpoint]:
    return {Endpoint(node=node.name, interface=each.name) for each in node.interfaces}
