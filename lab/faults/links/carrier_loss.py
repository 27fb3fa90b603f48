"""Carrier loss: light goes out at one side of a circuit. The carrier's equipment stands between, so the other side sees nothing of it."""

from contextlib import ExitStack
from functools import partial

from lab.model.fault import CarrierLoss
from lab.model.plan import Endpoint, Plan
from lab.runtime.capabilities import LinkControl


def carrier_loss(fault: CarrierLoss, lab: LinkControl, undo: ExitStack) -> None:
    """Set the carrier's port towards that side down: the cable's other end, which a router has, loses its carrier."""
    for name in fault.links:
        port = _carriers_port(lab.plan, name)
        undo.callback(partial(lab.set_link, port, up=True))
        lab.set_link(port, up=False)


def _carriers_port(plan: Plan, name: str) -> Endpoint:
    link = plan.link(name)
    return link.a if plan.node(link.a.node).bridges else link.b
