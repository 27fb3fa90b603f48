"""Faults: one dataclass a kind, saying what it breaks, in four families. The verbs that carry them out are in `lab.faults`.

The first line of a kind's docstring is its description wherever faults are listed; the sentence `Noticed by` in it says who can find out.
`effect` says all else there is to know of a kind (see `Effect`), so that nobody else has to ask which kind a fault is.
"""

from collections.abc import Mapping

from lab.model.fault.effect import Effect, Part
from lab.model.fault.links import (
    LINK_KINDS,
    CarrierLoss,
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
    carriers_port,
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
from lab.model.fault.ways import Way, receivers, senders

Fault = LinkFault | NodeFault | TunnelFault | RoutingFault

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
    "DaemonKill",
    "Delay",
    "Effect",
    "EndpointReplacement",
    "Fault",
    "Flap",
    "Freeze",
    "IkeDelete",
    "ImpairingFault",
    "LinkDown",
    "LinkFault",
    "LongerPrefix",
    "MtuDrop",
    "NodeFault",
    "NodeKill",
    "NodeRestart",
    "Part",
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
    "receivers",
    "senders",
]
