"""The last answers of routers and tunnels. An answer replaces an older one, but never a newer one."""

import threading

from lab.model.ip import Address
from lab.model.snapshot import NeighborSeen, PeerSeen


class States:
    """The last answers of a lab's routers and tunnels. Can be used from several threads.

    Each answer is kept with the instant of its question. An answer is None if the router or tunnel did not answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._neighbors: dict[str, tuple[float, tuple[NeighborSeen, ...] | None]] = {}
        self._peers: dict[str, tuple[float, tuple[PeerSeen, ...] | None]] = {}
        self._ipsec: dict[str, tuple[float, bool | None]] = {}
        self._all_asked: float | None = None

    def told_neighbors(self, node: str, asked: float, answer: tuple[NeighborSeen, ...] | None) -> None:
        """Keep the BGP sessions that a router reported."""
        with self._lock:
            if asked >= self._neighbors.get(node, (asked, None))[0]:
                self._neighbors[node] = (asked, answer)

    def told_peers(self, node: str, asked: float, answer: tuple[PeerSeen, ...] | None) -> None:
        """Keep the BFD sessions that a router reported."""
        with self._lock:
            if asked >= self._peers.get(node, (asked, None))[0]:
                self._peers[node] = (asked, answer)

    def told_ipsec(self, tunnel: str, asked: float, *, up: bool | None) -> None:
        """Keep whether a tunnel has its IKE SA and its child SA."""
        with self._lock:
            if asked >= self._ipsec.get(tunnel, (asked, None))[0]:
                self._ipsec[tunnel] = (asked, up)

    def asked_all(self, begun: float) -> None:
        """Note that every router was asked, beginning at the instant `begun`."""
        with self._lock:
            self._all_asked = begun

    @property
    def all_asked(self) -> float | None:
        """When the last round of questions to all routers began. None: no round has begun."""
        with self._lock:
            return self._all_asked

    def neighbors(self, node: str) -> tuple[NeighborSeen, ...] | None:
        """The BGP sessions of a router. None if it did not answer."""
        with self._lock:
            return self._neighbors.get(node, (0.0, None))[1]

    def neighbor(self, node: str, neighbor: Address) -> NeighborSeen | None:
        """One BGP session. None if the router did not answer, or has no such neighbor."""
        return next((each for each in self.neighbors(node) or () if each.neighbor == neighbor), None)

    def peers(self, node: str) -> tuple[PeerSeen, ...] | None:
        """The BFD sessions of a router. None if it did not answer."""
        with self._lock:
            return self._peers.get(node, (0.0, None))[1]

    def ipsec(self, tunnel: str) -> bool | None:
        """Whether a tunnel has its IKE SA and its child SA. None if its charon did not answer."""
        with self._lock:
            return self._ipsec.get(tunnel, (0.0, None))[1]
