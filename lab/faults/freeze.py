"""Freeze: processes stop without dying. With IPsec in user space a frozen charon carries no packets, either."""

from collections.abc import Iterator
from contextlib import contextmanager

from lab.model.fault import Freeze
from lab.runtime.capabilities import ProcessControl


@contextmanager
def freeze(fault: Freeze, lab: ProcessControl) -> Iterator[None]:
    """Stop one daemon, or everything in the node."""
    try:
        if fault.daemon is None:
            lab.pause(fault.node)
        else:
            lab.stop_daemon(fault.node, fault.daemon)
        yield
    finally:
        if fault.daemon is None:
            lab.resume(fault.node)
        else:
            lab.continue_daemon(fault.node, fault.daemon)
