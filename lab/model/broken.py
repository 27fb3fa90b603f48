"""Broken: the parts of a network that a fault breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lab.model.ip import Address, Prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The parts of a network that a fault breaks. The fault touches a flow that passes one of them.

    - `nodes`, `links` and `tunnels`: names of the broken parts. Pictures mark them.
    - `hops`: pairs of neighboring nodes on a path, in the direction of the broken packets.
    - `prefixes`: destinations whose traffic the fault diverts, anywhere in the network.
    """

    nodes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tunnels: tuple[str, ...] = ()
    hops: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[Prefix, ...] = ()

    def is_crossed_by(self, path: Sequence[str], destination: Address | None) -> bool:
        """Whether a flow with this path and destination passes a broken part.

        A hop counts in both directions: if packets are lost in one direction, routing changes both.
        """
        if any(node in self.nodes for node in path):
            return True
        pairs = {frozenset(hop) for hop in self.hops}
        if any(frozenset(hop) in pairs for hop in pairwise(path)):
            return True
        return destination is not None and any(destination in prefix for prefix in self.prefixes)


NOTHING = Broken()
"""No broken part. The default of events in journals."""
