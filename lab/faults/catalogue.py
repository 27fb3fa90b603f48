"""The catalogue: from a fault to the verb that carries it out."""

from contextlib import AbstractContextManager
from typing import assert_never

from lab.faults.daemon_kill import daemon_kill
from lab.faults.freeze import freeze
from lab.faults.link_down import link_down
from lab.faults.node_kill import node_kill
from lab.faults.silent_loss import silent_loss
from lab.faults.tunnel_down import tunnel_down
from lab.model.fault import FAULT_KINDS, DaemonKill, Fault, Freeze, LinkDown, NodeKill, SilentLoss, TunnelDown
from lab.runtime.capabilities import Breakable


def inject(fault: Fault, lab: Breakable) -> AbstractContextManager[None]:
    """The fault as a context: entered it is in force, left it is undone. NodeError when a node does not obey."""
    match fault:
        case LinkDown():
            return link_down(fault, lab)
        case SilentLoss():
            return silent_loss(fault, lab)
        case NodeKill():
            return node_kill(fault, lab)
        case Freeze():
            return freeze(fault, lab)
        case TunnelDown():
            return tunnel_down(fault, lab)
        case DaemonKill():
            return daemon_kill(fault, lab)
        case _:
            assert_never(fault)


def descriptions() -> dict[str, str]:
    """Every fault kind with the first line of what it says of itself."""
    return {kind: (fault.__doc__ or "").splitlines()[0] for kind, fault in FAULT_KINDS.items()}
