"""Resolve a fault: turn the kind, target and parameters that a user wrote into what exactly breaks in a plan."""

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
"""The targets of each kind of fault, in words."""

PARAMETERS: dict[str, tuple[str, ...]] = {name: (*kind.needs, *kind.takes) for name, kind in _KINDS.items()}
"""All parameters of each kind of fault."""

NEEDED: dict[str, tuple[str, ...]] = {name: kind.needs for name, kind in _KINDS.items()}
"""The required parameters of each kind of fault."""

_NOTHING_SAID = Parameters()


def resolve_fault(plan: Plan, kind: str, target: str, said: Parameters = _NOTHING_SAID, *, place: str = "lab-break") -> Fault:
    """The fault of that kind on that target of the plan. Raises InputError at `place`, a word of the command line."""
    found = find_fault(plan, kind, target, said)
    if isinstance(found, tuple):
        raise InputError([Problem(place=place, message=finding.message) for finding in found])
    return found


def find_fault(plan: Plan, kind: str, target: str, said: Parameters) -> Fault | tuple[Finding, ...]:
    """The fault, or the mistakes in the step's `fault`, `target` and parameters."""
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
    """The mistakes in a step's `fault` and parameters that do not depend on its target."""
    reading = _KINDS.get(kind)
    if reading is None:
        return (Finding(where=("fault",), message=f"no fault named {kind[:60]!r} {way_out(kind, _KINDS)}"),)
    return tuple(_misplaced(kind, reading, said))


def _misplaced(name: str, kind: Kind, said: Parameters) -> Iterator[Finding]:
    """Parameters that the kind does not take, and required ones that are missing."""
    for each in said.said():
        if each not in PARAMETERS[name]:
            takers = [other for other in _KINDS if each in PARAMETERS[other]]
            message = f"{name} does not take {each}; only {listed(takers)} {'does' if len(takers) == 1 else 'do'} (remove it)"
            yield Finding(where=(each,), message=message)
    for each in kind.needs:
        if each not in said.said():
            written = f"in a check: {each}: {EXAMPLES[each]}; on the command line: --with {each}={EXAMPLES[each]}"
            yield Finding(where=("fault",), message=f"{name} needs {each} ({written})")


def _nothing_named(plan: Plan, target: str) -> Iterator[Finding]:
    """For an unknown kind, check only that the target exists."""
    node = target.partition("/")[0]
    names = [*(each.name for each in plan.targets), *(each.name for each in plan.nodes)]
    if node not in names:
        yield Finding(where=("target",), message=f"nothing named {node[:60]!r} {way_out(node, names)}")
