"""The networks of a lab's nodes, each opened once: to look, or to change something, too."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from lab.runtime.netns.view import NodeView

if TYPE_CHECKING:  # no circle is hidden: what changes a node loads a netlink library, and who only looks does without it
    from lab.runtime.netns.network import NodeNetwork


class NodeNetworks:
    """Opens the network of a node when it is first asked for."""

    def __init__(self, pid: Callable[[str], int]) -> None:
        """`pid`: the host's id of a node's first process; NodeError if it does not run."""
        self._pid = pid
        self._views: dict[str, NodeView] = {}
        self._networks: dict[str, NodeNetwork] = {}
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the sockets into the nodes."""
        for network in self._networks.values():
            network.close()
        for view in self._views.values():
            view.close()
        self._networks.clear()
        self._views.clear()

    def view(self, node: str) -> NodeView:
        """What the node's kernel has."""
        with self._lock:
            if node not in self._views:
                self._views[node] = NodeView(self._pid(node))
            return self._views[node]

    def network(self, node: str) -> "NodeNetwork":
        """The node's network, to change it."""
        from lab.runtime.netns.network import NodeNetwork  # noqa: PLC0415 - see above

        with self._lock:
            if node not in self._networks:
                self._networks[node] = NodeNetwork(node, self._pid(node), self.view(node))
            return self._networks[node]
