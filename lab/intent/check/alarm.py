"""Read the promised alarm of a check, and find a rule that the topology does not have."""

from collections.abc import Iterator

from lab.intent.check.document import AlarmPromiseDocument
from lab.intent.document.fields import under
from lab.intent.document.finding import Finding
from lab.intent.document.shape import Shaped
from lab.intent.monitor import shipped_rules
from lab.model.check import AlarmPromise
from lab.model.plan import Plan, Timers
from lab.spelling import way_out

_KEY = ("alarm",)
NONE = "none"
"""The word that means: no alarm may ring."""


def is_silent(shaped: Shaped) -> bool:
    """Whether the check says that no alarm may ring."""
    return shaped.at(_KEY) == NONE


def read_alarm(shaped: Shaped, plan: Plan, timers: Timers) -> Iterator[AlarmPromise | Finding]:
    """The promised alarm, or a mistake for an unknown rule."""
    rule, cloudwatch = shaped.at((*_KEY, "rule")), [alarm.name for alarm in plan.alarms]
    rules = [*cloudwatch, *shipped_rules(), *(plan.monitoring.alarms if plan.monitoring else ())]
    if isinstance(rule, str) and rule not in rules:
        yield Finding(where=(*_KEY, "rule"), message=f"there is no alarm named {rule[:60]!r} {way_out(rule, rules)}")
    elif isinstance(rule, str) and shaped.fits(_KEY):
        written = AlarmPromiseDocument.model_validate(shaped.at(_KEY))
        yield AlarmPromise(
            rule=rule,
            within=None if written.within is None else under(timers, written.within),
            source="cloudwatch" if rule in cloudwatch else "prometheus",
        )
