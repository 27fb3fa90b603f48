"""Resolving a fault: kind and target, as a check or a command line names them, become what exactly breaks in a plan."""

from collections.abc import Callable
from typing import Literal

from lab.errors import InputError, Problem
from lab.intent.finding import Finding
from lab.intent.wording import listed, near, way_out, with_article
from lab.model.fault import (
    FAULT_KINDS,
    BgpShutdown,
    DaemonKill,
    Fault,
    Freeze,
    LinkDown,
    LongerPrefix,
    NodeKill,
    SilentLoss,
    StaticRoute,
    TunnelDown,
    Way,
)
from lab.model.plan import Node, Plan, Target

_Breakable = Literal["links", "nodes", "tunnels", "sessions", "announcements", "static_routes"]
_WORDS: dict[_Breakable, str] = {
    "sessions": "BGP of virtual interfaces",
    "announcements": "what is announced over VPN connections with BGP",
    "static_routes": "the routes of VPN connections",
}
"""What a fault breaks where the field's own name does not say it."""


TARGETS: dict[str, str] = {
    "link-down": "links, or what has links (interconnect, provider, carrier, Direct Connect connection, shared risk)",
    "silent-loss": "as link-down",
    "node-kill": "nodes, or what has nodes (data centre, availability zone, location, provider, carrier)",
    "freeze": "a node, or one of its daemons (NODE/DAEMON)",
    "tunnel-down": "tunnels, or VPN connections",
    "daemon-kill": "a daemon of a node (NODE/DAEMON)",
    "bgp-shutdown": "virtual interfaces, or what has some (Direct Connect connection, carrier, shared risk)",
    "longer-prefix": "VPN connections with BGP",
    "static-route": "VPN connections",
}
"""What each kind of fault takes as its target, in a person's words."""


class _UnfitError(Exception):
    """A target that a fault cannot break; the text is the message for the writer."""


def resolve_fault(plan: Plan, kind: str, target: str, *, way: Way = "both", place: str = "lab-break") -> Fault:
    """The fault of that kind on that target of the plan; InputError at `place`, a word of the command line, if there is no such."""
    found = find_fault(plan, kind, target, way)
    if isinstance(found, tuple):
        raise InputError([Problem(place=place, message=finding.message) for finding in found])
    return found


def find_fault(plan: Plan, kind: str, target: str, way: Way) -> Fault | tuple[Finding, ...]:
    """The fault, or what is wrong with the words `fault`, `target` and `way` of its step."""
    findings = []
    if kind not in FAULT_KINDS:
        findings.append(Finding(where=("fault",), message=f"no fault {kind[:60]!r} {way_out(kind, FAULT_KINDS)}"))
    if way != "both" and FAULT_KINDS.get(kind) is not SilentLoss:
        findings.append(Finding(where=("way",), message="only silent-loss takes a way (remove it)"))
    try:
        fault = _RESOLVERS.get(kind, _anything)(plan, target, way)
    except _UnfitError as unfit:
        findings.append(Finding(where=("target",), message=str(unfit)))
    return tuple(findings) if findings or fault is None else fault


def _anything(plan: Plan, target: str, _way: Way) -> None:
    """Of an unknown kind, only the target's existence can be judged."""
    node = target.partition("/")[0]
    names = [*(each.name for each in plan.targets), *(each.name for each in plan.nodes)]
    if node not in names:
        raise _UnfitError(f"nothing named {node[:60]!r} {way_out(node, names)}")


def _link_down(plan: Plan, target: str, _way: Way) -> LinkDown:
    return LinkDown(links=_breakable(plan, "link-down", target, "links").links)


def _silent_loss(plan: Plan, target: str, way: Way) -> SilentLoss:
    return SilentLoss(links=_breakable(plan, "silent-loss", target, "links").links, way=way)


def _node_kill(plan: Plan, target: str, _way: Way) -> NodeKill:
    return NodeKill(nodes=_breakable(plan, "node-kill", target, "nodes").nodes)


def _tunnel_down(plan: Plan, target: str, _way: Way) -> TunnelDown:
    return TunnelDown(tunnels=_breakable(plan, "tunnel-down", target, "tunnels").tunnels)


def _bgp_shutdown(plan: Plan, target: str, _way: Way) -> BgpShutdown:
    return BgpShutdown(sessions=_breakable(plan, "bgp-shutdown", target, "sessions").sessions)


def _longer_prefix(plan: Plan, target: str, _way: Way) -> LongerPrefix:
    return LongerPrefix(announcements=_breakable(plan, "longer-prefix", target, "announcements").announcements)


def _static_route(plan: Plan, target: str, _way: Way) -> StaticRoute:
    return StaticRoute(routes=_breakable(plan, "static-route", target, "static_routes").static_routes)


def _freeze(plan: Plan, target: str, _way: Way) -> Freeze:
    name, slash, daemon = target.partition("/")
    node = _one_node(plan, "freeze", name)
    return Freeze(node=node.name, daemon=_daemon(node, daemon) if slash else None)


def _daemon_kill(plan: Plan, target: str, _way: Way) -> DaemonKill:
    name, slash, daemon = target.partition("/")
    node = _one_node(plan, "daemon-kill", name)
    if not slash:
        known = listed(f"{node.name}/{each}" for each in node.daemons)
        raise _UnfitError(f"{name!r} names no daemon, expected node/daemon (on this node: {known})")
    return DaemonKill(node=node.name, daemon=_daemon(node, daemon))


_RESOLVERS: dict[str, Callable[[Plan, str, Way], Fault | None]] = {
    "link-down": _link_down,
    "silent-loss": _silent_loss,
    "node-kill": _node_kill,
    "freeze": _freeze,
    "tunnel-down": _tunnel_down,
    "daemon-kill": _daemon_kill,
    "bgp-shutdown": _bgp_shutdown,
    "longer-prefix": _longer_prefix,
    "static-route": _static_route,
}


def _breakable(plan: Plan, kind: str, name: str, sort: _Breakable) -> Target:
    """The target of that name, if it stands for what the fault breaks."""
    fit = [target for target in plan.targets if _stands_for(target, sort)]
    names = [target.name for target in fit]
    target = next((target for target in plan.targets if target.name == name), None)
    if target is None:
        raise _UnfitError(f"nothing that {kind} can break is named {name[:60]!r} {way_out(name, names)}")
    if target not in fit:
        raise _UnfitError(_wrong_sort(target, f"{kind} breaks {_WORDS.get(sort, sort)}", names))
    return target


def _stands_for(target: Target, sort: _Breakable) -> bool:
    match sort:
        case "links":
            return bool(target.links)
        case "nodes":
            return bool(target.nodes)
        case "tunnels":
            return bool(target.tunnels)
        case "sessions":
            return bool(target.sessions)
        case "announcements":
            return bool(target.announcements)
        case "static_routes":
            return bool(target.static_routes)


def _one_node(plan: Plan, kind: str, name: str) -> Node:
    """The node of that name, or the only one a target of that name stands for."""
    by_name = {node.name: node for node in plan.nodes}
    target = next((target for target in plan.targets if target.name == name), None)
    if name in by_name:
        return by_name[name]
    if target is None:
        raise _UnfitError(f"no node named {name[:60]!r} {way_out(name, by_name)}")
    if len(target.nodes) != 1:
        raise _UnfitError(_wrong_sort(target, f"{kind} breaks one node", target.nodes or tuple(by_name)))
    return by_name[target.nodes[0]]


def _wrong_sort(target: Target, law: str, names: list[str] | tuple[str, ...]) -> str:
    meant = near(target.name, names)
    guess = f" (did you mean {meant!r}?)" if meant else ""
    return f"target {target.name!r} is {with_article(target.what)}; {law}: {listed(names)}{guess}"


def _daemon(node: Node, written: str) -> str:
    """A daemon of the node; the part before the colon is enough where only one daemon has it."""
    alike = [daemon for daemon in node.daemons if written in {daemon, daemon.partition(":")[0]}]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise _UnfitError(f"{node.name} runs {len(alike)} daemons {written!r}, expected one (write {' or '.join(alike)})")
    raise _UnfitError(f"{node.name} runs no daemon {written[:60]!r} {way_out(written, node.daemons)}")
