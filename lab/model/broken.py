"""Broken: what a fault breaks, in words that need no plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """What a flow passes if a fault touches it.

    `nodes`, `links` and `tunnels` are the names of what does not work as it should: a picture marks them. `hops` are pairs of nodes next to
    each other on paths, from the first to the second. `prefixes` are destinations whose traffic is drawn away, wherever it is.
    """

    nodes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tunnels: tuple[str, ...] = ()
    hops: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[IPv4Network, ...] = ()

    def is_crossed_by(self, path: Sequence[str], destination: IPv4Address | None) -> bool:
        """Whether a flow on a path, sent to a destination, passes any of it.

        A hop counts either way: where packets are lost one way, routing finds out on both.
        """
        if any(node in self.nodes for node in path):
            return True
        pairs = {frozenset(hop) for hop in self.hops}
        if any(frozenset(hop) in pairs for hop in pairwise(path)):
            return True
        return destination is not None and any(destination in prefix for prefix in self.prefixes)


NOTHING = Broken()
"""What a fault breaks that nobody told of."""
