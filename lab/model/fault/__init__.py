"""Faults: one dataclass a kind, saying what it breaks, in four families. The verbs that carry them out are in `lab.faults`.

The first line of a kind's docstring is its description wherever faults are listed. `holds` names what a fault takes hold of: two that
hold the same thing at once could not be undone apart.
"""

from lab.model.fault.links import LINK_KINDS, LinkDown, LinkFault, SilentLoss, Way
from lab.model.fault.nodes import NODE_KINDS, DaemonKill, Freeze, NodeFault, NodeKill
from lab.model.fault.routing import ROUTING_KINDS, BgpShutdown, LongerPrefix, RoutingFault, StaticRoute
from lab.model.fault.tunnels import TUNNEL_KINDS, TunnelDown, TunnelFault

Fault = LinkFault | NodeFault | TunnelFault | RoutingFault

FAULT_KINDS: dict[str, type[Fault]] = {**LINK_KINDS, **NODE_KINDS, **TUNNEL_KINDS, **ROUTING_KINDS}
"""Fault kinds by the name a check or a command line uses."""

__all__ = [
    "FAULT_KINDS",
    "BgpShutdown",
    "DaemonKill",
    "Fault",
    "Freeze",
    "LinkDown",
    "LinkFault",
    "LongerPrefix",
    "NodeFault",
    "NodeKill",
    "RoutingFault",
    "SilentLoss",
    "StaticRoute",
    "TunnelDown",
    "TunnelFault",
    "Way",
]
