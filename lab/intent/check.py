"""Reading a check: the file, its shape, its names against a plan, and every problem of the three at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.intent.check_document import CheckDocument, ExpectationDocument, PromiseDocument, StepDocument
from lab.intent.clash import clash, kept_waiting
from lab.intent.document import read_document
from lab.intent.faults import find_fault
from lab.intent.faults.lasting import too_short
from lab.intent.fields import ByTimers, valid_name
from lab.intent.finding import Finding, Where
from lab.intent.shape import Shaped, shape
from lab.intent.wording import way_out, with_article
from lab.model.check import CONTROL, SHORTEST_PROBE, Check, Expectation, Promise, Step
from lab.model.fault import Fault, MtuDrop
from lab.model.plan import Plan, Timers

_STEADY_SECONDS = 1.0
"""How long a lab is watched before the first fault may come."""

_IPSEC_OCTETS = 100
"""More than IPsec ever puts around a packet here: outer IP and UDP, SPI and number, IV, padding, ICV (RFC 4303, 3948)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    plan: Plan
    timers: Timers


def read_check(path: Path, plan: Plan, timers: Timers) -> Check:
    """The check in a YAML file, its names resolved against a plan, its durations those of a timer profile.

    InputError with every problem of the file, by line, each with the way out. The check is called as its file.
    """
    shaped = shape(read_document(path), CheckDocument)
    context = _Context(plan=plan, timers=timers)
    steps = list(_steps(shaped, context))
    expectations = list(_expectations(shaped, context))
    problems = [found for found in (*steps, *expectations) if isinstance(found, Finding)]
    shaped.document.refuse([*shaped.findings, *_bad_name(path), *problems])
    return Check(
        name=path.stem,
        summary=shaped.text("summary"),
        steps=tuple(step for step in steps if isinstance(step, Step)),
        expectations=tuple(expectation for expectation in expectations if isinstance(expectation, Expectation)),
        file=str(path),
        probe_size=_probe_size(shaped),
    )


def _probe_size(shaped: Shaped) -> int | None:
    size = shaped.at(("probe_size",))
    return size if isinstance(size, int) else None


def _bad_name(path: Path) -> Iterator[Finding]:
    if path.stem == CONTROL:
        yield Finding(where=(), message=f"'{CONTROL}' is the name of the run without a fault, which comes by itself (rename the file)")
    try:
        valid_name(path.stem)
    except ValueError as error:
        yield Finding(where=(), message=f"the check is called as its file: {error}")


def _steps(shaped: Shaped, context: _Context) -> Iterator[Step | Finding]:
    earlier: list[Step] = []
    for where, step in shaped.entries(("steps",), StepDocument):
        yield from _mistimed(step, where)
        fault = find_fault(context.plan, step.fault, step.target, step.understood())
        if isinstance(fault, tuple):
            yield from (Finding(where=(*where, *finding.where), message=finding.message) for finding in fault)
            continue
        at, duration = _seconds(step.at, context), _seconds(step.duration, context)
        resolved = Step(kind=step.fault, target=step.target, fault=fault, at=at, duration=duration)
        yield from _too_short(fault, step, where)
        yield from _too_small(fault, shaped)
        if reason := next(filter(None, (clash(context.plan, resolved, other) for other in earlier)), None):
            yield Finding(where=(*where, "at"), message=f"{reason} (let one begin when the other has ended)")
        elif reason := next(filter(None, (kept_waiting(resolved, other) for other in earlier)), None):
            yield Finding(where=(*where, "at"), message=reason)
        earlier.append(resolved)
        yield resolved


def _mistimed(step: StepDocument, where: Where) -> Iterator[Finding]:
    if min(_each(step.at)) < _STEADY_SECONDS:
        message = "a fault comes at 1s or later: the lab is first watched while nothing is wrong (write 1s or more)"
        yield Finding(where=(*where, "at"), message=message)
    if min(_each(step.duration)) <= 0:
        yield Finding(where=(*where, "for"), message="a fault lasts longer than nothing (for instance 20s)")


def _too_short(fault: Fault, step: StepDocument, where: Where) -> Iterator[Finding]:
    if reason := too_short(fault, min(_each(step.duration))):
        yield Finding(where=(*where, "for"), message=reason)


def _too_small(fault: Fault, shaped: Shaped) -> Iterator[Finding]:
    """Probes that pass a link which drops only larger packets, even with all that IPsec puts around them, would prove nothing."""
    size = _probe_size(shaped) or SHORTEST_PROBE
    if isinstance(fault, MtuDrop) and size + _IPSEC_OCTETS <= fault.mtu:
        message = f"probes are IP packets of {size} octets, and none is dropped for its size (write probe_size: {fault.mtu + 1} or more)"
        yield Finding(where=("probe_size",), message=message)


def _expectations(shaped: Shaped, context: _Context) -> Iterator[Expectation | Finding]:
    for where, written in shaped.entries(("expect",), ExpectationDocument):
        flows = [flow.name for flow in context.plan.flows]
        if written.flow not in flows:
            yield Finding(where=(*where, "flow"), message=f"no flow named {written.flow[:60]!r} {way_out(written.flow, flows)}")
        for phase, promise in (("during", written.during), ("after", written.after)):
            if promise:
                yield from _unkept(promise, (*where, phase), context.plan)
        yield Expectation(
            flow=written.flow,
            directions=(written.direction,) if written.direction else ("forward", "reverse"),
            during=_promise(written.during, context),
            after=_promise(written.after, context),
        )


def _unkept(promise: PromiseDocument, where: Where, plan: Plan) -> Iterator[Finding]:
    """What makes a promise one that no network could keep."""
    if promise.outage_at_least is not None and promise.outage_at_most is not None:
        bounds = zip(_each(promise.outage_at_least), _each(promise.outage_at_most), strict=True)
        if any(least > most for least, most in bounds):
            yield Finding(where=where, message="outage_at_least is more than outage_at_most, so nothing could keep it (swap them?)")
    passable = [target.name for target in plan.targets if target.waypoints or target.links]
    for index, name in enumerate(promise.via or ()):
        if name in passable:
            continue
        place = (*where, "via", index) if len(promise.via or ()) > 1 else (*where, "via")
        what = next((target.what for target in plan.targets if target.name == name), None)
        reason = f"{name!r} is {with_article(what)}, which no path is seen to pass" if what else f"nothing named {name[:60]!r} on any path"
        yield Finding(where=place, message=f"{reason} {way_out(name, passable)}")


def _promise(written: PromiseDocument | None, context: _Context) -> Promise | None:
    if written is None:
        return None
    return Promise(
        outage_at_most=None if written.outage_at_most is None else _seconds(written.outage_at_most, context),
        outage_at_least=None if written.outage_at_least is None else _seconds(written.outage_at_least, context),
        via=tuple(written.via or ()),
        reachable=written.reachable,
    )


def _seconds(duration: float | ByTimers, context: _Context) -> float:
    return duration.under(context.timers) if isinstance(duration, ByTimers) else duration


def _each(duration: float | ByTimers) -> tuple[float, float]:
    """The duration under both profiles: tuned, default."""
    return (duration.tuned, duration.default) if isinstance(duration, ByTimers) else (duration, duration)
