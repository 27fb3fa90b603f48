"""Faults of nodes: nodes, or single daemons, die or hang."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.model.broken import Broken
from lab.model.fault.crossed import crossed_nodes, crossed_tunnels
from lab.model.fault.effect import Effect, Part, charons, daemons, kernels, routes_into
from lab.model.mark import Mark, at_daemon, at_interface, at_node
from lab.model.plan import Endpoint, Node, Plan
from lab.model.tunnel import Tunnel

_BEGUN_ANEW_WITH = {"zebra": ("bfdd", "bgpd")}
"""For a daemon that restarts: other daemons that lose their settings then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKill:
    """Nodes die: every process stops and no packet gets in or out, but the neighbors' carriers stay up.

    The fault is noticed by the neighbors' BFD and DPD where they run, otherwise by BGP's hold time. No other failure takes longer to
    notice.
    """

    nodes: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """Packets are dropped at every interface, and every process is stopped."""
        stopped = daemons(plan, self.nodes)
        return Effect(
            holds=_held(self.nodes),
            marks=frozenset(at_node(node, found) for node in self.nodes for found in ("drops packets (dead)", "frozen")),
            breaks=crossed_nodes(plan, self.nodes),
            needs=stopped,
            silences=stopped,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A node's processes, or one of its daemons, stop without dying. The kernel keeps forwarding with its last routes.

    With ESP in user space, a frozen charon carries no packets.

    The fault is noticed by the daemon's peers when its hellos stop: by BFD (bfdd), BGP's hold time (bgpd) or DPD (charon). Nobody notices a
    frozen zebra.
    """

    node: str
    daemon: str | None = None

    def effect(self, plan: Plan) -> Effect:
        """All processes of the node are stopped, or one daemon is."""
        if self.daemon is None:
            return _frozen(
                _held((self.node,)), at_node(self.node, "frozen"), crossed_nodes(plan, (self.node,)), daemons(plan, (self.node,))
            )
        part = Part(node=self.node, name=self.daemon)
        return _frozen(_daemon_held(part), at_daemon(self.node, self.daemon, "frozen"), _crossed_daemon(plan, part), frozenset({part}))


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonKill:
    """One daemon of a node is killed (SIGKILL) and stays dead until the fault ends.

    The fault is noticed by bgpd's neighbors at once, because its connections close. The peers of bfdd and charon need their detection time.
    Nobody notices a dead zebra: its routes stay, but no longer change.
    """

    node: str
    daemon: str

    def effect(self, plan: Plan) -> Effect:
        """The daemon is dead. When it starts again, the daemons that depend on it lose their settings."""
        part = Part(node=self.node, name=self.daemon)
        ended = [tunnel for tunnel in _ending_at(plan, (self.node,)) if self.daemon == _charon(tunnel)]
        anew = (self.daemon, *_BEGUN_ANEW_WITH.get(self.daemon, ()))
        return Effect(
            holds=_daemon_held(part),
            marks=frozenset({at_daemon(self.node, self.daemon, "dead")}),
            breaks=_crossed_daemon(plan, part),
            needs=frozenset({part}) | charons(ended),
            begins_anew=frozenset(Part(node=self.node, name=each) for each in anew) | routes_into(ended),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRestart:
    """Nodes reboot: their links go down and every daemon loses its state. When the fault ends, the nodes boot.

    The fault is noticed by the kernels of directly connected neighbors at once. To all others the node is dead.
    """

    nodes: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """Every interface is down and every daemon is dead. Afterwards the node's tunnels are initiated again."""
        ended = _ending_at(plan, self.nodes)
        return Effect(
            holds=_held(self.nodes),
            marks=frozenset(mark for node in self.nodes for mark in _off(plan.node(node))),
            breaks=crossed_nodes(plan, self.nodes),
            needs=daemons(plan, self.nodes) | charons(ended),
            begins_anew=daemons(plan, self.nodes) | kernels(self.nodes) | routes_into(ended),
        )


NodeFault = NodeKill | NodeRestart | Freeze | DaemonKill

NODE_KINDS: dict[str, type[NodeFault]] = {
    "node-kill": NodeKill,
    "node-restart": NodeRestart,
    "freeze": Freeze,
    "daemon-kill": DaemonKill,
}


def _off(node: Node) -> Iterator[Mark]:
    for interface in node.interfaces:
        if interface.tag is None:  # a VLAN goes down with its parent interface
            yield at_interface(Endpoint(node=node.name, interface=interface.name), "down")
    for daemon in node.daemons:
        yield at_daemon(node.name, daemon, "dead")


def _frozen(holds: frozenset[str], mark: Mark, breaks: Broken, stopped: frozenset[Part]) -> Effect:
    return Effect(holds=holds, marks=frozenset({mark}), breaks=breaks, needs=stopped, silences=stopped)


def _held(nodes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"node {node}" for node in nodes)


def _daemon_held(part: Part) -> frozenset[str]:
    return frozenset({f"daemon {part}"})


def _crossed_daemon(plan: Plan, part: Part) -> Broken:
    """What breaks with a daemon: for a charon its one tunnel, for any other daemon all paths through its node."""
    tunnels = tuple(tunnel.name for tunnel in plan.tunnels if part.name == _charon(tunnel))
    return crossed_tunnels(plan, tunnels) if tunnels else crossed_nodes(plan, (part.node,))


def _ending_at(plan: Plan, nodes: tuple[str, ...]) -> list[Tunnel]:
    return [tunnel for tunnel in plan.tunnels if {tunnel.customer.node, tunnel.aws.node} & set(nodes)]


def _charon(tunnel: Tunnel) -> str:
    return f"charon:{tunnel.name}"
