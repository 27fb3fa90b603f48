"""MTU drop: equipment on the path has a smaller MTU than its neighbors believe, and drops packets silently."""

from contextlib import ExitStack

from lab.model.fault import MtuDrop, receivers
from lab.runtime.capabilities import ImpairmentControl


def mtu_drop(fault: MtuDrop, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Drop packets that are too long where they arrive. With a smaller interface MTU the kernel would inform the senders."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
