"""The catalogue of faults: inject a fault, or describe its kind."""

import inspect
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import assert_never, cast

from lab.faults.links import break_links
from lab.faults.nodes import break_nodes
from lab.faults.routing import break_routing
from lab.faults.tunnels import break_tunnels
from lab.faults.undoing import OnlyUndoing
from lab.model.fault import FAULT_KINDS, Fault, ImpairingFault, LinkFault, NodeFault, RoutingFault, TunnelFault
from lab.runtime.capabilities import Breakable, ImpairmentControl

_NOTICED = "The fault is noticed by "


@contextmanager
def inject(fault: Fault, lab: Breakable) -> Iterator[None]:
    """Inject the fault while the `with` block runs, then undo it. Raises NodeError if a node does not obey."""
    with ExitStack() as undo:
        _carry_out(fault, lab, undo)
        yield


def inject_for_good(fault: Fault, lab: Breakable) -> None:
    """Inject the fault without an end: only `lab-heal` undoes it. If the injection fails half way, it is undone at once."""
    with ExitStack() as undo:
        _carry_out(fault, lab, undo)
        undo.pop_all()


def undo(fault: Fault, lab: Breakable) -> None:
    """Undo a fault that was injected for good, perhaps by another command. Raises NodeError if a node does not obey."""
    half = OnlyUndoing(lab)
    with ExitStack() as steps:
        _carry_out(fault, cast("Breakable", half), steps)
        half.undoes = True


def require_possible(fault: Fault, lab: ImpairmentControl) -> None:
    """Raise HostError if this host's kernel does not support the fault. Nothing is injected."""
    if isinstance(fault, ImpairingFault):
        lab.require_possible(fault.impairment)


def descriptions() -> dict[str, str]:
    """The description of every kind of fault: the first line of its docstring."""
    return {kind: (fault.__doc__ or "").splitlines()[0] for kind, fault in FAULT_KINDS.items()}


def notices() -> dict[str, str]:
    """Who can notice each kind of fault: the paragraph `The fault is noticed by` of its docstring, "" if it has none."""
    return {kind: next(_noticed(inspect.cleandoc(fault.__doc__ or "")), "") for kind, fault in FAULT_KINDS.items()}


def _noticed(docstring: str) -> Iterator[str]:
    for sentence in docstring.split("\n\n"):
        if sentence.startswith(_NOTICED):
            yield " ".join(sentence.split()).removeprefix(_NOTICED)


def _carry_out(fault: Fault, lab: Breakable, undo: ExitStack) -> None:
    if isinstance(fault, LinkFault):
        break_links(fault, lab, undo)
    elif isinstance(fault, NodeFault):
        break_nodes(fault, lab, undo)
    elif isinstance(fault, TunnelFault):
        break_tunnels(fault, lab, undo)
    elif isinstance(fault, RoutingFault):
        break_routing(fault, lab, undo)
    else:
        assert_never(fault)
