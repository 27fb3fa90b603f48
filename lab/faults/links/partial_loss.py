"""Partial loss: a bad link loses some packets. Detectors that tolerate a lost hello or two do not notice it."""

from contextlib import ExitStack

from lab.model.fault import PartialLoss, receivers
from lab.runtime.capabilities import ImpairmentControl


def partial_loss(fault: PartialLoss, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Drop some arriving packets at random."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
