"""Marks: what a fault leaves in a lab while it is in force. A fault that leaves none where it should is not in force."""

from dataclasses import dataclass

from lab.model.plan import Endpoint, Tunnel


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A difference from the plan, in a `Difference`'s words: its place, and how what is found there begins; `node` is where to look."""

    node: str
    place: str
    found: str

    def fits(self, place: str, found: str) -> bool:
        """Whether it is what was found at a place."""
        return place == self.place and found.startswith(self.found)


def at_interface(end: Endpoint, found: str) -> Mark:
    """At one end of a cable."""
    return Mark(node=end.node, place=str(end), found=found)


def at_daemon(node: str, daemon: str, found: str) -> Mark:
    """At one daemon of a node."""
    return Mark(node=node, place=f"{node}:{daemon}", found=found)


def at_node(node: str, found: str) -> Mark:
    """At a node as a whole."""
    return Mark(node=node, place=node, found=found)


def of_tunnel(tunnel: Tunnel) -> Mark:
    """A tunnel that is not up."""
    return Mark(node=tunnel.aws.node, place=tunnel.name, found="IKE ")
