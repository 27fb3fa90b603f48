"""Read the expectations of a check: resolve flows, events and targets by name, and find promises that cannot be kept."""

from collections.abc import Iterable, Iterator, Sequence

from lab.intent.check.document import ExpectationDocument, PromiseDocument
from lab.intent.document.fields import by_profile, under
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below
from lab.intent.document.wording import way_out, with_article
from lab.model.check import Expectation, Promise, When
from lab.model.plan import Plan, Timers

_Spoken = dict[tuple[str, str, str], Where]
"""The place of the promise for a flow, a direction, and a phase or event."""


def read_expectations(shaped: Shaped, plan: Plan, timers: Timers) -> Iterator[Expectation | Finding]:
    """Each expectation of a check that can be read, and every problem."""
    called = list(_called(shaped))
    spoken: _Spoken = {}
    for where, written in shaped.entries(("expect",), ExpectationDocument):
        flows = [flow.name for flow in plan.flows]
        if written.flow not in flows:
            yield Finding(where=(*where, "flow"), message=f"no flow named {written.flow[:60]!r} {way_out(written.flow, flows)}")
        for phase, promise in (("during", written.during), ("after", written.after), ("then", written.then)):
            if promise:
                yield from _unkept(promise, (*where, phase), plan)
        if written.before:
            yield from _unpassed(written.before.via, (*where, "before"), plan)
        if shaped.at(("steps",)) is None:
            yield from _without_steps(written, where)
        elif written.when:
            yield from _no_event(written.when, called, where)
        yield from _promised_twice(written, where, spoken)
        yield _expectation(written, timers)


def _expectation(written: ExpectationDocument, timers: Timers) -> Expectation:
    return Expectation(
        flow=written.flow,
        directions=(written.direction,) if written.direction else ("forward", "reverse"),
        before=tuple(written.before.via) if written.before else (),
        during=_promise(written.during, timers),
        after=_promise(written.after, timers),
        when=next((When(step=step, turn=turn) for step, turn in (written.when or {}).items()), None),
        then=_promise(written.then, timers),
        symmetric=written.symmetric,
    )


def _promise(written: PromiseDocument | None, timers: Timers) -> Promise | None:
    if written is None:
        return None
    return Promise(
        outage_at_most=None if written.outage_at_most is None else under(timers, written.outage_at_most),
        outage_at_least=None if written.outage_at_least is None else under(timers, written.outage_at_least),
        via=tuple(written.via or ()),
        reachable=written.reachable,
    )


def _without_steps(written: ExpectationDocument, where: Where) -> Iterator[Finding]:
    for key, value in (("during", written.during), ("after", written.after), ("when", written.when)):
        if value:
            message = "the check has no steps, so it breaks nothing (add steps:, or use only before: and symmetric:)"
            yield Finding(where=(*where, key), message=message)


def _called(shaped: Shaped) -> Iterator[tuple[str, str]]:
    """The name and the target of each step, also of steps with mistakes in other keys."""
    for where in places_below(shaped.at(("steps",)), ("steps",)):
        name, target = shaped.at((*where, "name")), shaped.at((*where, "target"))
        if isinstance(name or target, str):
            yield str(name or target), str(target)


def _no_event(when: Iterable[str], steps: Sequence[tuple[str, str]], where: Where) -> Iterator[Finding]:
    """A name of no step, or of two steps. `steps` are names and targets."""
    called = [name for name, _ in steps]
    for word in when:
        if word not in called:
            named = next((f"; the step with this target is named {name!r}" for name, target in steps if target == word), "")
            yield Finding(where=(*where, "when"), message=f"no step named {word[:60]!r}{named} {way_out(word, called)}")
        elif called.count(word) > 1:
            yield Finding(where=(*where, "when"), message=f"{called.count(word)} steps are named {word!r} (give each its own name:)")


def _promised_twice(written: ExpectationDocument, where: Where, spoken: _Spoken) -> Iterator[Finding]:
    """Refuse a second promise for the same thing: nobody could tell which one counts. Adds these promises to `spoken`."""
    event = "".join(f"{step} {turn}" for step, turn in (written.when or {}).items())
    phases = [("before", written.before), ("during", written.during), ("after", written.after), (event, written.then)]
    for direction in [written.direction] if written.direction else ["forward", "reverse"]:
        for phase, promise in phases:
            first = spoken.setdefault((written.flow, direction, phase), where) if promise else where
            if first != where:
                place = (*where, phase if phase != event else "when")
                yield Finding(where=place, message=f"expect[{first[-1]}] already has a promise for this (merge the two)")


def _unkept(promise: PromiseDocument, where: Where, plan: Plan) -> Iterator[Finding]:
    """The reasons why no network could keep a promise."""
    if promise.outage_at_least is not None and promise.outage_at_most is not None:
        bounds = zip(by_profile(promise.outage_at_least), by_profile(promise.outage_at_most), strict=True)
        if any(least > most for least, most in bounds):
            yield Finding(where=where, message="outage_at_least is more than outage_at_most (exchange them?)")
    yield from _unpassed(promise.via or (), where, plan)


def _unpassed(via: Sequence[str], where: Where, plan: Plan) -> Iterator[Finding]:
    """The names in `via` that can never be seen on a path."""
    passable = [target.name for target in plan.targets if target.waypoints or target.links]
    for index, name in enumerate(via):
        if name in passable:
            continue
        place = (*where, "via", index) if len(via) > 1 else (*where, "via")
        what = next((target.what for target in plan.targets if target.name == name), None)
        reason = f"{name!r} is {with_article(what)}, which is never seen on a path" if what else f"nothing named {name[:60]!r} on any path"
        yield Finding(where=place, message=f"{reason} {way_out(name, passable)}")
