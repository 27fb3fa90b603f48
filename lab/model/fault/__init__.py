"""FAULTS: one dataclass for each kind of fault, in four families. The functions that inject them are in `lab.faults`.

- The first line of a kind's docstring is its description in help and reports.
- The paragraph that begins with `The fault is noticed by` says who can notice the fault.
- `effect` gives all other facts about a kind (see `Effect`), so no other code asks which kind a fault is.
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
"""Kinds of fault, by what they break."""

FAULT_KINDS: dict[str, type[Fault]] = {name: kind for family in FAMILIES.values() for name, kind in family.items()}
"""Kinds of fault, by their name in checks and on the command line."""

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
