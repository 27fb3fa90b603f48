"""Meters of one lab: what its kernels count, and what its routers and tunnels say."""

from collections.abc import Callable

from lab.errors import NodeError
from lab.model.plan import Plan
from lab.model.snapshot import InterfaceSeen, NeighborSeen, PeerSeen
from lab.runtime.ipsec import ike
from lab.runtime.meters import counters, sessions
from lab.runtime.meters.frozen import is_frozen
from lab.runtime.owners import address_owners


class Meters:
    """Reads a running lab. `pid` gives a node's first process on the host. Can be used from several threads.

    A frozen node counts as gone.
    """

    def __init__(self, plan: Plan, pid: Callable[[str], int], is_frozen: Callable[[int], bool] = is_frozen) -> None:
        self.plan = plan
        self._pid = pid
        self._is_frozen = is_frozen
        self._owners = address_owners(plan)

    def interfaces(self, node: str) -> tuple[InterfaceSeen, ...]:
        """The interfaces of a node but its loopback. () if the node is gone."""
        try:
            return counters.interfaces(node, self._first(node))
        except NodeError:
            return ()

    def drops(self, node: str) -> tuple[int, int] | None:
        """The packets that a node did not forward: without a route, and with expired TTL. None if the node is gone."""
        try:
            return counters.drops(self._first(node))
        except NodeError:
            return None

    def neighbors(self, node: str) -> tuple[NeighborSeen, ...]:
        """The BGP sessions of a router. Raises NodeError if it is gone, or does not answer within 2 s."""
        return sessions.neighbors(node, self._first(node), self._owners)

    def peers(self, node: str) -> tuple[PeerSeen, ...]:
        """The BFD sessions of a router. Raises NodeError if it is gone, or does not answer within 2 s."""
        return sessions.peers(node, self._first(node), self._owners)

    def ipsec_up(self, tunnel: str) -> bool:
        """Whether AWS's end of a tunnel has an IKE SA and a child SA. Raises NodeError if charon does not answer."""
        return ike.tunnel_state(self._first(self.plan.tunnel(tunnel).aws.node), tunnel).up

    def _first(self, node: str) -> int:
        """The node's first process. Raises NodeError if the node does not run, or is frozen."""
        pid = self._pid(node)
        if self._is_frozen(pid):
            raise NodeError(f"{node} is frozen, as a fault has done")
        return pid
