"""Resolving a fault: kind, target and parameters, as a check or a command line names them, become what exactly breaks in a plan."""

from collections.abc import Iterator

from lab.errors import InputError, Problem
from lab.intent.document.finding import Finding
from lab.intent.document.wording import listed, way_out
from lab.intent.faults import links, nodes, routing, tunnels
from lab.intent.faults.parameters import EXAMPLES, Parameters
from lab.intent.faults.target import Kind, UnfitError
from lab.model.fault import Fault
from lab.model.plan import Plan

_KINDS: dict[str, Kind] = {**links.KINDS, **nodes.KINDS, **tunnels.KINDS, **routing.KINDS}

TARGETS: dict[str, str] = {name: kind.targets for name, kind in _KINDS.items()}
"""What each kind of fault takes as its target, in a person's words."""

PARAMETERS: dict[str, tuple[str, ...]] = {name: (*kind.needs, *kind.takes) for name, kind in _KINDS.items()}
"""What each kind of fault may be told beside its target."""

NEEDED: dict[str, tuple[str, ...]] = {name: kind.needs for name, kind in _KINDS.items()}
"""What each kind of fault must be told."""

_NOTHING_SAID = Parameters()


def resolve_fault(plan: Plan, kind: str, target: str, said: Parameters = _NOTHING_SAID, *, place: str = "lab-break") -> Fault:
    """The fault of that kind on that target of the plan; InputError at `place`, a word of the command line, if there is no such."""
    found = find_fault(plan, kind, target, said)
    if isinstance(found, tuple):
        raise InputError([Problem(place=place, message=finding.message) for finding in found])
    return found


def find_fault(plan: Plan, kind: str, target: str, said: Parameters) -> Fault | tuple[Finding, ...]:
    """The fault, or what is wrong with the words `fault` and `target` and the parameters of its step."""
    reading = _KINDS.get(kind)
    if reading is None:
        findings = [Finding(where=("fault",), message=f"no fault {kind[:60]!r} {way_out(kind, _KINDS)}")]
        return *findings, *_nothing_named(plan, target)
    unfit = tuple(_misplaced(kind, reading, said))
    try:
        fault = reading.resolve(plan, target, said)
    except UnfitError as error:
        return *unfit, Finding(where=(error.where,), message=str(error))
    return unfit or fault


def _misplaced(name: str, kind: Kind, said: Parameters) -> Iterator[Finding]:
    """Parameters the kind does not take, and those it lacks."""
    for each in said.said():
        if each not in PARAMETERS[name]:
            takers = [other for other in _KINDS if each in PARAMETERS[other]]
            message = f"only {listed(takers)} {'takes' if len(takers) == 1 else 'take'} a {each} (remove it)"
            yield Finding(where=(each,), message=message)
    for each in kind.needs:
        if each not in said.said():
            written = f"{each}: {EXAMPLES[each]}; by hand --with {each}={EXAMPLES[each]}"
            yield Finding(where=("fault",), message=f"{name} needs a {each} (write it beside, for instance {written})")


def _nothing_named(plan: Plan, target: str) -> Iterator[Finding]:
    """Of an unknown kind, only the target's existence can be judged."""
    node = target.partition("/")[0]
    names = [*(each.name for each in plan.targets), *(each.name for each in plan.nodes)]
    if node not in names:
        yield Finding(where=("target",), message=f"nothing named {node[:60]!r} {way_out(node, names)}")
