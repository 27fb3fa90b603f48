"""Faults of boxes: nodes and their daemons die or hang."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKill:
    """Nodes die: nothing comes in or goes out, every process stops, the neighbors' carriers stay up."""

    nodes: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"node {node}" for node in self.nodes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A node's processes, or one of its daemons, stop without dying; the kernel forwards on with its last routes."""

    node: str
    daemon: str | None = None

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset({f"node {self.node}" if self.daemon is None else f"daemon {self.node}/{self.daemon}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonKill:
    """One daemon of a node is killed (SIGKILL) and stays dead until undone."""

    node: str
    daemon: str

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset({f"daemon {self.node}/{self.daemon}"})


NodeFault = NodeKill | Freeze | DaemonKill

NODE_KINDS: dict[str, type[NodeFault]] = {"node-kill": NodeKill, "freeze": Freeze, "daemon-kill": DaemonKill}
