"""Automations that run a script of the user: how it ends is an event, a failure is an error, and nothing is left of it."""

from dataclasses import replace

import pytest

from lab.model.automation import ActionKind, Automation, Back, Order, PlannedAutomation
from lab.model.event import Compared
from lab.model.script import Script, ScriptRun
from tests.fakes.lab import FakeLab
from tests.fakes.obedience import Refusal
from tests.shipped import shipped_plan
from tests.unit.engine.test_acting import CHECK, Alarmed

PLAN = shipped_plan("hybrid-backup")
STARTS = "drain: runs drain.sh in dc1-r1, because FlowLossHigh rings"
ENDED = "drain: drain.sh ended with exit code 0 after 0.20 s: drain.sh says 0"
UNDOES = "drain: runs undrain.sh in dc1-r1, because 10 s are over and FlowLossHigh has ended"
UNDONE = "drain: undrain.sh ended with exit code 0 after 0.20 s: undrain.sh says 0"
RINGS = {8.0: "firing", 14.0: "resolved"}
ONCE = replace(CHECK, automations=("drain",))


def stage(do: str, undo: str | None = "undo", refusal: Refusal | None = None, **said: object) -> Alarmed:
    """A stage with one automation, which runs a script with this text. Another one undoes it."""
    run = ScriptRun(
        node="dc1-r1", script=Script(name="drain.sh", text=do), undo=None if undo is None else Script(name="undrain.sh", text=undo)
    )
    order = Order(kind=ActionKind.RUN, target="dc1-r1", run=run)
    automation = Automation(
        name="drain", rule="FlowLossHigh", order=order, back=None if undo is None else Back(after=10.0, when_healthy=True)
    )
    planned = PlannedAutomation(automation=replace(automation, **said))
    return Alarmed(dict(RINGS), FakeLab(replace(PLAN, automations=(planned,)), refusal))


def proven(found: Alarmed) -> bool:
    (compared,) = found.only(Compared)
    return compared.comparison.differences == ()


def test_it_runs_a_script_tells_how_it_ended_and_another_script_undoes_it() -> None:
    found = stage("change")
    assert found.run_with(ONCE) is None
    assert found.said() == [STARTS, ENDED, UNDOES, UNDONE]
    assert proven(found)


def test_what_the_undo_script_leaves_is_found_by_the_comparison() -> None:
    found = stage("change", undo="exit 0")
    assert found.run_with(ONCE) is None
    (compared,) = found.only(Compared)
    assert [(each.place, each.found) for each in compared.comparison.differences] == [("dc1-r1", "route 10.99.0.0/16 to nowhere")]


def test_a_script_that_fails_is_an_error_of_the_check_with_its_words_and_leaves_nothing() -> None:
    found = stage("change\nexit 3")
    words = "drain.sh ended with exit code 3 after 0.20 s: drain.sh says 3"
    assert found.run_with(ONCE) == f"dc1-r1: automation drain: {words}"
    assert found.said() == [STARTS, f"drain: {words}", "drain: runs undrain.sh in dc1-r1, because the check ends", UNDONE]
    assert found.lab.whole


def test_an_undo_script_that_fails_is_an_error_too() -> None:
    assert stage("change", undo="undo\nexit 1").run_with(ONCE) == (
        "dc1-r1: automation drain: undrain.sh ended with exit code 1 after 0.20 s: undrain.sh says 1"
    )


def test_a_script_that_still_runs_when_its_action_is_undone_is_ended() -> None:
    found = stage("hang")
    assert found.run_with(ONCE) is None
    assert found.said() == [STARTS, UNDOES, "drain: ends drain.sh, which still runs", UNDONE]
    assert proven(found)


def test_without_an_undo_script_the_lab_is_repaired_when_the_faults_are_gone() -> None:
    found = stage("change", undo=None)
    assert found.run_with(ONCE) is None
    repaired = "drain: repairs the lab, because the check ends: dc1-r1: route 10.99.0.0/16 to nowhere, planned: none"
    assert found.said() == [STARTS, ENDED, repaired]
    assert proven(found)


def test_a_script_that_takes_the_last_path_is_undone_when_the_probes_see_it() -> None:
    found = stage("change", spares_last_path=True)
    found.probes.spared = False
    found.run_with(replace(ONCE, steps=()))
    assert found.said() == ["drain: had nothing to do: FlowLossHigh did not ring"]  # the run ended before the alarm

    found = stage("change", spares_last_path=True)
    found._due = [(1.0, "firing")]
    found.probes.spared = False
    found.run_with(replace(ONCE, steps=()))
    assert found.said()[2] == "drain: runs undrain.sh in dc1-r1, because flow has had no path for 2 s (never: last path)"


def test_a_script_that_cannot_start_is_an_event_and_its_undo_script_does_not_run() -> None:
    found = stage("change", refusal=Refusal(call=2))
    assert found.run_with(ONCE) is None
    first, second = found.said()
    assert (first, second.startswith("drain: could not act: ")) == (STARTS, True)


def test_an_undo_script_that_cannot_start_is_an_error() -> None:
    error = stage("change", refusal=Refusal(call=3)).run_with(ONCE)
    assert error == "dc1-r1: automation drain: could not undo: call 3 is refused"


def test_a_broken_off_check_leaves_nothing_of_a_script() -> None:
    for undo in ("undo", None):
        found = stage("change", undo=undo)

        def break_off(now: float, stage: Alarmed = found) -> None:
            if stage.lab.calls.count("run_script") == 1:
                raise KeyboardInterrupt

        found.at_each_turn(break_off)
        with pytest.raises(KeyboardInterrupt):
            found.run_with(ONCE)
        assert found.lab.whole
