"""Clashes: steps of a check that overlap in time although they could not be undone apart, or not carried out at their instants."""

from collections.abc import Iterable
from typing import assert_never

from lab.model.check import Step, carried_out
from lab.model.fault import (
    NOTICE_SECONDS,
    AssociationLoss,
    BgpShutdown,
    CarrierLoss,
    DaemonKill,
    EndpointReplacement,
    Fault,
    Flap,
    Freeze,
    IkeDelete,
    ImpairingFault,
    LinkDown,
    LinkFault,
    LongerPrefix,
    NodeFault,
    NodeKill,
    NodeRestart,
    PrefixOverflow,
    PrefixWithdrawal,
    RekeyFailure,
    RoutingFault,
    SilentLoss,
    StaticRoute,
    TunnelDown,
    TunnelFault,
    WrongKey,
)
from lab.model.plan import Plan, Tunnel

_Who = frozenset[tuple[str, str]]
"""Daemons by node and name; a node's kernel and its static routes into tunnels are told like daemons."""

_KERNEL = "kernel"
_ROUTES = "static routes"
_NOBODY: _Who = frozenset()

_BEGUN_ANEW_WITH = {"zebra": ("bfdd", "bgpd")}
"""Daemons that lose what they were told when another one is started again."""


def clash(plan: Plan, step: Step, other: Step) -> str | None:
    """Why two steps cannot be in force together, as a message says it; None where they can, or never are."""
    if step.at >= other.at + other.duration or other.at >= step.at + step.duration:
        return None
    said, before = f"{step.kind} {step.target}", f"{other.kind} {other.target}"
    if step.fault.holds & other.fault.holds:
        return f"{said} breaks what {before} has broken already: undoing one would undo both"
    return _met(plan, step, other) or _met(plan, other, step)


def kept_waiting(step: Step, other: Step) -> str | None:
    """Why one of two steps could not begin or end at its instant, with the way out: one fault goes in at a time."""
    return _kept_by(step, other) or _kept_by(other, step)


def _kept_by(replacing: Step, step: Step) -> str | None:
    noticed = isinstance(replacing.fault, EndpointReplacement) and replacing.fault.other
    until = replacing.at + NOTICE_SECONDS
    if noticed and any(replacing.at <= instant < until for each in carried_out(step) for instant in (each.at, each.at + each.duration)):
        said, kept = f"{replacing.kind} {replacing.target}", f"{step.kind} {step.target}"
        return f"{kept} begins or ends while {said} gives its notice (let it be before {replacing.at:g} s, or from {until:g} s on)"
    return None


def _met(plan: Plan, breaking: Step, telling: Step) -> str | None:
    """Why one step needs somebody whom another one makes begin anew, or stops."""
    said, told = f"{breaking.kind} {breaking.target}", f"{telling.kind} {telling.target}"
    needed = _needed(telling.fault, plan)
    if lost := needed & _begun_anew(breaking.fault, plan):
        return f"{said} makes {_spelt(min(lost))} begin anew, so what {told} did to it is forgotten"
    if silent := needed & _silenced(breaking.fault, plan):
        return f"{said} stops {_spelt(min(silent))}, to which {told} has to speak"
    return None


def _spelt(who: tuple[str, str]) -> str:
    return who[0] if who[1] == _KERNEL else "/".join(who)


def _begun_anew(fault: Fault, plan: Plan) -> _Who:
    """Who has forgotten, when the fault is undone, whatever it was told before."""
    if isinstance(fault, LinkFault | RoutingFault):
        return _NOBODY
    match fault:
        case DaemonKill():
            daemons = (fault.daemon, *_BEGUN_ANEW_WITH.get(fault.daemon, ()))
            return frozenset((fault.node, each) for each in daemons) | _routes_of(_tunnels_of((fault.node,), plan, fault.daemon))
        case NodeRestart():
            anew = frozenset((node, each) for node in fault.nodes for each in (*plan.node(node).daemons, _KERNEL))
            return anew | _routes_of(_tunnels_of(fault.nodes, plan))
        case EndpointReplacement():
            charon = (fault.endpoint, f"charon:{fault.tunnel}")
            return frozenset({charon, (fault.endpoint, "bgpd")}) | _routes_of([plan.tunnel(fault.tunnel)])
        case TunnelDown() | IkeDelete() | RekeyFailure() | WrongKey():
            return _routes_of([plan.tunnel(tunnel) for tunnel in fault.tunnels])
        case NodeKill() | Freeze():
            return _NOBODY
        case _:
            assert_never(fault)


def _silenced(fault: Fault, plan: Plan) -> _Who:
    """Who does not answer while the fault is in force."""
    return _stopped(fault, plan) if isinstance(fault, NodeKill | Freeze) else _NOBODY


def _routes_of(tunnels: Iterable[Tunnel]) -> _Who:
    """Static routes into tunnels, which go with these and come back as planned."""
    return frozenset((tunnel.aws.node, _ROUTES) for tunnel in tunnels)


def _tunnels_of(nodes: tuple[str, ...], plan: Plan, daemon: str | None = None) -> list[Tunnel]:
    """Tunnels that end on nodes, or that of a charon there."""
    ending = [tunnel for tunnel in plan.tunnels if {tunnel.customer.node, tunnel.aws.node} & set(nodes)]
    return [tunnel for tunnel in ending if daemon in {None, f"charon:{tunnel.name}"}]


def _charons(tunnels: Iterable[Tunnel]) -> _Who:
    """Both ends' charons: a tunnel is brought back from the customer's side, whichever end was lost."""
    return frozenset((end.node, f"charon:{tunnel.name}") for tunnel in tunnels for end in (tunnel.customer, tunnel.aws))


def _needed(fault: Fault, plan: Plan) -> _Who:
    """Who has to be there, and to remember, for the fault to be in force and to be undone."""
    if isinstance(fault, LinkDown | CarrierLoss | Flap):
        links = [plan.link(link) for link in fault.links]
        return frozenset((end.node, _KERNEL) for link in links for end in (link.a, link.b))
    if isinstance(fault, NodeFault):
        return _stopped(fault, plan) | _charons(_brought_back(fault, plan))
    if isinstance(fault, TunnelFault):
        return _asked_of_tunnels(fault, plan)
    if isinstance(fault, RoutingFault):
        return _asked_of_routers(fault)
    if isinstance(fault, SilentLoss | ImpairingFault):
        return _NOBODY  # filters and queues outlive everything but their node
    assert_never(fault)


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


def _brought_back(fault: NodeFault, plan: Plan) -> list[Tunnel]:
    """Tunnels that undoing the fault initiates."""
    match fault:
        case NodeRestart():
            return _tunnels_of(fault.nodes, plan)
        case DaemonKill():
            return _tunnels_of((fault.node,), plan, fault.daemon)
        case NodeKill() | Freeze():
            return []
        case _:
            assert_never(fault)


def _asked_of_tunnels(fault: TunnelFault, plan: Plan) -> _Who:
    names = (fault.tunnel,) if isinstance(fault, EndpointReplacement) else fault.tunnels
    told = {(fault.other.node, "bgpd")} if isinstance(fault, EndpointReplacement) and fault.other else set()
    return _charons(plan.tunnel(name) for name in names) | told


def _asked_of_routers(fault: RoutingFault) -> _Who:
    match fault:
        case BgpShutdown():
            return _bgpd(*(session.node for session in fault.sessions))
        case PrefixWithdrawal():
            return _bgpd(*(outlet.node for outlet in fault.outlets))
        case LongerPrefix():
            return _bgpd(*(announcement.outlet.node for announcement in fault.announcements))
        case PrefixOverflow():  # AWS's ends are told to begin the closed sessions anew
            outlets = [announcement.outlet for announcement in fault.announcements]
            return _bgpd(*(outlet.node for outlet in outlets), *(session.node for outlet in outlets for session in outlet.sessions))
        case AssociationLoss():
            return _bgpd(*(leg.session.node for leg in fault.legs))
        case StaticRoute():
            return frozenset((node, who) for node, _ in fault.routes for who in (_KERNEL, _ROUTES))
        case _:
            assert_never(fault)


def _bgpd(*nodes: str) -> _Who:
    return frozenset((node, "bgpd") for node in nodes)
