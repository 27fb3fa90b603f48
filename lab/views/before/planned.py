"""Show the checks that would run: their faults, promises and durations."""

from collections.abc import Iterator, Sequence

from lab.model.check import Check, Expectation, Promise, Step
from lab.model.direction import Direction
from lab.model.reviewed import PlannedCheck
from lab.views.before.wrapped import wrapped
from lab.views.counted import counted, counted_checks
from lab.views.json_text import Json, json_text
from lab.views.plain_text import one_line
from lab.views.report.set_words import standing_words
from lab.views.report.words import ARROWS, lasting

_BOTH = "↔"


def planned_text(planned: Sequence[PlannedCheck], width: int | None = None) -> str:
    """A block for each check: name, seconds, summary, faults and promises. The last line has the total time.

    `width`: the columns of the terminal, None if there is none.
    """
    lines: list[str] = []
    for each in planned:
        lines += [*_block(each), ""]
    total = sum(each.seconds for each in planned)
    topologies = len({each.topology for each in planned})
    checks = counted_checks([each.check.name for each in planned])
    sum_up = f"{checks} of {counted(topologies, 'topology')}, about {lasting(total)} in all"
    return wrapped([*lines, sum_up], width)


def planned_json(planned: Sequence[PlannedCheck]) -> str:
    """The checks that would run, as JSON.

    `checks` has the checks, and `seconds` their total time. Labs that run at the same time take less.
    """
    return json_text({"schema": 1, "checks": [_as_json(each) for each in planned], "seconds": sum(each.seconds for each in planned)})


def _block(planned: PlannedCheck) -> Iterator[str]:
    check = planned.check
    yield f"{planned.topology}/{check.name}  {planned.seconds:.0f} s"
    yield f"  {one_line(check.summary)}"
    yield from (f"  fault    {_step_words(step)}" for step in check.steps)
    if check.automations:
        yield f"  acts     {', '.join(check.automations)} (only with --monitor)"
    if check.foreseen and check.foreseen.stands_for:
        yield f"  {standing_words(check.foreseen.stands_for)}"
    yield from (f"  promise  {each.flow} {_arrow(each)} {one_line(words)}" for each in check.expectations for words in _promises(each))
    yield from (f"  promise  {one_line(words)}" for words in _about_alarms(check))


def _step_words(step: Step) -> str:
    called = f" ({step.name})" if step.name else ""
    return f"{step.kind} {one_line(step.target)}{called} from {step.at:g} s to {step.end:g} s"


def _arrow(expectation: Expectation) -> str:
    return ARROWS[expectation.directions[0]] if len(expectation.directions) == 1 else _BOTH


def _promises(expectation: Expectation) -> Iterator[str]:
    if expectation.before:
        yield f"before: via {' or '.join(expectation.before)}"
    for event, promise in _events(expectation):
        yield f"{event}: {', '.join(_words(promise))}"
    if expectation.symmetric:
        yield "both directions pass the same edge routers"


def _about_alarms(check: Check) -> Iterator[str]:
    if check.is_silent:
        yield "no alarm rings"
    for each in check.alarms:
        within = "" if each.within is None else f" within {each.within:g} s"
        yield f"alarm {each.rule} rings{within}{' (only with --monitor)' if each.source == 'prometheus' else ''}"


def _events(expectation: Expectation) -> Iterator[tuple[str, Promise]]:
    """Each promise of an expectation, with the name of its phase or event."""
    for event, promise in (("during", expectation.during), ("after", expectation.after), (str(expectation.when), expectation.then)):
        if promise:
            yield event, promise


def _words(promise: Promise) -> Iterator[str]:
    if promise.outage_at_least is not None:
        yield f"out at least {promise.outage_at_least:g} s"
    if promise.outage_at_most is not None:
        yield f"out at most {promise.outage_at_most:g} s"
    if promise.via:
        yield f"via {' or '.join(promise.via)}"
    if not promise.reachable:
        yield "cut off"


def _as_json(planned: PlannedCheck) -> dict[str, Json]:
    check = planned.check
    return {
        "topology": planned.topology,
        "check": check.name,
        "summary": check.summary,
        "file": check.file or None,
        "faults": [
            {"fault": step.kind, "target": step.target, "name": step.name or None, "at": step.at, "for": step.duration}
            for step in check.steps
        ],
        "automations": list(check.automations),
        "promises": [*_promises_json(check), *_alarms_json(check)],
        "seconds": planned.seconds,
    }


def _promises_json(check: Check) -> Iterator[Json]:
    """The promises about flows as JSON. `event` is before, during, after, symmetric, or the name of a step with "begins" or "ends"."""
    for each in check.expectations:
        about: dict[str, Json] = {"flow": each.flow, "directions": list[Direction](each.directions)}
        if each.before:
            yield about | {"event": "before", "via": each.before}
        for event, promise in _events(each):
            yield about | {
                "event": event,
                "outage_at_most": promise.outage_at_most,
                "outage_at_least": promise.outage_at_least,
                "via": promise.via,
                "reachable": promise.reachable,
            }
        if each.symmetric:
            yield about | {"event": "symmetric"}


def _alarms_json(check: Check) -> Iterator[Json]:
    """The promises about alarms as JSON, in the same form. They have no flow. `rule` is null if no alarm may ring."""
    about: dict[str, Json] = {"flow": None, "directions": list[Direction](), "event": "alarm"}
    if check.is_silent:
        yield about | {"rule": None, "within": None, "source": None}
    for each in check.alarms:
        yield about | {"rule": each.rule, "within": each.within, "source": each.source}
