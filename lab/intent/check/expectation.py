"""Read the expectations of a check, and find names in them that the network does not have."""

from collections.abc import Iterator

from lab.intent.check.document import ExpectationDocument, PromiseDocument
from lab.intent.document.fields import PREDICTED, under
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below
from lab.intent.document.wording import with_article
from lab.model.check import Expectation, Promise, When
from lab.model.plan import Plan, Timers
from lab.spelling import way_out


def read_expectations(shaped: Shaped, plan: Plan, timers: Timers) -> Iterator[Expectation | Finding]:
    """Each expectation that can be read, and a mistake for each unknown flow or target."""
    for where in places_below(shaped.at(("expect",)), ("expect",)):
        yield from _unknown_flow(shaped, (*where, "flow"), plan)
        for phase in ("before", "during", "after", "then"):
            yield from _unpassed(shaped, (*where, phase, "via"), plan)
    for where, written in shaped.entries(("expect",), ExpectationDocument):
        place = f"{shaped.document.path}:{shaped.document.line((*where, 'during', 'outage_at_most'))}"
        yield _expectation(written, timers, place)


def _expectation(written: ExpectationDocument, timers: Timers, place: str) -> Expectation:
    return Expectation(
        flow=written.flow,
        directions=(written.direction,) if written.direction else ("forward", "reverse"),
        before=tuple(written.before.via) if written.before else (),
        during=_promise(written.during, timers, place),
        after=_promise(written.after, timers),
        when=next((When(step=step, turn=turn) for step, turn in (written.when or {}).items()), None),
        then=_promise(written.then, timers),
        symmetric=written.symmetric,
    )


def _promise(written: PromiseDocument | None, timers: Timers, place: str = "") -> Promise | None:
    """The promise for one timer profile. None if there is none. `place`: the file and line of its `outage_at_most`."""
    if written is None:
        return None
    most = written.outage_at_most
    return Promise(
        outage_at_most=None if most is None or most == PREDICTED else under(timers, most),
        predicted_at=place if most == PREDICTED else "",
        outage_at_least=None if written.outage_at_least is None else under(timers, written.outage_at_least),
        via=tuple(written.via or ()),
        reachable=written.reachable,
    )


def _unknown_flow(shaped: Shaped, where: Where, plan: Plan) -> Iterator[Finding]:
    flow, flows = shaped.at(where), [flow.name for flow in plan.flows]
    if isinstance(flow, str) and flow not in flows:
        yield Finding(where=where, message=f"there is no flow named {flow[:60]!r} {way_out(flow, flows)}")


def _unpassed(shaped: Shaped, where: Where, plan: Plan) -> Iterator[Finding]:
    """A mistake for each name in `via` that no path can pass."""
    passable = [target.name for target in plan.targets if target.waypoints or target.links]
    via = shaped.at(where)
    names = via if isinstance(via, list) else [via]
    for index, name in enumerate(names):
        if not isinstance(name, str) or name in passable:
            continue
        what = next((target.what for target in plan.targets if target.name == name), None)
        reason = (
            f"{name!r} is {with_article(what)}, which no path can pass" if what else f"there is nothing named {name[:60]!r} on any path"
        )
        yield Finding(where=(*where, index) if len(names) > 1 else where, message=f"{reason} {way_out(name, passable)}")
