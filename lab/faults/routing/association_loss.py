"""Association loss: a Direct Connect gateway loses one of its gateways, while every virtual interface stays up.

- Virtual private gateway: AWS withdraws its VPCs, because AWS learns them from it.
- Transit gateway: its allowed prefixes stay, because the Direct Connect gateway announces them itself (D23 allowed-to-prefixes). The
  customer's packets are lost while BGP stays up.
"""

from contextlib import ExitStack
from typing import Protocol

from lab.model.change import SessionShut
from lab.model.fault import AssociationLoss
from lab.runtime.capabilities import LossControl, RouterControl


class Severable(LossControl, RouterControl, Protocol):
    """The capabilities that association-loss needs. Closing sessions is not enough: routes of allowed prefixes need no session."""


def association_loss(fault: AssociationLoss, lab: Severable, undo: ExitStack) -> None:
    """Shut the sessions inside AWS, so that both ends know at once.

    Then drop all packets. Undoing the fault takes these steps back in reverse order.
    """
    for leg in fault.legs:
        change = SessionShut(session=leg.session)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
    for link in (lab.plan.link(leg.link) for leg in fault.legs):
        for end in (link.a, link.b):
            undo.callback(lab.accept_arrivals, end)
            lab.drop_arrivals(end)
