"""Read the expectations of a check: resolve flows and targets by name."""

from collections.abc import Iterator, Sequence

from lab.intent.check.document import ExpectationDocument, PromiseDocument
from lab.intent.document.fields import under
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped
from lab.intent.document.wording import with_article
from lab.model.check import Expectation, Promise, When
from lab.model.plan import Plan, Timers
from lab.spelling import way_out


def read_expectations(shaped: Shaped, plan: Plan, timers: Timers) -> Iterator[Expectation | Finding]:
    """Each expectation of a check that can be read, and each name that its network does not have."""
    for where, written in shaped.entries(("expect",), ExpectationDocument):
        flows = [flow.name for flow in plan.flows]
        if written.flow not in flows:
            yield Finding(where=(*where, "flow"), message=f"no flow named {written.flow[:60]!r} {way_out(written.flow, flows)}")
        for phase, promise in (("during", written.during), ("after", written.after), ("then", written.then)):
            if promise:
                yield from _unpassed(promise.via or (), (*where, phase), plan)
        if written.before:
            yield from _unpassed(written.before.via, (*where, "before"), plan)
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
