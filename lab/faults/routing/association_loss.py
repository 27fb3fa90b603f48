"""Association loss: the Region's side of Direct Connect is gone, while every virtual interface stays up.

In a lab a virtual private gateway's VPCs are then withdrawn, as AWS learns them from it; a transit gateway's allowed prefixes are not, as
the Direct Connect gateway originates them itself (D23 allowed-to-prefixes): what a customer sends is lost, its BGP up.
"""

from contextlib import ExitStack
from typing import Protocol

from lab.model.change import SessionShut
from lab.model.fault import AssociationLoss
from lab.runtime.capabilities import LossControl, RouterControl


class Severable(LossControl, RouterControl, Protocol):
    """Both are needed: allowed prefixes lead to their gateway without any session."""


def association_loss(fault: AssociationLoss, lab: Severable, undo: ExitStack) -> None:
    """Shut the sessions inside AWS first, so that both ends know at once; then let nothing through. Undone in reverse."""
    for leg in fault.legs:
        change = SessionShut(session=leg.session)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
    for link in (lab.plan.link(leg.link) for leg in fault.legs):
        for end in (link.a, link.b):
            undo.callback(lab.accept_arrivals, end)
            lab.drop_arrivals(end)
