"""Partial loss: a dirty fibre. Users suffer, but detectors that accept a lost hello or two see nothing."""

from contextlib import ExitStack

from lab.model.fault import PartialLoss, receivers
from lab.runtime.capabilities import ImpairmentControl


def partial_loss(fault: PartialLoss, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Drop packets at random where they arrive."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
