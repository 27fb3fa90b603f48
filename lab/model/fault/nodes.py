"""Faults of boxes: nodes and their daemons die or hang."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.model.mark import Mark, at_daemon, at_interface, at_node
from lab.model.plan import Endpoint, Node, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKill:
    """Nodes die: nothing comes in or goes out, every process stops, the neighbors' carriers stay up.

    Noticed by the neighbors' BFD and DPD where they run, else when BGP's hold time is over: the slowest death.
    """

    nodes: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"node {node}" for node in self.nodes)

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(at_node(node, found) for node in self.nodes for found in ("drops packets (dead)", "frozen"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A node's processes, or one of its daemons, stop without dying; the kernel forwards on with its last routes.

    ESP in user space is charon's: what a frozen one would carry is lost.

    Noticed by the peers of the daemon when its hellos stop: BFD's of bfdd, BGP's hold time of bgpd, DPD of charon, nobody of zebra.
    """

    node: str
    daemon: str | None = None

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset({f"node {self.node}" if self.daemon is None else f"daemon {self.node}/{self.daemon}"})

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset({at_daemon(self.node, self.daemon, "frozen") if self.daemon else at_node(self.node, "frozen")})


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonKill:
    """One daemon of a node is killed (SIGKILL) and stays dead until undone.

    Noticed by bgpd's neighbors at once (its connections are closed) and by bfdd's and charon's peers in time; zebra's death takes no
    route away, but none changes any more.
    """

    node: str
    daemon: str

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset({f"daemon {self.node}/{self.daemon}"})

    def marks(self, _plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset({at_daemon(self.node, self.daemon, "dead")})


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRestart:
    """Nodes reboot: carriers go, every daemon dies with all it knew, and in the end all comes up as at boot.

    Noticed by the kernels of directly connected neighbors at once; to everybody else it has died.
    """

    nodes: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"node {node}" for node in self.nodes)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(mark for node in self.nodes for mark in _off(plan.node(node)))


NodeFault = NodeKill | NodeRestart | Freeze | DaemonKill

NODE_KINDS: dict[str, type[NodeFault]] = {
    "node-kill": NodeKill,
    "node-restart": NodeRestart,
    "freeze": Freeze,
    "daemon-kill": DaemonKill,
}


def _off(node: Node) -> Iterator[Mark]:
    for interface in node.interfaces:
        if interface.tag is None:  # VLANs go with what carries them
            yield at_interface(Endpoint(node=node.name, interface=interface.name), "down")
    for daemon in node.daemons:
        yield at_daemon(node.name, daemon, "dead")
