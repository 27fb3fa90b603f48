"""Read the messages of Alertmanager's webhook. They are untrusted: a rule file of the user can put any text into them."""

import json
from collections.abc import Iterator
from typing import Any

from lab.model.snapshot import Rung

MOST_BYTES = 256 * 1024
"""A longer message is refused, and not read."""

_MOST_ALERTS = 200
_MOST_LABELS = 30
_LONGEST = 300
_NAME = "alertname"
_OURS = frozenset({_NAME, "job", "instance", "monitor"})
"""Labels that say nothing about the lab."""


class NotAMessageError(ValueError):
    """A body is not a message of Alertmanager. The text says what is wrong with it."""


def rungs(body: bytes, at: float) -> tuple[Rung, ...]:
    """The alarms of a message (webhook format version 4) that was received at the instant `at`. Raises NotAMessageError."""
    if len(body) > MOST_BYTES:
        raise NotAMessageError(f"longer than {MOST_BYTES} bytes")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAMessageError("not JSON") from error
    alerts = told.get("alerts") if isinstance(told, dict) else None
    if not isinstance(alerts, list):
        raise NotAMessageError("no list of alerts")
    if len(alerts) > _MOST_ALERTS:
        raise NotAMessageError(f"more than {_MOST_ALERTS} alerts")
    return tuple(_rung(alert, at) for alert in alerts)


def _rung(alert: Any, at: float) -> Rung:
    if not isinstance(alert, dict):
        raise NotAMessageError("an alert is not an object")
    status, labels = alert.get("status"), dict(_texts(alert, "labels"))
    if status not in ("firing", "resolved"):
        raise NotAMessageError("an alert is neither firing nor resolved")
    if not labels.get(_NAME):
        raise NotAMessageError("an alert has no alertname")
    return Rung(
        rule=labels[_NAME],
        state=status,
        at=at,
        labels=tuple(sorted((name, value) for name, value in labels.items() if name not in _OURS)),
        summary=dict(_texts(alert, "annotations")).get("summary", ""),
    )


def _texts(alert: dict[str, Any], field: str) -> Iterator[tuple[str, str]]:
    told = alert.get(field, {})
    if not isinstance(told, dict) or len(told) > _MOST_LABELS:
        raise NotAMessageError(f"the {field} of an alert are no object of at most {_MOST_LABELS} texts")
    for name, value in told.items():
        if not isinstance(value, str):
            raise NotAMessageError(f"the {field} of an alert are not texts")
        yield _clean(name), _clean(value)


def _clean(text: str) -> str:
    """One line without control characters, not too long for a report."""
    return "".join(each if each.isprintable() else " " for each in text[:_LONGEST])
