"""Faults: one dataclass a kind, saying what it breaks, in four families. The verbs that carry them out are in `lab.faults`.

The first line of a kind's docstring is its description wherever faults are listed; the sentence `Noticed by` in it says who can find out.
`holds` names what a fault takes hold of: two that hold the same thing at once could not be undone apart. `marks` names what it
leaves in a lab while it is in force, by which it is known to be.
"""

from collections.abc import Mapping

from lab.model.fault.links import (
    LINK_KINDS,
    CarrierLoss,
    ChanceFault,
    Delay,
    Flap,
    ImpairingFault,
    LinkDown,
    LinkFault,
    MtuDrop,
    PartialLoss,
    RateLimit,
    Side,
    SilentLoss,
    Way,
    carriers_port,
    hops,
    receivers,
    senders,
)
from lab.model.fault.nodes import NODE_KINDS, DaemonKill, Freeze, NodeFault, NodeKill, NodeRestart
from lab.model.fault.routing import (
    ROUTING_KINDS,
    AssociationLoss,
    BgpShutdown,
    LongerPrefix,
    PrefixOverflow,
    PrefixWithdrawal,
    RoutingFault,
    StaticRoute,
)
from lab.model.fault.tunnels import (
    NOTICE_SECONDS,
    TUNNEL_KINDS,
    EndpointReplacement,
    IkeDelete,
    RekeyFailure,
    TunnelDown,
    TunnelFault,
    WrongKey,
)

Fault = LinkFault | NodeFault | TunnelFault | RoutingFault

MomentaryFault = Flap | IkeDelete
"""Over in a moment, each time: nothing of it need be left for anybody to look at, so that monitors have to tell of it."""

FAMILIES: Mapping[str, Mapping[str, type[Fault]]] = {
    "Links": LINK_KINDS,
    "Nodes": NODE_KINDS,
    "VPN tunnels": TUNNEL_KINDS,
    "Routing": ROUTING_KINDS,
}
"""Fault kinds by what they break."""

FAULT_KINDS: dict[str, type[Fault]] = {name: kind for family in FAMILIES.values() for name, kind in family.items()}
"""Fault kinds by the name a check or a command line uses."""

__all__ = [
    "FAMILIES",
    "FAULT_KINDS",
    "NOTICE_SECONDS",
    "AssociationLoss",
    "BgpShutdown",
    "CarrierLoss",
    "ChanceFault",
    "DaemonKill",
    "Delay",
    "EndpointReplacement",
    "Fault",
    "Flap",
    "Freeze",
    "IkeDelete",
    "ImpairingFault",
    "LinkDown",
    "LinkFault",
    "LongerPrefix",
    "MomentaryFault",
    "MtuDrop",
    "NodeFault",
    "NodeKill",
    "NodeRestart",
    "PartialLoss",
    "PrefixOverflow",
    "PrefixWithdrawal",
    "RateLimit",
    "RekeyFailure",
    "RoutingFault",
    "Side",
    "SilentLoss",
    "StaticRoute",
    "TunnelDown",
    "TunnelFault",
    "Way",
    "WrongKey",
    "carriers_port",
    "hops",
    "receivers",
    "senders",
]
