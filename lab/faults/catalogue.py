"""The catalogue: from a fault to the verb that carries it out."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import assert_never

from lab.faults.bgp_shutdown import bgp_shutdown
from lab.faults.daemon_kill import daemon_kill
from lab.faults.freeze import freeze
from lab.faults.link_down import link_down
from lab.faults.longer_prefix import longer_prefix
from lab.faults.node_kill import node_kill
from lab.faults.silent_loss import silent_loss
from lab.faults.static_route import static_route
from lab.faults.tunnel_down import tunnel_down
from lab.model.fault import (
    FAULT_KINDS,
    BgpShutdown,
    DaemonKill,
    Fault,
    Freeze,
    LinkDown,
    LongerPrefix,
    NodeKill,
    SilentLoss,
    StaticRoute,
    TunnelDown,
)
from lab.runtime.capabilities import Breakable


@contextmanager
def inject(fault: Fault, lab: Breakable) -> Iterator[None]:
    """The fault as a context: in the block it is in force, afterwards it is undone. NodeError when a node does not obey."""
    with ExitStack() as undo:
        _carry_out(fault, lab, undo)
        yield


def inject_for_good(fault: Fault, lab: Breakable) -> None:
    """The fault without an end: only healing the lab undoes it. If it cannot be put in whole, it is undone at once."""
    with ExitStack() as undo:
        _carry_out(fault, lab, undo)
        undo.pop_all()


def descriptions() -> dict[str, str]:
    """Every fault kind with the first line of what it says of itself."""
    return {kind: (fault.__doc__ or "").splitlines()[0] for kind, fault in FAULT_KINDS.items()}


def _carry_out(fault: Fault, lab: Breakable, undo: ExitStack) -> None:
    match fault:
        case LinkDown():
            link_down(fault, lab, undo)
        case SilentLoss():
            silent_loss(fault, lab, undo)
        case NodeKill():
            node_kill(fault, lab, undo)
        case Freeze():
            freeze(fault, lab, undo)
        case TunnelDown():
            tunnel_down(fault, lab, undo)
        case DaemonKill():
            daemon_kill(fault, lab, undo)
        case BgpShutdown():
            bgp_shutdown(fault, lab, undo)
        case LongerPrefix():
            longer_prefix(fault, lab, undo)
        case StaticRoute():
            static_route(fault, lab, undo)
        case _:
            assert_never(fault)
