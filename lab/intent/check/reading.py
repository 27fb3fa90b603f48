"""Read a check file. All problems are reported at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.intent.check.alarm import is_silent, read_alarm
from lab.intent.check.automation import read_automations
from lab.intent.check.clash import clash, kept_waiting
from lab.intent.check.document import CheckDocument, StepDocument
from lab.intent.check.expectation import read_expectations
from lab.intent.check.written import wrong_as_written
from lab.intent.document.fields import by_profile, under
from lab.intent.document.file import read_document
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, shape
from lab.intent.faults import find_fault
from lab.intent.faults.lasting import too_short
from lab.model.aws import JUMBO_MTU, TRANSIT_GATEWAY_MTU
from lab.model.check import SHORTEST_PROBE, AlarmPromise, Check, Expectation, Step
from lab.model.fault import Fault, MtuDrop
from lab.model.plan import Plan, Role, Timers
from lab.model.topology import LINK_MTU


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    plan: Plan
    timers: Timers


def read_check(path: Path, plan: Plan, timers: Timers) -> Check:
    """Read a check from a YAML file. Names in it are looked up in the plan.

    If a duration has a value for each timer profile, that of `timers` is taken. The file's name is the check's name.

    Raises one InputError that lists every problem with its line and what to do.
    """
    shaped = shape(read_document(path), CheckDocument)
    context = _Context(plan=plan, timers=timers)
    steps = list(_steps(shaped, context))
    expectations = list(read_expectations(shaped, plan, timers))
    alarms = list(read_alarm(shaped, plan, timers))
    automations = list(read_automations(shaped, plan))
    problems = [found for found in (*steps, *expectations, *alarms, *automations) if isinstance(found, Finding)]
    shaped.document.refuse([*wrong_as_written(shaped, path), *_too_long(shaped, plan), *problems])
    return Check(
        name=path.stem,
        summary=shaped.text("summary"),
        steps=tuple(step for step in steps if isinstance(step, Step)),
        expectations=tuple(expectation for expectation in expectations if isinstance(expectation, Expectation)),
        file=str(path),
        probe_size=_probe_size(shaped),
        touches_nothing=shaped.at(("touches",)) is not None,
        alarms=tuple(alarm for alarm in alarms if isinstance(alarm, AlarmPromise)),
        is_silent=is_silent(shaped),
        automations=tuple(name for name in automations if isinstance(name, str)),
    )


def review_check(path: Path, plan: Plan | None) -> None:
    """Raise one InputError that lists every problem of a check with any timer profile. Without a plan, the names in it are not checked."""
    shaped = shape(read_document(path), CheckDocument)
    found: list[object] = []
    if plan:
        found += [each for timers in Timers for each in _steps(shaped, _Context(plan=plan, timers=timers))]
        found += read_expectations(shaped, plan, plan.timers)
        found += read_alarm(shaped, plan, plan.timers)
        found += read_automations(shaped, plan)
        found += _too_long(shaped, plan)
    shaped.document.refuse([*wrong_as_written(shaped, path), *(each for each in found if isinstance(each, Finding))])


def _probe_size(shaped: Shaped) -> int | None:
    size = shaped.at(("probe_size",))
    return size if isinstance(size, int) else None


def _too_long(shaped: Shaped, plan: Plan) -> Iterator[Finding]:
    """Yield a mistake if probes would not even leave a host, because they are longer than its link carries."""
    size = _probe_size(shaped)
    hosts = (node for node in plan.nodes if node.role in {Role.HOST, Role.VPC_HOST})
    least = min((each.mtu for node in hosts for each in node.interfaces), default=LINK_MTU)
    if size is not None and least < size <= JUMBO_MTU:
        way_out = f"write {least} or less; mtu: {JUMBO_MTU} or {TRANSIT_GATEWAY_MTU} on a virtual interface gives the network jumbo frames"
        message = f"{size} octets do not fit the links of this network, which carry up to {least} ({way_out})"
        yield Finding(where=("probe_size",), message=message)


def _steps(shaped: Shaped, context: _Context) -> Iterator[Step | Finding]:
    earlier: list[Step] = []
    for where, step in shaped.entries(("steps",), StepDocument):
        fault = find_fault(context.plan, step.fault, step.target, step.understood())
        if isinstance(fault, tuple):
            yield from (finding.within(where) for finding in fault)
            continue
        at, duration = under(context.timers, step.at), under(context.timers, step.duration)
        resolved = Step(kind=step.fault, target=step.target, fault=fault, at=at, duration=duration, name=step.name or "")
        yield from _too_short(fault, step, where)
        yield from _too_small(fault, shaped, context.plan)
        if reason := next(filter(None, (clash(context.plan, resolved, other) for other in earlier)), None):
            yield Finding(where=(*where, "at"), message=f"{reason} (let one fault begin after the other has ended)")
        elif reason := next(filter(None, (kept_waiting(context.plan, resolved, other) for other in earlier)), None):
            yield Finding(where=(*where, "at"), message=reason)
        earlier.append(resolved)
        yield resolved


def _too_short(fault: Fault, step: StepDocument, where: Where) -> Iterator[Finding]:
    if reason := too_short(fault, min(by_profile(step.duration))):
        yield Finding(where=(*where, "for"), message=reason)


def _too_small(fault: Fault, shaped: Shaped, plan: Plan) -> Iterator[Finding]:
    """Yield a mistake if an mtu-drop would not drop the probes, because they are too short. In a tunnel, ESP makes probes longer."""
    if not isinstance(fault, MtuDrop):
        return
    size = _probe_size(shaped) or SHORTEST_PROBE
    tunnelled = [_carries_tunnels(plan, link) for link in fault.links]
    suites = {tunnel.options.suite for tunnel in plan.tunnels}
    if any(size > fault.mtu or (each and any(suite.outside(size) > fault.mtu for suite in suites)) for each in tunnelled):
        return
    least = min(suite.fewest(fault.mtu) for suite in suites) if any(tunnelled) else fault.mtu + 1
    message = f"mtu-drop does not drop probes of {size} octets, because they are too small (write probe_size: {least} or more)"
    yield Finding(where=("probe_size",), message=message)


def _carries_tunnels(plan: Plan, name: str) -> bool:
    link = plan.link(name)
    return Role.INTERNET in (plan.node(link.a.node).role, plan.node(link.b.node).role)
