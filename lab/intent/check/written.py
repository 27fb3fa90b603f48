"""Find the mistakes in a check that do not depend on the network. They are found even if the topology cannot be read."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lab.intent.check.consistency import inconsistent
from lab.intent.check.contradiction import contradictions
from lab.intent.check.document import ExpectationDocument, StepDocument
from lab.intent.document.fields import by_profile, valid_name
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below
from lab.intent.faults import unfit_words
from lab.model.check import CONTROL
from lab.spelling import way_out

_STEADY_SECONDS = 1.0
"""The lab is watched for this long before the first fault can begin."""

_Spoken = dict[tuple[str, str, str], Where]
"""For each flow, direction, and phase or event: the place of its promise."""


def wrong_as_written(shaped: Shaped, path: Path) -> Iterator[Finding]:
    """Every mistake that does not depend on the network: shape, name, kinds and times of faults, inconsistent promises."""
    yield from shaped.findings
    yield from _bad_name(path)
    yield from _steps(shaped)
    yield from _touching_without_steps(shaped)
    yield from _alarm_without_steps(shaped)
    yield from _expectations(shaped)
    yield from inconsistent(shaped)
    yield from contradictions(shaped)


def _bad_name(path: Path) -> Iterator[Finding]:
    if path.stem == CONTROL:
        yield Finding(where=(), message=f"'{CONTROL}' is the name of the built-in check without a fault (rename the file)")
    try:
        valid_name(path.stem)
    except ValueError as error:
        yield Finding(where=(), message=f"the file's name is the check's name: {error}")


def _touching_without_steps(shaped: Shaped) -> Iterator[Finding]:
    if shaped.at(("touches",)) is not None and shaped.at(("steps",)) is None:
        yield Finding(where=("touches",), message="the check has no steps, so no fault can touch a flow (remove the key 'touches')")


def _alarm_without_steps(shaped: Shaped) -> Iterator[Finding]:
    if isinstance(shaped.at(("alarm",)), dict) and shaped.at(("steps",)) is None:
        yield Finding(where=("alarm",), message="the check has no steps, so it breaks nothing and no alarm rings (write alarm: none)")


def _steps(shaped: Shaped) -> Iterator[Finding]:
    names: dict[str, int] = {}
    for where, step in shaped.entries(("steps",), StepDocument):
        yield from _mistimed(step, where)
        yield from _named_twice(step, where, names)
        yield from (finding.within(where) for finding in unfit_words(step.fault, step.understood()))


def _named_twice(step: StepDocument, where: Where, names: dict[str, int]) -> Iterator[Finding]:
    """Yield a mistake if an earlier step has the same name. `names`: for each name, the number of its step."""
    if step.name in names:
        yield Finding(
            where=(*where, "name"), message=f"steps[{names[step.name]}] already has the name {step.name!r} (give each step its own name)"
        )
    elif step.name is not None:
        names[step.name] = int(where[-1])


def _mistimed(step: StepDocument, where: Where) -> Iterator[Finding]:
    if min(by_profile(step.at)) < _STEADY_SECONDS:
        message = "a fault cannot begin before 1s, because the lab is first watched without faults (write 1s or more)"
        yield Finding(where=(*where, "at"), message=message)
    if min(by_profile(step.duration)) <= 0:
        yield Finding(where=(*where, "for"), message="expected more than 0s (for instance 20s)")


def _expectations(shaped: Shaped) -> Iterator[Finding]:
    called = list(_called(shaped))
    spoken: _Spoken = {}
    for where, written in shaped.entries(("expect",), ExpectationDocument):
        if shaped.at(("steps",)) is None:
            yield from _without_steps(written, where)
        elif written.when:
            yield from _no_event(written.when, called, where)
        yield from _promised_twice(written, where, spoken)


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
    """Yield a mistake if no step, or more than one step, has the name in `when`. `steps`: the name and the target of each step."""
    called = [name for name, _ in steps]
    for word in when:
        if word not in called:
            named = next((f"; the step with this target is named {name!r}" for name, target in steps if target == word), "")
            yield Finding(where=(*where, "when"), message=f"there is no step named {word[:60]!r}{named} {way_out(word, called)}")
        elif called.count(word) > 1:
            yield Finding(where=(*where, "when"), message=f"{called.count(word)} steps are named {word!r} (give each step its own name)")


def _promised_twice(written: ExpectationDocument, where: Where, spoken: _Spoken) -> Iterator[Finding]:
    """A mistake for each second promise for the same flow, direction and event. The promises of this expectation are added to `spoken`."""
    event = "".join(f"{step} {turn}" for step, turn in (written.when or {}).items())
    phases = [("before", written.before), ("during", written.during), ("after", written.after), (event, written.then)]
    for direction in [written.direction] if written.direction else ["forward", "reverse"]:
        for phase, promise in phases:
            first = spoken.setdefault((written.flow, direction, phase), where) if promise else where
            if first != where:
                place = (*where, phase if phase != event else "when")
                yield Finding(where=place, message=f"expect[{first[-1]}] already has a promise for the same flow and time (merge the two)")
