"""Clashes: steps of a check that overlap in time although they could not be undone apart."""

from typing import assert_never

from lab.model.check import Step
from lab.model.fault import (
    AssociationLoss,
    BgpShutdown,
    CarrierLoss,
    DaemonKill,
    EndpointReplacement,
    Fault,
    Flap,
    Freeze,
    LinkDown,
    LongerPrefix,
    NodeFault,
    NodeKill,
    NodeRestart,
    PrefixOverflow,
    PrefixWithdrawal,
    RoutingFault,
    StaticRoute,
    TunnelFault,
)
from lab.model.plan import Plan

_Who = frozenset[tuple[str, str]]
"""Daemons by node and name, a node's kernel among them."""

_KERNEL = "kernel"
_NOBODY: _Who = frozenset()

_BEGUN_ANEW_WITH = {"zebra": ("bfdd", "bgpd")}
"""Daemons that lose what they were told when another one is started again."""


def clash(plan: Plan, step: Step, other: Step) -> str | None:
    """Why two steps cannot be in force together, as a message says it; None where they can, or never are."""
    if step.at >= other.at + other.duration or other.at >= step.at + step.duration:
        return None
    said, before = f"{step.kind} {step.target}", f"{other.kind} {other.target}"
    if step.fault.holds & other.fault.holds:
        return f"{said} breaks what {before} has broken already then: undoing one would undo both"
    return _forgotten(plan, step, other) or _forgotten(plan, other, step)


def _forgotten(plan: Plan, restarting: Step, telling: Step) -> str | None:
    """What one step told to somebody whom another one makes begin anew."""
    lost = _begun_anew(restarting.fault, plan) & _needed(telling.fault, plan)
    if not lost:
        return None
    node, who = min(lost)
    anew = node if who == _KERNEL else f"{node}/{who}"
    return f"{restarting.kind} {restarting.target} makes {anew} begin anew, so what {telling.kind} {telling.target} did to it is forgotten"


def _begun_anew(fault: Fault, plan: Plan) -> _Who:
    """Who has forgotten, when the fault is undone, whatever it was told before."""
    match fault:
        case DaemonKill():
            return frozenset((fault.node, each) for each in (fault.daemon, *_BEGUN_ANEW_WITH.get(fault.daemon, ())))
        case NodeRestart():
            return frozenset((node, each) for node in fault.nodes for each in (*plan.node(node).daemons, _KERNEL))
        case EndpointReplacement():
            return frozenset({(fault.endpoint, f"charon:{fault.tunnel}"), (fault.endpoint, "bgpd")})
        case _:
            return _NOBODY


def _needed(fault: Fault, plan: Plan) -> _Who:
    """Who has to be there, and to remember, for the fault to be in force and to be undone."""
    if isinstance(fault, LinkDown | CarrierLoss | Flap):
        links = [plan.link(link) for link in fault.links]
        return frozenset((end.node, _KERNEL) for link in links for end in (link.a, link.b))
    if isinstance(fault, NodeFault):
        return _stopped(fault, plan)
    if isinstance(fault, TunnelFault):
        return _asked_of_tunnels(fault, plan)
    if isinstance(fault, RoutingFault):
        return _asked_of_routers(fault)
    return _NOBODY  # filters and queues outlive everything but their node


def _stopped(fault: NodeFault, plan: Plan) -> _Who:
    match fault:
        case NodeKill() | NodeRestart():
            return frozenset((node, each) for node in fault.nodes for each in plan.node(node).daemons)
        case Freeze():
            daemons = plan.node(fault.node).daemons if fault.daemon is None else (fault.daemon,)
            return frozenset((fault.node, each) for each in daemons)
        case DaemonKill():
            return frozenset({(fault.node, fault.daemon)})
        case _:
            assert_never(fault)


def _asked_of_tunnels(fault: TunnelFault, plan: Plan) -> _Who:
    names = (fault.tunnel,) if isinstance(fault, EndpointReplacement) else fault.tunnels
    tunnels = [plan.tunnel(name) for name in names]
    ends = {(end.node, f"charon:{tunnel.name}") for tunnel in tunnels for end in (tunnel.customer, tunnel.aws)}
    told = {(fault.other.node, "bgpd")} if isinstance(fault, EndpointReplacement) and fault.other else set()
    return frozenset(ends | told)


def _asked_of_routers(fault: RoutingFault) -> _Who:
    match fault:
        case BgpShutdown():
            return _bgpd(*(session.node for session in fault.sessions))
        case PrefixWithdrawal():
            return _bgpd(*(outlet.node for outlet in fault.outlets))
        case PrefixOverflow() | LongerPrefix():
            return _bgpd(*(announcement.outlet.node for announcement in fault.announcements))
        case AssociationLoss():
            return _bgpd(*(leg.session.node for leg in fault.legs))
        case StaticRoute():
            return frozenset((node, _KERNEL) for node, _ in fault.routes)
        case _:
            assert_never(fault)


def _bgpd(*nodes: str) -> _Who:
    return frozenset((node, "bgpd") for node in nodes)
