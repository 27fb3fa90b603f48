"""MTU drop: equipment on the way takes smaller packets than its neighbors believe, and says nothing."""

from contextlib import ExitStack

from lab.model.fault import MtuDrop, receivers
from lab.runtime.capabilities import ImpairmentControl


def mtu_drop(fault: MtuDrop, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Lose what is too long where it arrives; a smaller MTU at the interface would have its kernel tell the senders."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
