"""Carrier loss: light goes out at one side of a circuit. The carrier's equipment stands between, so the other side sees nothing of it."""

from contextlib import ExitStack
from functools import partial

from lab.model.fault import CarrierLoss, carriers_port
from lab.runtime.capabilities import LinkControl


def carrier_loss(fault: CarrierLoss, lab: LinkControl, undo: ExitStack) -> None:
    """Set the carrier's port towards that side down: the cable's other end, which a router has, loses its carrier."""
    for name in fault.links:
        port = carriers_port(lab.plan, name)
        undo.callback(partial(lab.set_link, port, up=True))
        lab.set_link(port, up=False)
