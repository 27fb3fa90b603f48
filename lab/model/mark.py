"""Marks: the differences from the plan that show that a fault is in force in a lab."""

from dataclasses import dataclass

from lab.model.plan import Endpoint
from lab.model.tunnel import Tunnel


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A difference from the plan that shows a fault, to be looked for at `node`.

    `place` and the beginning of `found` are as in `Difference`.
    """

    node: str
    place: str
    found: str

    def fits(self, place: str, found: str) -> bool:
        """Whether a difference with this place and these words is this mark."""
        return place == self.place and found.startswith(self.found)


def at_interface(end: Endpoint, found: str) -> Mark:
    """The mark of a fault at one end of a cable."""
    return Mark(node=end.node, place=str(end), found=found)


def at_daemon(node: str, daemon: str, found: str) -> Mark:
    """The mark of a fault at one daemon of a node."""
    return Mark(node=node, place=f"{node}:{daemon}", found=found)


def at_node(node: str, found: str) -> Mark:
    """The mark of a fault at a whole node."""
    return Mark(node=node, place=node, found=found)


def of_tunnel(tunnel: Tunnel) -> Mark:
    """The mark of a tunnel that is down."""
    return Mark(node=tunnel.aws.node, place=tunnel.name, found="IKE ")
