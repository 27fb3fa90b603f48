"""A message of Alertmanager becomes alarms. Any other body is refused with a reason, never with a traceback."""

import json
from typing import Any

import pytest

from lab.model.snapshot import Rung
from lab.monitor.webhook import MOST_BYTES, NotAMessageError, rungs

ALERT: dict[str, Any] = {
    "status": "firing",
    "labels": {"alertname": "FlowLossHigh", "flow": "dc1-app", "instance": "127.0.0.1:9100", "job": "lab", "direction": "forward"},
    "annotations": {"summary": "dc1-app forward loses 3.9% of its packets"},
    "startsAt": "2026-11-30T03:36:24.775Z",
}


def body(**changes: object) -> bytes:
    """A message with one alert that is changed so."""
    return json.dumps({"version": "4", "status": "firing", "alerts": [ALERT | changes]}).encode()


def test_a_message_becomes_alarms_at_the_instant_when_it_came() -> None:
    assert rungs(body(), 7.5) == (
        Rung(
            rule="FlowLossHigh",
            state="firing",
            at=7.5,
            labels=(("direction", "forward"), ("flow", "dc1-app")),
            summary="dc1-app forward loses 3.9% of its packets",
        ),
    )


def test_an_alarm_that_ends_says_so() -> None:
    assert rungs(body(status="resolved"), 1.0)[0].state == "resolved"


def test_an_alarm_needs_no_annotations() -> None:
    assert rungs(body(annotations={}), 1.0)[0].summary == ""


def test_what_a_report_cannot_show_is_removed() -> None:
    (told,) = rungs(body(labels={"alertname": "A", "x": "red\x1b[31m\n" + "y" * 1000}), 1.0)
    value = dict(told.labels)["x"]
    assert value.startswith("red [31m y")
    assert len(value) == 300


@pytest.mark.parametrize(
    ("bad", "why"),
    {
        "not JSON": (b"alerts", "not JSON"),
        "not UTF-8": (b"\xff\xfe\x00", "not JSON"),
        "nested too deep": (b"[" * 100_000, "not JSON"),
        "a list": (b"[]", "no list of alerts"),
        "without alerts": (b"{}", "no list of alerts"),
        "alerts of another kind": (b'{"alerts": {}}', "no list of alerts"),
        "an alert that is a text": (b'{"alerts": ["x"]}', "an alert is not an object"),
        "too many alerts": (json.dumps({"alerts": [{}] * 201}).encode(), "more than 200 alerts"),
        "too long": (b" " * (MOST_BYTES + 1), f"longer than {MOST_BYTES} bytes"),
        "another status": (body(status="burning"), "an alert is neither firing nor resolved"),
        "a status that is a list": (body(status=["firing"]), "an alert is neither firing nor resolved"),
        "without a name": (body(labels={"flow": "a"}), "an alert has no alertname"),
        "labels that are a list": (body(labels=["a"]), "the labels of an alert are no object of at most 30 texts"),
        "too many labels": (body(labels={f"l{n}": "" for n in range(31)}), "the labels of an alert are no object of at most 30 texts"),
        "a label that is a number": (body(labels={"alertname": 3}), "the labels of an alert are not texts"),
        "annotations that are null": (body(annotations=None), "the annotations of an alert are no object of at most 30 texts"),
    }.values(),
)
def test_any_other_body_is_refused(bad: bytes, why: str) -> None:
    with pytest.raises(NotAMessageError) as error:
        rungs(bad, 1.0)
    assert str(error.value) == why
