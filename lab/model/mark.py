"""Marks: the differences that a fault shows in a lab while it is in force. Without its marks, a fault is not in force."""

from dataclasses import dataclass

from lab.model.plan import Endpoint, Tunnel


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A difference from the plan, in the words of `Difference`: its place, and the beginning of `found`. `node` is where to look."""

    node: str
    place: str
    found: str

    def fits(self, place: str, found: str) -> bool:
        """Whether the mark is what was found at a place."""
        return place == self.place and found.startswith(self.found)


def at_interface(end: Endpoint, found: str) -> Mark:
    """A mark at one end of a cable."""
    return Mark(node=end.node, place=str(end), found=found)


def at_daemon(node: str, daemon: str, found: str) -> Mark:
    """A mark at one daemon of a node."""
    return Mark(node=node, place=f"{node}:{daemon}", found=found)


def at_node(node: str, found: str) -> Mark:
    """A mark at a node as a whole."""
    return Mark(node=node, place=node, found=found)


def of_tunnel(tunnel: Tunnel) -> Mark:
    """The mark of a tunnel that is not up."""
    return Mark(node=tunnel.aws.node, place=tunnel.name, found="IKE ")
