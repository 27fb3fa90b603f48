"""MTU drop: equipment on the path has a smaller MTU than its neighbors believe, and drops long packets silently."""

from contextlib import ExitStack

from lab.model.fault import MtuDrop, receivers
from lab.runtime.capabilities import ImpairmentControl


def mtu_drop(fault: MtuDrop, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Drop arriving packets that are too long. A smaller MTU of the interface would not do: the kernel would tell the senders."""
    for name in fault.links:
        for end in receivers(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
