"""Freeze: processes stop without dying. With IPsec in user space, a frozen charon carries no packets."""

from contextlib import ExitStack

from lab.model.fault import Freeze
from lab.runtime.capabilities import ProcessControl


def freeze(fault: Freeze, lab: ProcessControl, undo: ExitStack) -> None:
    """Stop one daemon, or every process of the node."""
    lab.require_alive(fault.node)
    if fault.daemon is None:
        undo.callback(lab.resume, fault.node)
        lab.pause(fault.node)
    else:
        undo.callback(lab.continue_daemon, fault.node, fault.daemon)
        lab.stop_daemon(fault.node, fault.daemon)
