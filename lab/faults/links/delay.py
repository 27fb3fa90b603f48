"""Delay: a detour of the carrier's, or queues on it."""

from contextlib import ExitStack

from lab.model.fault import Delay, senders
from lab.runtime.capabilities import ImpairmentControl


def delay(fault: Delay, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Delay packets where they leave; taking it away loses what is under way just then."""
    for name in fault.links:
        for end in senders(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
