"""Resolve a fault: from its kind, target and parameters, find the parts of the plan that break."""

from collections.abc import Iterator

from lab.errors import InputError, Problem
from lab.intent.document.finding import Finding
from lab.intent.faults import links, nodes, routing, tunnels
from lab.intent.faults.parameters import EXAMPLES, Parameters
from lab.intent.faults.target import Kind, UnfitError
from lab.model.fault import Fault
from lab.model.plan import Plan
from lab.spelling import listed, way_out

_KINDS: dict[str, Kind] = {**links.KINDS, **nodes.KINDS, **tunnels.KINDS, **routing.KINDS}

TARGETS: dict[str, str] = {name: kind.targets for name, kind in _KINDS.items()}
"""For each kind of fault: the targets it can have, as text."""

PARAMETERS: dict[str, tuple[str, ...]] = {name: (*kind.needs, *kind.takes) for name, kind in _KINDS.items()}
"""For each kind of fault: all its parameters."""

NEEDED: dict[str, tuple[str, ...]] = {name: kind.needs for name, kind in _KINDS.items()}
"""For each kind of fault: its required parameters."""

_NOTHING_SAID = Parameters()


def resolve_fault(plan: Plan, kind: str, target: str, said: Parameters = _NOTHING_SAID, *, place: str = "lab-break") -> Fault:
    """The fault of this kind on this target. Raises InputError; `place` is the word of the command line."""
    found = find_fault(plan, kind, target, said)
    if isinstance(found, tuple):
        raise InputError([Problem(place=place, message=finding.message) for finding in found])
    return found


def find_fault(plan: Plan, kind: str, target: str, said: Parameters) -> Fault | tuple[Finding, ...]:
    """The fault of this kind on this target, or the mistakes in its kind, target and parameters."""
    unfit = unfit_words(kind, said)
    reading = _KINDS.get(kind)
    if reading is None:
        return *unfit, *_nothing_named(plan, target)
    try:
        fault = reading.resolve(plan, target, said)
    except UnfitError as error:
        return *unfit, Finding(where=(error.where,), message=str(error))
    return unfit or fault


def unfit_words(kind: str, said: Parameters) -> tuple[Finding, ...]:
    """The mistakes in the kind and parameters of a fault that do not depend on its target."""
    reading = _KINDS.get(kind)
    if reading is None:
        return (Finding(where=("fault",), message=f"there is no fault named {kind[:60]!r} {way_out(kind, _KINDS)}"),)
    return tuple(_misplaced(kind, reading, said))


def _misplaced(name: str, kind: Kind, said: Parameters) -> Iterator[Finding]:
    """A mistake for each parameter that this kind of fault does not take, and for each required one that is missing."""
    for each in said.said():
        if each not in PARAMETERS[name]:
            takers = [other for other in _KINDS if each in PARAMETERS[other]]
            message = f"{name} does not take {each}; only {listed(takers)} {'does' if len(takers) == 1 else 'do'} (remove {each})"
            yield Finding(where=(each,), message=message)
    for each in kind.needs:
        if each not in said.said():
            written = f"in a check: {each}: {EXAMPLES[each]}; on the command line: --with {each}={EXAMPLES[each]}"
            yield Finding(where=("fault",), message=f"{name} needs {each} ({written})")


def _nothing_named(plan: Plan, target: str) -> Iterator[Finding]:
    """Yield a mistake if the target does not exist. Used if the kind of fault is unknown."""
    node = target.partition("/")[0]
    names = [*(each.name for each in plan.targets), *(each.name for each in plan.nodes)]
    if node not in names:
        yield Finding(where=("target",), message=f"there is nothing named {node[:60]!r} {way_out(node, names)}")
