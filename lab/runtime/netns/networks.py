"""The networks of a lab's nodes. Each is opened when it is first needed, either only for reading, or also for changing."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from lab.runtime.netns.view import NodeView

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.runtime.netns.network import NodeNetwork


class NodeNetworks:
    """Opens the network of a node when it is first needed."""

    def __init__(self, pid: Callable[[str], int]) -> None:
        """`pid` gives the process id, on the host, of a node's first process. It raises NodeError if the node does not run."""
        self._pid = pid
        self._views: dict[str, NodeView] = {}
        self._networks: dict[str, NodeNetwork] = {}
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the sockets in the nodes."""
        for network in self._networks.values():
            network.close()
        for view in self._views.values():
            view.close()
        self._networks.clear()
        self._views.clear()

    def view(self, node: str) -> NodeView:
        """The network of a node as it is now, only for reading."""
        with self._lock:
            if node not in self._views:
                self._views[node] = NodeView(self._pid(node))
            return self._views[node]

    def network(self, node: str) -> "NodeNetwork":
        """The network of a node, for reading and changing it."""
        from lab.runtime.netns.network import NodeNetwork  # noqa: PLC0415 - see above

        with self._lock:
            if node not in self._networks:
                self._networks[node] = NodeNetwork(node, self._pid(node), self.view(node))
            return self._networks[node]
