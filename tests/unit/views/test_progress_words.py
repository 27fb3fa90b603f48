"""The live line: what it says about a run, and that it fits every screen and every name."""

import pytest
from rich.cells import cell_len

from lab.model.progress import (
    CheckBegins,
    ClearingUp,
    FaultComesOut,
    FaultGoesIn,
    FlowsChange,
    LabAhead,
    LabLeft,
    LabRaised,
    Moment,
    OfLab,
    Outage,
    Phase,
    PhaseBegins,
    Preparing,
    RunBegins,
)
from lab.views.progress.standing import Standing
from lab.views.progress.words import fitted, lines

CHECK = CheckBegins(check="one-appliance", number=3, of=18, seconds=24.0)
KILL = FaultGoesIn(number=0, kind="node-kill", target="dc1-gw1", seconds=12.0)


def _out(seconds: float, *, over: bool = False, flow: str = "dc1-app", first: int = 7) -> FlowsChange:
    return FlowsChange(outages=(Outage(flow=flow, direction="forward", first=first, seconds=seconds, over=over),))


def _run(*told: tuple[float, Moment], labs: tuple[str, ...] = ("a",)) -> Standing:
    """The state of a run of checks of 20 s each, 18 for each lab, after messages of lab a at these instants."""
    standing = Standing()
    standing.take(RunBegins(labs=tuple(LabAhead(lab=lab, seconds=(20.0,) * 18) for lab in labs)), 0.0)
    for at, moment in told:
        standing.take(OfLab(lab="a", moment=moment), at)
    return standing


def _shown(standing: Standing, now: float, cells: int = 200) -> list[str]:
    return [fitted(parts, cells).plain for parts in lines(standing, now)]


def test_it_says_the_check_the_fault_the_outage_and_what_is_left() -> None:
    standing = _run((100.0, CHECK), (103.0, KILL), (103.3, _out(0.3)))
    assert _shown(standing, 103.8) == ["3/18 one-appliance · node-kill dc1-gw1 0 of 12 s · dc1-app out 0.8 s · about 5 min left"]
    assert _shown(standing, 107.2) == ["3/18 one-appliance · node-kill dc1-gw1 4 of 12 s · dc1-app out 4.2 s · about 5 min left"]


def test_an_outage_that_is_over_says_how_long_it_was() -> None:
    standing = _run((100.0, CHECK), (103.0, KILL), (103.3, _out(0.3)), (104.1, _out(0.834, over=True)))
    assert "· dc1-app was out 0.8 s ·" in _shown(standing, 110.0)[0]


def test_the_longest_outage_stands_for_all() -> None:
    standing = _run((100.0, CHECK), (103.3, _out(0.3)), (103.4, _out(0.2, flow="dc2-app")), (103.5, _out(9.0, over=True, flow="dc1-dc2")))
    assert "· dc1-app out 1.3 s +1 ·" in _shown(standing, 104.3)[0]


def test_an_outage_that_was_only_seen_late_is_taken_back() -> None:
    standing = _run((100.0, CHECK), (103.3, _out(0.3)), (103.6, _out(0.0, over=True)))
    assert _shown(standing, 104.0) == ["3/18 one-appliance · about 5 min left"]


def test_the_next_check_knows_nothing_of_the_faults_and_outages_of_the_last() -> None:
    standing = _run((100.0, CHECK), (103.0, KILL), (103.3, _out(0.3)), (120.0, CheckBegins(check="zone", number=4, of=18, seconds=20.0)))
    assert _shown(standing, 120.0) == ["4/18 zone · about 5 min left"]


def test_without_a_fault_in_force_it_says_the_phase() -> None:
    steadying = PhaseBegins(phase=Phase.STEADYING, at_most=60.0)
    recovering = PhaseBegins(phase=Phase.RECOVERING, seconds=5.0, at_most=150.0)
    assert "· waiting until steady ·" in _shown(_run((100.0, CHECK), (100.0, steadying)), 101.0)[0]
    standing = _run((100.0, CHECK), (103.0, KILL), (115.0, FaultComesOut(number=0)), (115.0, recovering))
    assert "· recovering 2 of 5 s ·" in _shown(standing, 117.5)[0]
    assert "· recovering 40 s, at most 150 s ·" in _shown(standing, 155.0)[0]


def test_preparations_say_n_of_m() -> None:
    standing = _run((3.0, LabRaised(deployed=True)), (4.0, Preparing(what="nodes started", done=12, of=21)))
    assert _shown(standing, 5.0) == ["nodes started 12 of 21 · about 6 min left"]
    host = Standing()
    host.take(Preparing(what="node image: step", done=2, of=5, words="RUN apt-get update"), 0.0)
    assert _shown(host, 14.0) == ["node image: step 3 of 5: RUN apt-get update · 14 s"]
    assert _shown(host, 14.0, 40) == ["node image: step 3 of 5 · 14 s"]


@pytest.mark.parametrize(("seconds", "words"), [(3.0, "almost done"), (19.0, "about 20 s left"), (57.0, "about 1 min left")])
def test_what_is_left_is_round(seconds: float, words: str) -> None:
    standing = Standing()
    standing.take(RunBegins(labs=(LabAhead(lab="a", seconds=(seconds,)),)), 0.0)
    standing.take(OfLab(lab="a", moment=CheckBegins(check="x", number=1, of=1, seconds=seconds)), 0.0)
    assert _shown(standing, 0.0) == [f"1/1 x · {words}"]


def test_trials_of_one_check_are_counted() -> None:
    standing = Standing()
    standing.take(RunBegins(labs=(LabAhead(lab="a", seconds=(60.0,)),)), 0.0)
    standing.take(OfLab(lab="a", moment=CheckBegins(check="x", number=1, of=1, seconds=20.0, trial=2, trials=3)), 0.0)
    assert _shown(standing, 0.0) == ["1/1 x, run 2 of 3 · about 40 s left"]


def test_labs_side_by_side_have_a_line_each_and_one_for_all() -> None:
    standing = _run((100.0, CHECK), (103.0, KILL), labs=("a", "b", "c"))
    standing.take(OfLab(lab="b", moment=Preparing(what="nodes started", done=1, of=9)), 104.0)
    assert _shown(standing, 105.0) == [
        "a 3/18 one-appliance · node-kill dc1-gw1 2 of 12 s",
        "b · nodes started 1 of 9",
        "2 of 54 checks done, 1 lab waits · about 9 min left",
    ]
    standing.take(OfLab(lab="a", moment=LabLeft(removed=True)), 106.0)
    assert _shown(standing, 106.0)[1:] == ["18 of 54 checks done, 1 lab waits · about 12 min left"]


def test_who_interrupts_is_told_that_it_is_heard() -> None:
    standing = _run((100.0, CHECK), (103.0, KILL))
    standing.take(ClearingUp(), 104.0)
    assert _shown(standing, 106.0) == ["interrupted: undoing faults, removing the labs of this run · 2 s"]


@pytest.mark.parametrize("cells", [1, 10, 20, 39, 60, 79, 119])
@pytest.mark.parametrize("name", ["x", "one-appliance", "a-very-long-name-" * 9, "名前が長い" * 20])
def test_no_line_is_wider_than_the_screen(cells: int, name: str) -> None:
    check = CheckBegins(check=name, number=3, of=18, seconds=24.0)
    standing = _run((100.0, check), (103.0, KILL), (103.3, _out(0.3)), labs=("a", "b"))
    assert all(cell_len(line) <= cells for line in _shown(standing, 104.0, cells))


def test_a_name_cannot_write_over_the_screen() -> None:
    assert _shown(_run((100.0, CheckBegins(check="\x1b[2J\nx", number=1, of=18, seconds=24.0))), 100.0)[0].startswith("1/18 \\x1b[2J\\nx ·")


def test_a_narrow_screen_keeps_the_check_and_a_long_name_is_cut() -> None:
    check = CheckBegins(check="a-very-long-name-" * 9, number=3, of=18, seconds=24.0)
    standing = _run((100.0, check), (103.0, KILL), (103.3, _out(0.3)))
    assert _shown(standing, 104.0, 79) == ["3/18 a-very-long-name-a-v… · dc1-gw1 1 of 12 s · dc1-app out 1.0 s · 5 min left"]
    assert _shown(standing, 104.0, 100)[0].startswith("3/18 a-very-long-name-a-very-long-name-a-very-… · dc1-gw1")
    assert _shown(standing, 104.0, 30) == ["3/18 a-very-long-name-a-very-…"]
