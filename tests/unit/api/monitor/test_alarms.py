"""Alarms reach the check that runs, each beginning and end once."""

import pytest

from lab.api.monitor.alarms import Alarms
from lab.errors import MeasurementError
from lab.model.evidence import TimelineEvent
from lab.model.snapshot import Rung

FIRING = Rung(rule="FlowLossHigh", state="firing", at=5.0, labels=(("flow", "a"),), summary="a loses 2% of its packets")
RESOLVED = Rung(rule="FlowLossHigh", state="resolved", at=9.0, labels=(("flow", "a"),), summary="a loses 2% of its packets")


def test_an_alarm_begins_and_ends_in_the_timeline() -> None:
    told: list[TimelineEvent] = []
    alarms = Alarms()
    with alarms.told_to(told.append):
        alarms.hear(FIRING)
        alarms.hear(FIRING)
        alarms.hear(RESOLVED)
    assert told == [
        TimelineEvent(
            at=5.0,
            node="prometheus",
            source="alarm",
            what="FlowLossHigh begins: a loses 2% of its packets",
            rings="FlowLossHigh",
        ),
        TimelineEvent(at=9.0, node="prometheus", source="alarm", what="FlowLossHigh ends: a loses 2% of its packets"),
    ]


def test_an_alarm_without_a_summary_shows_its_labels() -> None:
    told: list[TimelineEvent] = []
    alarms = Alarms()
    with alarms.told_to(told.append):
        alarms.hear(Rung(rule="Own", state="firing", at=1.0, labels=(("flow", "a"), ("site", "dc1"))))
    assert told[0].what == "Own begins: flow a, site dc1"


def test_an_alarm_that_never_began_does_not_end() -> None:
    told: list[TimelineEvent] = []
    with Alarms().told_to(told.append):
        pass
    alarms = Alarms()
    with alarms.told_to(told.append):
        alarms.hear(RESOLVED)
    assert told == []


def test_between_checks_nobody_listens_and_an_old_alarm_is_told_at_the_end_of_the_next() -> None:
    told: list[TimelineEvent] = []
    alarms = Alarms()
    alarms.hear(FIRING)
    with alarms.told_to(told.append):
        assert told == []
    assert [(each.what, each.rings, each.is_old) for each in told] == [
        ("FlowLossHigh fires since before the check: a loses 2% of its packets", "FlowLossHigh", True)
    ]
    assert told[0].at > 9.0


def test_an_old_alarm_that_ends_in_the_check_is_only_an_end() -> None:
    told: list[TimelineEvent] = []
    alarms = Alarms()
    alarms.hear(FIRING)
    with alarms.told_to(told.append):
        alarms.hear(RESOLVED)
    assert [each.what for each in told] == ["FlowLossHigh ends: a loses 2% of its packets"]


def test_a_check_that_breaks_off_gets_no_more_alarms() -> None:
    told: list[TimelineEvent] = []
    alarms = Alarms()
    alarms.hear(FIRING)
    with pytest.raises(MeasurementError), alarms.told_to(told.append):
        raise MeasurementError("broken off")
    alarms.hear(RESOLVED)
    assert told == []


def test_an_automation_hears_each_beginning_and_end_once() -> None:
    heard: list[Rung] = []
    alarms = Alarms()
    with alarms.heard_by(heard.append):
        for rung in (FIRING, FIRING, RESOLVED):
            alarms.hear(rung)
    alarms.hear(FIRING)
    assert heard == [FIRING, RESOLVED]


def test_the_keeper_hears_of_alarms_that_rang_before_its_lab_was_there() -> None:
    heard: list[Rung] = []
    alarms = Alarms()
    alarms.hear(FIRING)
    with alarms.heard_by(heard.append, also_old=True):
        alarms.hear(RESOLVED)
    assert heard == [FIRING, RESOLVED]
