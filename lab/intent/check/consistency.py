"""Rules for the keys of one expectation. They find all mistakes at once, also in an expectation that has a wrong value."""

from collections.abc import Iterator, Mapping

from lab.intent.check.document import PromiseDocument
from lab.intent.document.fields import PREDICTED, by_profile
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below

_PHASES = ("during", "after", "then")


def inconsistent(shaped: Shaped) -> Iterator[Finding]:
    """All mistakes in the keys of each expectation and of its promises."""
    for where in places_below(shaped.at(("expect",)), ("expect",)):
        written = shaped.at(where)
        if not isinstance(written, dict):
            continue
        yield from _expectation(written, where)
        for phase in _PHASES:
            if isinstance(promise := written.get(phase), dict):
                yield from _promise(promise, (*where, phase))
                yield from _bounds(shaped, (*where, phase))


def _expectation(written: Mapping[str, object], where: Where) -> Iterator[Finding]:
    if ("when" in written) != ("then" in written):
        example = "for instance when: {dx1: begins}, then: {outage_at_most: 1.5s}"
        yield Finding(where=where, message=f"when (an event) and then (what is promised for it) must be given together ({example})")
    if written.keys().isdisjoint({"before", "when", *_PHASES}) and written.get("symmetric", False) is False:
        keys = "before:, during:, after:, when: and then:, or symmetric: true"
        yield Finding(where=where, message=f"this expectation promises nothing (add {keys}; for instance during: {{outage_at_most: 1.5s}})")
    if written.get("symmetric") is True and "direction" in written:
        yield Finding(where=where, message="symmetric already compares both directions, so direction has no effect (remove direction)")


def _promise(written: Mapping[str, object], where: Where) -> Iterator[Finding]:
    others = [name for name in PromiseDocument.model_fields if name in written and name != "reachable"]
    if not written:
        yield Finding(where=where, message="this expectation promises nothing (add a promise, for instance outage_at_most: 1.5s)")
    if written.get("reachable") is False and others:
        way_out = f"remove reachable: false, or remove {' and '.join(others)}"
        yield Finding(where=where, message=f"reachable: false cannot be combined with {', '.join(others)} ({way_out})")


def _bounds(shaped: Shaped, where: Where) -> Iterator[Finding]:
    """Yield a mistake if outage_at_least is longer than outage_at_most with one of the timer profiles."""
    if not shaped.fits(where):
        return
    promise = PromiseDocument.model_validate(shaped.at(where))
    least, most = promise.outage_at_least, promise.outage_at_most
    if most == PREDICTED and where[-1] != "during":
        message = "predicted works only in during (write a duration here)"
        yield Finding(where=(*where, "outage_at_most"), message=message)
    if least is not None and most is not None and most != PREDICTED:
        bounds = zip(by_profile(least), by_profile(most), strict=True)
        if any(low > high for low, high in bounds):
            yield Finding(where=where, message="outage_at_least is more than outage_at_most (exchange the two values?)")
