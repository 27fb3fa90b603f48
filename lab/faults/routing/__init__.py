"""Inject faults of routing."""

from contextlib import ExitStack
from typing import assert_never

from lab.faults.routing.association_loss import Severable, association_loss
from lab.faults.routing.bgp_shutdown import bgp_shutdown
from lab.faults.routing.longer_prefix import longer_prefix
from lab.faults.routing.prefix_overflow import prefix_overflow
from lab.faults.routing.prefix_withdrawal import prefix_withdrawal
from lab.faults.routing.static_route import static_route
from lab.model.fault import AssociationLoss, BgpShutdown, LongerPrefix, PrefixOverflow, PrefixWithdrawal, RoutingFault, StaticRoute


def break_routing(fault: RoutingFault, lab: Severable, undo: ExitStack) -> None:
    """Inject a fault of routing. `undo` collects the calls that undo it."""
    match fault:
        case BgpShutdown():
            bgp_shutdown(fault, lab, undo)
        case PrefixWithdrawal():
            prefix_withdrawal(fault, lab, undo)
        case PrefixOverflow():
            prefix_overflow(fault, lab, undo)
        case LongerPrefix():
            longer_prefix(fault, lab, undo)
        case StaticRoute():
            static_route(fault, lab, undo)
        case AssociationLoss():
            association_loss(fault, lab, undo)
        case _:
            assert_never(fault)
