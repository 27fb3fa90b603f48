"""Partial loss: a dirty fibre. Users suffer, and detectors that forgive a lost hello or two see nothing."""

from contextlib import ExitStack

from lab.model.fault import PartialLoss, receivers
from lab.runtime.capabilities import ImpairmentControl


def partial_loss(fault: PartialLoss, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Lose a part at random where packets arrive."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
