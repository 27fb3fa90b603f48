"""Resolve faults of nodes and daemons."""

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import NODES, Kind, UnfitError, daemon_of, one_node, target_of
from lab.model.fault import DaemonKill, Freeze, NodeKill, NodeRestart
from lab.model.plan import Plan
from lab.spelling import listed


def _node_kill(plan: Plan, target: str, _: Parameters) -> NodeKill:
    return NodeKill(nodes=target_of(plan, "node-kill", target, NODES).nodes)


def _node_restart(plan: Plan, target: str, _: Parameters) -> NodeRestart:
    return NodeRestart(nodes=target_of(plan, "node-restart", target, NODES).nodes)


def _freeze(plan: Plan, target: str, _: Parameters) -> Freeze:
    name, slash, daemon = target.partition("/")
    node = one_node(plan, "freeze", name)
    return Freeze(node=node.name, daemon=daemon_of(node, daemon) if slash else None)


def _daemon_kill(plan: Plan, target: str, _: Parameters) -> DaemonKill:
    name, slash, daemon = target.partition("/")
    node = one_node(plan, "daemon-kill", name)
    if not slash:
        known = listed(f"{node.name}/{each}" for each in node.daemons)
        raise UnfitError(f"expected NODE/DAEMON, found {name!r} (on this node: {known})")
    return DaemonKill(node=node.name, daemon=daemon_of(node, daemon))


KINDS: dict[str, Kind] = {
    "node-kill": Kind(
        targets="nodes, or a target with nodes (data centre, availability zone, location, provider, carrier)", resolve=_node_kill
    ),
    "node-restart": Kind(targets="same as node-kill", resolve=_node_restart),
    "freeze": Kind(targets="a node, or one of its daemons (NODE/DAEMON)", resolve=_freeze),
    "daemon-kill": Kind(targets="a daemon of a node (NODE/DAEMON)", resolve=_daemon_kill),
}
