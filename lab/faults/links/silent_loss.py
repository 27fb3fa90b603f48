"""Silent loss: a grey path. Carriers stay up, nothing arrives."""

from contextlib import ExitStack

from lab.model.fault import SilentLoss, receivers
from lab.runtime.capabilities import LossControl


def silent_loss(fault: SilentLoss, lab: LossControl, undo: ExitStack) -> None:
    """Drop all that arrives at the receiving end of each lossy way."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.accept_arrivals, end)
            lab.drop_arrivals(end)
