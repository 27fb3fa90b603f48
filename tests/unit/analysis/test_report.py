"""Reports made from the journal equal what the run printed, also for an interrupted run."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lab.analysis.report import report_of, verdict_of
from lab.analysis.timeline import timeline
from lab.analysis.verdict import judge
from lab.engine import Journal, read_journal
from lab.model.broken import Broken
from lab.model.check import Promise
from lab.model.event import CheckStarted, Discarded, Drawn, Event, FaultEnded, Judged, LabUsed, RunEnded, RunStarted
from lab.model.outcome import Report, Status, StepOutcome
from lab.model.run import HostFacts, LabFacts, Run
from lab.model.sketch import sketch_of
from tests.shipped import shipped_plan
from tests.unit.analysis.samples import DIRECT, ROUND, check, lost, promise, recorded, run

STARTED = RunStarted(
    version="0.1.0",
    host=HostFacts(kernel="6.12.0", cpus=2, capabilities=(("docker", True),)),
    images=(("node", "sha256:1"),),
    topologies=("active-active-vpn",),
)
LAB = LabFacts(
    topology="active-active-vpn",
    timers="tuned",
    ipsec="userspace",
    circuits="a cable each",
    nodes=21,
    links=26,
    up_seconds=5.5,
    down_seconds=None,
)


@pytest.fixture
def told() -> list[Event]:
    """The events of a run with two checks: the first kept its promises, the second is an error."""
    events: list[Event] = [STARTED]
    for each in (run(recorded(lost(610, 30)), recorded(direction="reverse")), _of_another_check(run(error="not steady"))):
        events += [*each, judge(check(promise(during=Promise())), shipped_plan(), each)]
    return [*events, LabUsed(lab=LAB), RunEnded(wall_seconds=70.0)]


def _of_another_check(events: Sequence[Event]) -> list[Event]:
    return [replace(event, check="other") if isinstance(event, CheckStarted) else event for event in events]


def test_the_report_made_from_the_journal_is_what_the_run_said(told: list[Event], tmp_path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for event in told:
        journal.write(event)
    journal.close()
    middle = next(number for number, event in enumerate(told) if number > 1 and type(event).__name__ == "CheckStarted")
    said = tuple(verdict_of(events, "j") for events in (told[1:middle], told[middle:-2]))
    assert report_of(read_journal(journal.path), "j") == Report(
        version="0.1.0",
        host=STARTED.host,
        images=STARTED.images,
        labs=(LAB,),
        verdicts=said,
        wall_seconds=70.0,
        begun="2026-01-02T03:04:05.678Z",
        journal="j",
        runs=(Run(version="0.1.0", host=STARTED.host, begun="2026-01-02T03:04:05.678Z", wall_seconds=70.0, journal="j"),),
    )
    assert [verdict.status for verdict in said] == [Status.PASS, Status.ERROR]


def test_a_verdict_has_all_its_evidence(told: list[Event]) -> None:
    verdict = report_of(told, "runs/1/journal.jsonl").verdicts[0]
    assert (verdict.topology, verdict.check, verdict.summary) == ("active-active-vpn", "cut", "The interconnect is cut.")
    assert (verdict.status, verdict.reason, verdict.wall_seconds, verdict.journal) == (Status.PASS, "", 31.5, "runs/1/journal.jsonl")
    broken = Broken(nodes=("dc1-gw1",))
    assert verdict.steps == (StepOutcome(kind="link-down", target="dci", applied=(5.0, 5.001), undone=(10.0, 10.002), breaks=broken),)
    assert [(flow.direction, flow.phase) for flow in verdict.flows] == [
        (direction, phase) for direction in ("forward", "reverse") for phase in ("during", "after")
    ]


@pytest.mark.parametrize("count", range(9))
def test_a_run_that_broke_off_is_reported_as_far_as_it_came(told: list[Event], count: int) -> None:
    report = report_of(told[:count], "j")
    assert report.wall_seconds == 0.0
    assert report.labs == ()
    broken_off = [(Status.ERROR, "the run was interrupted before the check ended")]
    assert [(verdict.status, verdict.reason) for verdict in report.verdicts] == ([] if count < 2 else broken_off)


def test_the_timeline_tells_faults_monitors_and_packets_in_order() -> None:
    lines = [(event.at, event.node, event.source, event.what) for event in timeline(run(recorded(lost(50, 2), lost(610, 30))))]
    assert lines == [
        (5.0, "dci", "fault", "link-down put in"),
        (5.0005, "dc1-core", "link", "eth3 down"),
        (5.1, "dc1-app", "probe", "→ first of 30 packets lost"),
        (5.39, "dc1-app", "probe", "→ last of 30 packets lost"),
        (5.6, "dc1-app", "probe", f"→ seen on a new path: {' > '.join(ROUND)}"),
        (10.0, "dci", "fault", "link-down taken out"),
        (10.4, "dc1-app", "probe", f"→ seen on a new path: {' > '.join(DIRECT)}"),
    ]


def test_a_fault_that_was_never_taken_out_has_no_end_and_lasted_at_least_until_it_was_in() -> None:
    events = [event for event in run(recorded()) if not isinstance(event, FaultEnded)]
    (step,) = verdict_of(events, "j").steps
    assert (step.undone, step.lasted) == (None, (5.0, 5.001))


def _repetition(status: Status, reason: str, packets_lost: int) -> list[Event]:
    losses = (lost(610, packets_lost),) if packets_lost else ()
    return [*run(recorded(*losses)), Judged(status=status, reason=reason)]


def test_a_check_has_one_verdict_for_all_its_repetitions_and_shows_the_worst() -> None:
    events = [
        STARTED,
        *_repetition(Status.PASS, "", 70),
        *_repetition(Status.FAIL, "out for 0.400 s", 40),
        *_repetition(Status.FAIL, "out for 0.600 s\nnot back", 60),
        *_of_another_check(_repetition(Status.PASS, "", 10)),
        *_repetition(Status.PASS, "", 0),
    ]
    verdict, other = report_of(events, "j").verdicts
    assert (verdict.check, verdict.repeats, verdict.status, verdict.wall_seconds) == ("cut", 4, Status.FAIL, 4 * 31.5)
    assert verdict.reason.splitlines() == ["2 of 4: out for 0.400 s", "3 of 4: out for 0.600 s", "3 of 4: not back"]
    assert [flow.lost for flow in verdict.flows if flow.phase == "during"] == [60]
    assert verdict.timeline == timeline(_repetition(Status.FAIL, "", 60))
    assert (other.check, other.repeats) == ("other", 1)


def test_the_notes_of_all_repetitions_are_told_each_once() -> None:
    notes = (("one",), ("two", "one"), ())
    events = [event for each in notes for event in (*run(recorded()), Judged(status=Status.PASS, reason="", notes=each))]
    assert verdict_of(events, "j").notes == ("one", "two")
    assert verdict_of(events[:-1], "j").notes == ("one", "two")


def test_a_repetition_that_could_not_be_judged_outweighs_one_that_failed() -> None:
    events = [*_repetition(Status.FAIL, "out", 90), *_repetition(Status.ERROR, "overloaded", 1), *_repetition(Status.PASS, "", 0)]
    verdict = verdict_of(events, "j")
    assert (verdict.status, verdict.reason) == (Status.ERROR, "1 of 3: out\n2 of 3: overloaded")
    assert [flow.lost for flow in verdict.flows if flow.phase == "during"] == [1]


def test_a_repetition_that_was_discarded_does_not_count() -> None:
    events = [*run(recorded(pause=0.2)), Discarded(reason="nothing was sent for 0.200 s"), *_repetition(Status.PASS, "", 5)]
    verdict = verdict_of(events, "j")
    assert (verdict.status, verdict.reason, verdict.repeats) == (Status.PASS, "", 1)


def test_a_run_that_broke_off_before_a_discarded_repetition_was_tried_again_has_it_as_an_error() -> None:
    events = [*run(recorded(pause=0.2)), Discarded(reason="nothing was sent for 0.200 s")]
    assert (verdict_of(events, "j").status, verdict_of(events, "j").repeats) == (Status.ERROR, 1)


def test_a_run_that_broke_off_in_a_repetition_has_that_one_as_an_error() -> None:
    events = [*_repetition(Status.PASS, "", 5), *run()[:2]]
    assert (verdict_of(events, "j").status, verdict_of(events, "j").repeats) == (Status.ERROR, 2)


def test_a_verdict_names_the_file_of_its_check() -> None:
    started, *rest = run(recorded())
    assert isinstance(started, CheckStarted)
    assert verdict_of([replace(started, file="checks/net/cut.yaml"), *rest], "j").file == "checks/net/cut.yaml"


def test_a_report_holds_the_networks_the_run_drew(told: list[Event]) -> None:
    drawn = sketch_of(shipped_plan("redundant-dx"))
    assert report_of([told[0], Drawn(sketch=drawn), *told[1:]], "j").sketches == (drawn,)


def test_a_track_has_each_loss_and_each_change_of_path_of_its_direction() -> None:
    track, other = verdict_of(run(recorded(lost(50, 2), lost(610, 30)), recorded(direction="reverse")), "j").tracks
    assert (track.flow, track.direction, other.direction) == ("dc1-app", "forward", "reverse")
    assert [(round(loss.at, 3), round(loss.seconds, 3), loss.count) for loss in track.losses] == [(5.1, 0.3, 30)]
    assert [seen.path for seen in track.paths] == [DIRECT, ROUND, DIRECT]
    assert [seen.at for seen in track.paths[1:]] == [5.6, 10.4]
    assert track.begin < 0 < track.paths[-1].at < track.end
