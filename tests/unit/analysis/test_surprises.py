"""Surprises: what a lab did otherwise than predicted fails the check, and the report says what it was."""

from dataclasses import replace

import pytest

from lab.analysis.report import verdict_of
from lab.analysis.verdict import judge
from lab.model.check import Check, Promise
from lab.model.event import CheckStarted, Event, FaultStarted
from lab.model.outcome import Status, Verdict
from lab.model.prediction import FlowPrediction, Foreseen, SetPrediction
from tests.shipped import shipped_plan
from tests.unit.analysis.samples import DIRECT, ROUND, check, lost, promise, recorded, run


def _foreseen(*paths: tuple[str, ...], first: tuple[str, ...] = DIRECT) -> Check:
    """The interconnect's check, with a prediction in place of what a person promised."""
    at_first = FlowPrediction(flow="dc1-app", direction="forward", reachable=True, paths=(first,), outage_seconds=(0.0, 0.0))
    during = FlowPrediction(
        flow="dc1-app", direction="forward", reachable=bool(paths), paths=paths, outage_seconds=(0.5, 0.7) if paths else None, because="so"
    )
    sets = [SetPrediction(failed=names, flows=(flow,)) for names, flow in (((), at_first), (("dci",), during))]
    promised = Promise(outage_at_most=0.8, outage_at_least=0.4) if paths else Promise(reachable=False)
    return replace(
        check(promise(during=promised, after=Promise(outage_at_most=0.5))),
        origin="sweep",
        foreseen=Foreseen(before=sets[0], during=sets[1]),
    )


def _verdict(asked: Check, events: list[Event]) -> Verdict:
    told: list[Event] = [
        replace(event, expectations=asked.expectations, origin=asked.origin, foreseen=asked.foreseen)
        if isinstance(event, CheckStarted)
        else event
        for event in events
    ]
    return verdict_of([*told, judge(asked, shipped_plan(), told)], "journal")


def test_what_was_predicted_is_no_surprise() -> None:
    verdict = _verdict(_foreseen(ROUND), run(recorded(lost(600, 60))))
    assert (verdict.status, verdict.surprises, verdict.is_swept) == (Status.PASS, 0, True)
    during = next(flow for flow in verdict.flows if flow.phase == "during")
    assert during.foreseen is not None
    assert during.foreseen.paths == (ROUND,)
    assert during.surprise is None


def test_another_path_is_a_surprise_with_the_reason_of_the_prediction() -> None:
    verdict = _verdict(_foreseen(DIRECT), run(recorded(lost(600, 60))))
    assert (verdict.status, verdict.surprises) == (Status.FAIL, 1)
    during = next(flow for flow in verdict.flows if flow.phase == "during")
    assert during.surprise == f"went {' > '.join(ROUND)}, predicted {' > '.join(DIRECT)} (so)"


def test_a_longer_and_a_shorter_outage_are_surprises() -> None:
    for count in (100, 20):
        assert _verdict(_foreseen(ROUND), run(recorded(lost(600, count)))).surprises == 1


@pytest.mark.parametrize(("count", "surprises"), [(35, 0), (30, 1), (85, 0), (95, 1)])
def test_faults_that_were_injected_one_after_another_widen_the_predicted_interval(count: int, surprises: int) -> None:
    events = run(recorded(lost(600, count)))
    slow: list[Event] = [replace(each, after=each.before + 0.08) if isinstance(each, FaultStarted) else each for each in events]
    assert _verdict(_foreseen(ROUND), slow).surprises == surprises


def test_a_flow_that_survives_although_it_was_predicted_cut_off_is_a_surprise() -> None:
    verdict = _verdict(_foreseen(), run(recorded(lost(600, 60))))
    assert "reachable, promised unreachable" in verdict.reason
    assert verdict.surprises == 1


def test_a_flow_that_begins_elsewhere_is_a_surprise() -> None:
    verdict = _verdict(_foreseen(ROUND, first=ROUND), run(recorded(lost(600, 60))))
    assert f"began {' > '.join(DIRECT)}" in verdict.reason


def test_any_of_equal_paths_is_right_before_and_after() -> None:
    asked = _foreseen(ROUND)
    assert asked.foreseen is not None
    before = asked.foreseen.before
    equal = replace(before, flows=(replace(before.flows[0], paths=(ROUND, DIRECT)),))
    assert _verdict(replace(asked, foreseen=replace(asked.foreseen, before=equal)), run(recorded(lost(600, 60)))).status is Status.PASS


def _written(asked: Check) -> Check:
    """The check as a person may have written it: it allows two seconds, and says nothing about paths."""
    allows = replace(asked.expectations[0], during=Promise(outage_at_most=2.0), after=None)
    return replace(asked, origin="file", expectations=(allows,))


def test_a_written_check_that_does_what_was_predicted_passes_and_has_its_prediction() -> None:
    verdict = _verdict(_written(_foreseen(ROUND)), run(recorded(lost(600, 60))))
    assert (verdict.status, verdict.surprises, verdict.is_swept) == (Status.PASS, 0, False)
    assert next(flow for flow in verdict.flows if flow.phase == "during").foreseen is not None


@pytest.mark.parametrize(
    ("asked", "count", "told"),
    [
        (_foreseen(ROUND), 100, "predicted 0.500 to 0.700 s"),
        (_foreseen(ROUND), 20, "predicted 0.500 to 0.700 s"),
        (_foreseen(DIRECT), 60, f"went {' > '.join(ROUND)}, predicted {' > '.join(DIRECT)} (so)"),
        (_foreseen(), 60, "reachable, predicted unreachable (so)"),
        (_foreseen(ROUND, first=ROUND), 60, f"began {' > '.join(DIRECT)}, predicted {' > '.join(ROUND)}"),
    ],
)
def test_a_written_check_that_keeps_its_promises_and_does_otherwise_than_predicted_fails_with_a_surprise(
    asked: Check, count: int, told: str
) -> None:
    verdict = _verdict(_written(asked), run(recorded(lost(600, count))))
    assert (verdict.status, verdict.surprises, {breach.what for breach in verdict.breaches}) == (Status.FAIL, 1, {"surprise"})
    assert told in verdict.reason


def test_a_broken_promise_of_a_written_check_is_no_surprise() -> None:
    strict = _written(_foreseen(ROUND))
    strict = replace(strict, expectations=(replace(strict.expectations[0], during=Promise(outage_at_most=0.1)),))
    verdict = _verdict(strict, run(recorded(lost(600, 60))))
    assert (verdict.status, verdict.surprises) == (Status.FAIL, 0)


def test_a_flow_without_a_prediction_cannot_surprise() -> None:
    asked = _written(_foreseen(DIRECT))
    assert asked.foreseen is not None
    silent = replace(asked.foreseen, during=replace(asked.foreseen.during, flows=()))
    assert _verdict(replace(asked, foreseen=silent), run(recorded(lost(600, 60)))).status is Status.PASS
