"""The statistics of repeated checks: over every trial that counts, in the order run, from the journal."""

from pathlib import Path

import pytest

from lab.analysis.report import report_of
from lab.analysis.spread import percentile
from lab.engine import Journal, read_journal
from lab.model.event import Discarded, Event, Judged
from lab.model.evidence import Spread, Start
from lab.model.outcome import Status
from tests.unit.analysis.samples import DIRECT, ROUND, flapping, lost, path, recorded, run

PASSED = Judged(status=Status.PASS, reason="")
PAUSED = "nothing was sent for 0.200 s"


def _trial(packets: int, told: Judged | Discarded = PASSED) -> list[Event]:
    losses = (lost(610, packets),) if packets else ()
    return [*run(recorded(*losses), recorded(direction="reverse")), told]


def _spread(trials: list[list[Event]], direction: str = "forward", phase: str = "during") -> Spread:
    events = [event for trial in trials for event in trial]
    (spread,) = (each for each in report_of(events, "j").verdicts[0].spreads if (each.direction, each.phase) == (direction, phase))
    return spread


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [(1, 1, 1), (2, 1, 2), (99, 1, 99), (100, 1, 99), (200, 2, 198), (201, 3, 199)],
)
def test_a_percentile_is_the_least_reading_that_so_many_do_not_exceed(count: int, first: int, last: int) -> None:
    readings = [float(reading) for reading in range(count, 0, -1)]
    assert (percentile(readings, 1), percentile(readings, 99)) == (first, last)


def test_a_spread_has_the_outages_in_the_order_run_and_what_sums_them_up() -> None:
    spread = _spread([_trial(70), _trial(30), _trial(90), _trial(40)])
    assert spread.outages == (0.7, 0.3, 0.9, 0.4)
    assert (spread.median, spread.p1, spread.p99) == (0.55, 0.3, 0.9)
    assert spread.deviation == pytest.approx(0.2754, abs=1e-4)


def test_each_direction_and_phase_has_a_spread_of_its_own() -> None:
    trials = [_trial(70), _trial(30)]
    assert _spread(trials, "reverse").outages == _spread(trials, "forward", "after").outages == (0, 0)


def test_each_event_of_a_trial_has_a_spread_of_its_own_beside_the_whole_of_their_phase() -> None:
    trials = [[*flapping(recorded(lost(610, first), lost(860, second))), PASSED] for first, second in ((10, 20), (30, 40))]
    (verdict,) = report_of([event for trial in trials for event in trial], "j").verdicts
    assert [(each.phase, each.event, each.outages) for each in verdict.spreads] == [
        ("during", None, (0.3, 0.7)),
        ("during", "flap dci begins (1)", (0.1, 0.3)),
        ("during", "flap dci ends (1)", (0, 0)),
        ("during", "flap dci begins (2)", (0.2, 0.4)),
        ("after", "flap dci ends (2)", (0, 0)),
    ]


def test_a_single_trial_deviates_from_nothing() -> None:
    spread = _spread([_trial(70)])
    assert (spread.outages, spread.median, spread.p1, spread.p99, spread.deviation) == ((0.7,), 0.7, 0.7, 0.7, 0.0)


def test_trials_that_failed_count_and_those_that_could_not_be_judged_do_not() -> None:
    failed, error = Judged(status=Status.FAIL, reason="out"), Judged(status=Status.ERROR, reason="overloaded")
    assert _spread([_trial(70), _trial(80, failed), _trial(999, error), _trial(60)]).outages == (0.7, 0.8, 0.6)


def test_a_check_that_was_never_judged_has_no_spread() -> None:
    events = _trial(70, Judged(status=Status.ERROR, reason="overloaded"))
    assert report_of(events, "j").verdicts[0].spreads == ()


def test_a_spread_knows_every_path_once() -> None:
    other = [*run(recorded(paths=(path(ROUND, 0, 1990),))), PASSED]
    spread = _spread([_trial(0), other, _trial(0)])
    assert (spread.paths_before, spread.paths) == ((DIRECT, ROUND), (ROUND,))


def test_trials_are_told_apart_by_the_paths_they_began_on() -> None:
    stays = (path(ROUND, 0, 1990),)
    trials = [_trial(70), [*run(recorded(lost(610, 30), paths=stays)), PASSED], _trial(90)]
    assert _spread(trials).starts == (
        Start(path_before=DIRECT, path_begun=DIRECT, outages=(0.7, 0.9), paths=(ROUND,)),
        Start(path_before=ROUND, path_begun=ROUND, outages=(0.3,), paths=(ROUND,)),
    )
    assert [(each.path_before, each.path_begun, each.outages) for each in _spread(trials, phase="after").starts] == [
        (DIRECT, ROUND, (0, 0)),
        (ROUND, ROUND, (0,)),
    ]


def test_the_journal_keeps_every_trial_also_those_that_do_not_count(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for event in [*_trial(70), *_trial(5, Discarded(reason=PAUSED)), *_trial(60), *_trial(80)]:
        journal.write(event, lab="active-active-vpn")
    journal.close()
    (verdict,) = report_of(read_journal(journal.path), "j").verdicts
    assert (verdict.repeats, verdict.rejected) == (3, (PAUSED,))
    assert verdict.spreads[0].outages == (0.7, 0.6, 0.8)
    assert sum('"type": "FlowRecorded"' in line for line in journal.path.read_text().splitlines()) == 8


def test_of_a_run_that_broke_off_the_rejected_trials_are_told_too() -> None:
    events = [*_trial(5, Discarded(reason=PAUSED)), *_trial(6, Discarded(reason="two readings differ"))]
    (verdict,) = report_of(events, "j").verdicts
    assert (verdict.status, verdict.rejected, verdict.spreads) == (Status.ERROR, (PAUSED, "two readings differ"), ())
