"""A run compared with a baseline: checks, paths and outages, what is worse, and what is only reported."""

from dataclasses import replace

import pytest

from lab.analysis.contrast import compared
from lab.analysis.figures import figures_of
from lab.model.check import Phase
from lab.model.contrast import Change, Contrast
from lab.model.direction import Direction
from lab.model.evidence import Spread, Start
from lab.model.outcome import Report, Status, Verdict
from lab.model.run import HostFacts

FIRST, SECOND, LONGER = ("a", "x", "b"), ("a", "y", "b"), ("a", "z", "v", "b")


def start(*outages: float, path: tuple[str, ...] = SECOND, before: tuple[str, ...] = FIRST, begun: tuple[str, ...] | None = None) -> Start:
    """Trials that began on one path. By default all got through."""
    return Start(path_before=before, path_begun=before if begun is None else begun, outages=outages, paths=(path,))


def of(
    *starts: Start,
    phase: Phase = "during",
    direction: Direction = "forward",
    event: str | None = None,
) -> Spread:
    """The outages of one direction of the flow a-b. The statistics do not matter."""
    return Spread(
        flow="a-b",
        direction=direction,
        phase=phase,
        event=event,
        outages=tuple(outage for each in starts for outage in each.outages),
        median=0.0,
        p1=0.0,
        p99=0.0,
        deviation=0.0,
        starts=starts,
    )


def spread(
    *outages: float,
    path: tuple[str, ...] = SECOND,
    before: tuple[str, ...] = FIRST,
    phase: Phase = "during",
    direction: Direction = "forward",
) -> Spread:
    """The outages of one direction of the flow a-b, in trials that all began on one path."""
    return of(start(*outages, path=path, before=before), phase=phase, direction=direction)


def verdict(*spreads: Spread, check: str = "cut", status: Status = Status.PASS, topology: str = "net") -> Verdict:
    """A check and its status."""
    return Verdict(
        topology=topology,
        check=check,
        summary="",
        status=status,
        reason="",
        repeats=1,
        steps=(),
        flows=(),
        timeline=(),
        wall_seconds=1.0,
        journal="j",
        spreads=spreads,
    )


def run(*verdicts: Verdict, only: str | None = None) -> Report:
    """A run of these checks."""
    host = HostFacts(kernel="6.1", cpus=2, capabilities=())
    return Report(version="1", host=host, images=(), labs=(), verdicts=verdicts, wall_seconds=1.0, only=only)


def held(now: Report, then: Report) -> Contrast:
    """A run compared with another one."""
    contrast = compared(now, figures_of(then), "b.json").contrast
    assert contrast is not None
    return contrast


def told(*changes: Change) -> list[tuple[object, ...]]:
    """The kinds of the differences."""
    return [(each.what, each.check, each.baseline, each.now) for each in changes]


def new(contrast: Contrast) -> list[tuple[object, ...]]:
    """Which paths are new, and where."""
    return [(each.flow, each.direction, each.path, each.checks) for each in contrast.new_paths]


def test_a_run_is_as_good_as_itself() -> None:
    same = run(verdict(spread(0.1, 0.2), spread(0.0, phase="after", path=FIRST)))
    assert held(same, same) == Contrast(file="b.json", worse=(), better=(), unsure=(), new=(), unlike=())


@pytest.mark.parametrize("status", [Status.FAIL, Status.ERROR])
def test_a_check_that_passed_and_does_not_any_more_is_worse(status: Status) -> None:
    contrast = held(run(verdict(status=status)), run(verdict()))
    assert told(*contrast.worse) == [("status", "cut", "pass", status.value)]
    assert told(*held(run(verdict()), run(verdict(status=status))).better) == [("status", "cut", status.value, "pass")]


def test_a_check_that_failed_before_is_not_worse_for_failing() -> None:
    failing = run(verdict(status=Status.FAIL))
    assert held(failing, failing).worse == ()


def test_a_check_that_was_not_run_is_worse_and_a_new_one_is_told() -> None:
    contrast = held(run(verdict(), verdict(check="new")), run(verdict(), verdict(check="old", status=Status.FAIL)))
    assert told(*contrast.worse) == [("missing", "old", "fail", None)]
    assert contrast.new == ("net/new",)


def test_what_was_not_asked_for_is_not_missed() -> None:
    then = run(*(verdict(check=check) for check in ("control", "cut", "dark")), verdict(topology="other"))
    assert held(run(*(verdict(check=check) for check in ("control", "cut")), only="cut"), then).worse == ()
    assert told(*held(run(*(verdict(check=check) for check in ("control", "cut"))), then).worse) == [("missing", "dark", "pass", None)]


def test_a_flow_that_is_no_longer_measured_is_worse_unless_the_check_could_not_be_judged() -> None:
    then = run(verdict(spread(0.1), spread(0.1, direction="reverse")))
    assert [(each.what, each.flow, each.direction) for each in held(run(verdict(spread(0.1))), then).worse] == [
        ("missing", "a-b", "reverse")
    ]
    assert [each.what for each in held(run(verdict(status=Status.ERROR)), then).worse] == ["status"]


def test_a_longer_outage_is_worse_and_says_by_how_much_and_how_sure() -> None:
    then, now = run(verdict(spread(0.10, 0.11, 0.12, 0.13, 0.14))), run(verdict(spread(0.90, 0.91, 0.92, 0.93, 0.94)))
    (change,) = held(now, then).worse
    assert (change.what, change.flow, change.direction, change.phase) == ("outage", "a-b", "forward", "during")
    assert (change.baseline, change.now, change.trials, change.probability) == (0.12, 0.92, (5, 5), 1 / 252)
    contrast = held(then, now)
    assert (contrast.worse, told(*contrast.better)) == ((), [("outage", "cut", 0.92, 0.12)])


def test_a_single_trial_against_several_is_told_without_a_probability() -> None:
    (change,) = held(run(verdict(spread(0.9))), run(verdict(spread(0.10, 0.11, 0.12)))).worse
    assert (change.baseline, change.now, change.trials, change.probability) == (0.11, 0.9, (3, 1), None)


def test_a_flow_that_was_cut_off_may_take_its_time_to_come_back() -> None:
    cut = spread(5.0, path=())
    slow, quick = (run(verdict(cut, spread(back, phase="after", path=FIRST))) for back in (1.5, 0.1))
    assert held(slow, quick).worse == ()
    slow, quick = (run(verdict(spread(0.1), spread(back, phase="after", path=FIRST))) for back in (1.5, 0.1))
    assert told(*held(slow, quick).worse) == [("outage", "cut", 0.1, 1.5)]


def test_a_path_of_another_length_is_worse_and_one_just_as_long_is_told() -> None:
    then = run(verdict(spread(0.1)))
    assert told(*held(run(verdict(spread(0.1, path=LONGER))), then).worse) == [("path", "cut", SECOND, LONGER)]
    contrast = held(run(verdict(spread(0.1, path=FIRST))), then)
    assert (contrast.worse, told(*contrast.unsure)) == ((), [("path", "cut", SECOND, FIRST)])


def test_a_flow_that_no_longer_gets_through_is_worse_and_one_that_does_again_is_better() -> None:
    through, cut = run(verdict(spread(5.0))), run(verdict(spread(5.0, path=())))
    assert told(*held(cut, through).worse) == [("path", "cut", SECOND, ())]
    assert told(*held(through, cut).better) == [("path", "cut", (), SECOND)]


@pytest.mark.parametrize("other", [SECOND, LONGER])
def test_a_flow_that_began_on_another_path_is_new_and_neither_worse_nor_better(other: tuple[str, ...]) -> None:
    slow, quick = spread(3.0, 3.1, 2.9), spread(0.05, 0.06, 0.05, before=other)
    for then, now, path in ((slow, quick, other), (quick, slow, FIRST)):
        contrast = held(run(verdict(now)), run(verdict(then)))
        assert (contrast.worse, contrast.better, contrast.unsure, contrast.new) == ((), (), (), ())
        assert new(contrast) == [("a-b", "forward", path, ("cut",))]


def test_a_new_path_is_told_once_with_every_check_it_was_seen_in() -> None:
    then = run(*(verdict(spread(0.1), check=check) for check in ("cut", "dark")))
    now = run(*(verdict(spread(0.1, before=SECOND), spread(0.0, before=SECOND, phase="after"), check=check) for check in ("cut", "dark")))
    assert new(held(now, then)) == [("a-b", "forward", SECOND, ("cut", "dark"))]


def test_only_trials_that_began_on_the_same_path_are_compared() -> None:
    then = run(verdict(of(start(0.9, 0.8, 0.9), start(3.0, 2.9, 3.1, before=SECOND, path=FIRST))))
    now = run(verdict(of(start(0.85), start(9.0, before=LONGER), start(8.0, before=SECOND, path=FIRST))))
    contrast = held(now, then)
    assert [(each.baseline, each.now, each.trials) for each in contrast.worse] == [(3.0, 8.0, (3, 1))]
    assert new(contrast) == [("a-b", "forward", LONGER, ("cut",))]


def test_each_direction_is_held_by_the_path_it_began_on_itself() -> None:
    then = run(verdict(spread(0.1), spread(0.1, direction="reverse")))
    now = run(verdict(spread(9.0), spread(9.0, direction="reverse", before=SECOND)))
    contrast = held(now, then)
    assert [each.direction for each in contrast.worse] == ["forward"]
    assert [each.direction for each in contrast.new_paths] == ["reverse"]


def test_an_event_is_held_against_trials_that_were_on_the_same_path_when_it_began() -> None:
    """Three equal paths. The flow is on the first. The first is cut, then the second. After the first cut the path is chance."""

    def trial(moved: tuple[str, ...], outage: float) -> Report:
        whole = of(start(0.9 + outage, path=LONGER))
        first, second = of(start(0.9, path=moved), event="cut x begins"), of(start(outage, begun=moved, path=LONGER), event="cut y begins")
        return run(verdict(whole, first, second))

    felt, spared = trial(SECOND, 9.0), trial(("a", "w", "b"), 0.0)
    contrast = held(felt, spared)
    assert (contrast.worse, told(*contrast.unsure), contrast.better) == ((), [("path", "cut", ("a", "w", "b"), SECOND)], ())
    assert new(contrast) == [("a-b", "forward", SECOND, ("cut",))]
    assert [(each.event, each.baseline, each.now) for each in held(felt, trial(SECOND, 0.1)).worse] == [("cut y begins", 0.1, 9.0)]


def test_the_whole_of_several_events_is_not_compared_beside_them() -> None:
    then, now = (run(verdict(of(start(out)), of(start(0.1), event="flap x begins (1)"))) for out in (0.1, 9.0))
    assert held(now, then).worse == ()


def test_a_new_event_is_told_and_one_that_is_no_longer_measured_is_worse() -> None:
    first, second = (of(start(0.1), event=f"flap x begins ({number})") for number in (1, 2))
    once, twice = run(verdict(first)), run(verdict(first, second))
    contrast = held(twice, once)
    assert (contrast.worse, contrast.new, contrast.new_paths) == ((), ("net/cut: flap x begins (2)",), ())
    assert [(each.what, each.event) for each in held(once, twice).worse] == [("missing", "flap x begins (2)")]


def test_only_the_event_after_which_a_flow_was_cut_off_may_take_its_time() -> None:
    def trial(back: float, again: float) -> Report:
        cut = of(start(5.0, path=()), event="cut x begins (1)")
        mended = of(start(back, path=FIRST), event="cut x ends (1)")
        return run(verdict(cut, mended, of(start(again), event="cut x begins (2)")))

    assert [each.event for each in held(trial(1.5, 0.1), trial(0.1, 0.1)).worse] == []
    assert [each.now for each in held(trial(0.1, 1.5), trial(0.1, 0.1)).worse] == [1.5]


def test_a_check_that_could_not_be_judged_before_has_nothing_new() -> None:
    contrast = held(run(verdict(of(start(0.1), event="cut x begins"))), run(verdict(status=Status.ERROR)))
    assert (told(*contrast.better), contrast.new, contrast.new_paths) == ([("status", "cut", "error", "pass")], (), ())


def test_a_path_that_any_trial_of_the_baseline_took_is_no_other() -> None:
    shared = of(replace(start(0.1, 0.1), paths=(SECOND, LONGER)))
    assert held(run(verdict(spread(0.1, path=LONGER))), run(verdict(shared))).worse == ()


def test_what_differs_of_the_hosts_is_told() -> None:
    then = replace(run(verdict()), version="0", host=HostFacts(kernel="5.15", cpus=8, capabilities=()))
    assert held(run(verdict()), then).unlike == ("version 0, now 1", "kernel 5.15, now 6.1", "processors 8, now 2")
