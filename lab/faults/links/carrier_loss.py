"""Carrier loss: one side of a circuit loses its light. The other side does not see it, because the carrier's equipment is in between."""

from contextlib import ExitStack
from functools import partial

from lab.model.fault import CarrierLoss, carriers_port
from lab.runtime.capabilities import LinkControl


def carrier_loss(fault: CarrierLoss, lab: LinkControl, undo: ExitStack) -> None:
    """Set the carrier's port towards that side down. The router at the other end of the cable then loses its carrier."""
    for name in fault.links:
        port = carriers_port(lab.plan, name)
        undo.callback(partial(lab.set_link, port, up=True))
        lab.set_link(port, up=False)
