"""The alarms that ring in a lab are compared with the predicted ones. A difference is a surprise, and fails the check."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from lab.analysis.alarms import foreseen_alarms, notices
from lab.analysis.happened import convergence_events
from lab.analysis.report import verdict_of
from lab.analysis.surprises import alarm_surprises
from lab.analysis.verdict import judge
from lab.api.foreseen_alarms import with_alarms
from lab.api.predict import with_predictions
from lab.api.sweep import Sweep, sweep_checks
from lab.model.check import Check
from lab.model.event import CheckStarted, Event, FaultEnded, FaultStarted, Noticed
from lab.model.noticed import EventNotice, Ring
from lab.model.outcome import Status, Verdict
from lab.model.plan import Timers
from lab.model.prediction import AlarmPrediction, Component, Foreseen, SetPrediction
from lab.predict import Predictor
from lab.predict.recorded import as_recorded
from tests.shipped import TOPOLOGIES, shipped_check, shipped_plan
from tests.unit.analysis.alarms.test_alarm_recorded import recorded

PLAN = shipped_plan("hybrid-backup")
PREDICTED = with_alarms(Predictor(PLAN), with_predictions(PLAN, [shipped_check("hybrid-backup", "dx-cut")])[0])
NOTHING = SetPrediction(failed=(), flows=())


def alarms_of(check: Check) -> dict[str, AlarmPrediction]:
    """The predicted alarms of a check, by their rules."""
    assert check.foreseen is not None
    assert check.foreseen.alarms is not None
    return {each.rule: each for each in check.foreseen.alarms}


def with_other(alarms: tuple[AlarmPrediction, ...] | None) -> Check:
    """The check of the recorded run, with another prediction of its alarms."""
    assert PREDICTED.foreseen is not None
    return replace(PREDICTED, foreseen=replace(PREDICTED.foreseen, alarms=alarms))


def verdict(asked: Check) -> Verdict:
    """The verdict on a recorded run of `dx-cut`, if the check had been this one."""
    events = [replace(each, foreseen=asked.foreseen) if isinstance(each, CheckStarted) else each for each in recorded("dx-cut")]
    return verdict_of([*events, judge(asked, PLAN, events)], "journal")


def test_alarms_that_ring_as_predicted_are_no_surprise() -> None:
    found = verdict(PREDICTED)
    assert (found.status, found.surprises, found.alarm_surprises) == (Status.PASS, 0, ())
    assert found.foreseen_alarms == tuple(alarms_of(PREDICTED).values())
    assert {each.rule: each.is_certain for each in found.foreseen_alarms} == {
        "dx1-connection-down": True,
        "vif1-bgp-down": True,
        "vif1-no-prefixes-accepted": True,
    }


def _without(alarms: dict[str, AlarmPrediction]) -> None:
    del alarms["vif1-bgp-down"]


def _one_more(alarms: dict[str, AlarmPrediction]) -> None:
    alarms["vpn1-any-tunnel-down"] = replace(alarms["vif1-bgp-down"], rule="vpn1-any-tunnel-down")


def _later(alarms: dict[str, AlarmPrediction]) -> None:
    alarms["vif1-bgp-down"] = replace(alarms["vif1-bgp-down"], after=(870.0, 960.0), tolerated=(869.9, 960.2))


def _earlier(alarms: dict[str, AlarmPrediction]) -> None:
    alarms["vif1-bgp-down"] = replace(alarms["vif1-bgp-down"], after=(0.0, 60.0), tolerated=(0.0, 60.2))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without, "alarm vif1-bgp-down rings after 0 to 90 s (computed), not predicted"),
        (_one_more, "alarm vpn1-any-tunnel-down does not ring, predicted after 0 to 90 s"),
        (_later, "alarm vif1-bgp-down rings after 0 to 90 s (computed), predicted after 870 to 960 s"),
        (_earlier, "alarm vif1-bgp-down rings after 0 to 90 s (computed), predicted after 0 to 60 s"),
    ],
)
def test_a_difference_is_a_surprise_and_fails_the_check(change: Callable[[dict[str, AlarmPrediction]], None], told: str) -> None:
    alarms = alarms_of(PREDICTED)
    change(alarms)
    found = verdict(with_other(tuple(alarms.values())))
    assert (found.status, found.surprises, found.alarm_surprises, found.reason) == (Status.FAIL, 1, (told,), told)
    swept = verdict(replace(with_other(tuple(alarms.values())), origin="sweep"))
    assert swept.alarm_surprises == (told,)


def test_an_alarm_that_may_ring_or_stay_silent_is_no_surprise() -> None:
    alarms = alarms_of(PREDICTED)
    _one_more(alarms)
    _later(alarms)
    unsure = tuple(replace(each, is_certain=False) for each in alarms.values())
    assert verdict(with_other(unsure)).surprises == 0


def test_without_a_prediction_no_alarm_is_a_surprise() -> None:
    assert verdict(with_other(None)).surprises == 0
    assert verdict(replace(PREDICTED, foreseen=None)).surprises == 0
    plain = shipped_check("hybrid-backup", "brown-out-stays")
    assert with_alarms(Predictor(PLAN), plain) is plain


def test_faults_that_were_injected_one_after_another_let_an_alarm_ring_later() -> None:
    asked = with_other((replace(alarms_of(PREDICTED)["vif1-bgp-down"], after=(0.0, 87.5), tolerated=(0.0, 87.5)),))
    noticed = notices(PLAN, recorded("dx-cut"))
    (begun, ended) = convergence_events(recorded("dx-cut"))
    for apart, surprises in ((0.1, 3), (1.5, 2)):  # the other two alarms are not predicted here
        slow = replace(begun, at=(begun.at[0], begun.at[0] + apart))
        assert len([*alarm_surprises(asked, noticed, (slow, ended))]) == surprises


@pytest.mark.parametrize(
    ("lasting", "certain"),
    [
        (3.0, {}),  # the hold time is 30 s, so BGP is not down before the fault ends
        (25.0, {"vpn1-any-tunnel-down": False, "vpn1-all-tunnels-down": False}),
        (40.0, {"vpn1-any-tunnel-down": True, "vpn1-all-tunnels-down": True}),
    ],
)
def test_a_detector_that_may_notice_only_after_the_fault_makes_an_alarm_uncertain(lasting: float, certain: dict[str, bool]) -> None:
    predictor = Predictor(shipped_plan("hybrid-backup", Timers.DEFAULT))
    failed = [each for each in predictor.components if each.name == "isp-a"]
    found = foreseen_alarms(predictor.plan, *as_recorded(predictor, failed), lasting)
    assert {each.rule: each.is_certain for each in found} == certain


def test_a_set_of_a_sweep_has_the_alarms_of_its_components() -> None:
    predictor = Predictor(PLAN)
    known = {each.name: each for each in predictor.components}
    for name in ("dx1", "vpn1 + dci", "us-east-1a + loc-a-1", "isp-a"):
        (check,) = sweep_checks(PLAN, Sweep(most=2), name)
        failed = [known[each] for each in name.split(" + ")]
        alarms = foreseen_alarms(PLAN, *as_recorded(predictor, failed), check.steps[0].duration)
        assert set(alarms_of(with_alarms(predictor, check)).values()) == set(alarms)
        assert alarms


@pytest.mark.parametrize("timers", Timers)
@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_lab_that_notices_at_any_predicted_instant_never_surprises(name: str, timers: Timers) -> None:
    predictor = Predictor(shipped_plan(name, timers))
    chance = Random(name)  # noqa: S311 - a repeatable sample
    for number in (1, 1, 2):
        failed = chance.sample(predictor.components, number)
        for lasting in (5.1, 95.0):
            assert not [*surprises_of_a_lab(predictor, failed, lasting, chance)]


def surprises_of_a_lab(predictor: Predictor, failed: list[Component], lasting: float, chance: Random) -> list[str]:
    """The surprises of a lab whose routers notice each loss at some instant between the earliest and the latest predicted one."""
    first, last = as_recorded(predictor, failed)
    events: list[Event] = [event for event in first if isinstance(event, FaultStarted)]
    events += [FaultEnded(step=event.step, before=lasting, after=lasting, event=1) for event in events if isinstance(event, FaultStarted)]
    for early, late in zip(sorted(_noticed(first), key=_what), sorted(_noticed(last), key=_what), strict=True):
        at = chance.uniform(early.event.at, late.event.at)
        if at < lasting:
            events.append(replace(early, event=replace(early.event, at=at)))
    alarms = foreseen_alarms(predictor.plan, first, last, lasting)
    check = Check(name="x", summary="", steps=(), expectations=(), foreseen=Foreseen(before=NOTHING, during=NOTHING, alarms=alarms))
    found = alarm_surprises(check, notices(predictor.plan, events), convergence_events(events))
    return [each.words for each in found]


def _noticed(events: tuple[Event, ...]) -> list[Noticed]:
    return [event for event in events if isinstance(event, Noticed)]


def _what(noticed: Noticed) -> tuple[str, str, str]:
    return noticed.event.node, noticed.event.source, noticed.event.what


def test_a_record_that_a_busy_host_wrote_late_is_no_surprise() -> None:
    asked = with_other((replace(alarms_of(PREDICTED)["vif1-bgp-down"], after=(0.0, 89.0), tolerated=(0.0, 89.0)),))
    words = [each.words for each in alarm_surprises(asked, notices(PLAN, recorded("dx-cut")), convergence_events(recorded("dx-cut")))]
    assert not any("vif1-bgp-down rings" in each for each in words)


def test_a_hold_time_that_was_taken_for_a_detector_without_delay_is_a_surprise() -> None:
    """In a lab, BGP in a tunnel ended 2.02 s after the IKE SA. The prediction was: at once."""
    foreseen = AlarmPrediction(rule="vpn1-any-tunnel-down", after=(0.0, 90.02), tolerated=(0.0, 90.172), is_certain=True)
    ring = Ring(rule="vpn1-any-tunnel-down", source="cloudwatch", at=(4.035, 94.035), after=(2.019, 92.019))
    (begun, ended) = convergence_events(recorded("dx-cut"))
    noticed = (EventNotice(event=begun.name, rings=(ring,)),)
    (breach,) = alarm_surprises(with_other((foreseen,)), noticed, (begun, ended))
    assert breach.words == "alarm vpn1-any-tunnel-down rings after 2 to 92 s (computed), predicted after 0 to 90 s"
