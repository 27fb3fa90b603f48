"""Delay: packets arrive late, as on a longer path of the carrier or behind a long queue."""

from contextlib import ExitStack

from lab.model.fault import Delay, senders
from lab.runtime.capabilities import ImpairmentControl


def delay(fault: Delay, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Delay leaving packets. Undoing it loses the packets that are waiting."""
    for name in fault.links:
        for end in senders(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
