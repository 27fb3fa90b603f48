"""Inject faults of links."""

from contextlib import ExitStack
from typing import Protocol, assert_never

from lab.faults.links.carrier_loss import carrier_loss
from lab.faults.links.delay import delay
from lab.faults.links.flap import flap
from lab.faults.links.link_down import link_down
from lab.faults.links.mtu_drop import mtu_drop
from lab.faults.links.partial_loss import partial_loss
from lab.faults.links.rate_limit import rate_limit
from lab.faults.links.silent_loss import silent_loss
from lab.model.fault import CarrierLoss, Delay, Flap, LinkDown, LinkFault, MtuDrop, PartialLoss, RateLimit, SilentLoss
from lab.runtime.capabilities import ImpairmentControl, LinkControl, LossControl


class Cables(LinkControl, LossControl, ImpairmentControl, Protocol):
    """The capabilities that link faults need."""


def break_links(fault: LinkFault, lab: Cables, undo: ExitStack) -> None:
    """Inject a fault of links. `undo` collects the calls that undo it."""
    match fault:
        case LinkDown():
            link_down(fault, lab, undo)
        case CarrierLoss():
            carrier_loss(fault, lab, undo)
        case Flap():
            flap(fault, lab, undo)
        case SilentLoss():
            silent_loss(fault, lab, undo)
        case PartialLoss():
            partial_loss(fault, lab, undo)
        case MtuDrop():
            mtu_drop(fault, lab, undo)
        case RateLimit():
            rate_limit(fault, lab, undo)
        case Delay():
            delay(fault, lab, undo)
        case _:
            assert_never(fault)
