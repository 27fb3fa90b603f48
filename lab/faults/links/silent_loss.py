"""Silent loss: the carriers stay up, but no packet arrives."""

from contextlib import ExitStack

from lab.model.fault import SilentLoss, receivers
from lab.runtime.capabilities import LossControl


def silent_loss(fault: SilentLoss, lab: LossControl, undo: ExitStack) -> None:
    """Drop every arriving packet, in each direction that the fault names."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.accept_arrivals, end)
            lab.drop_arrivals(end)
