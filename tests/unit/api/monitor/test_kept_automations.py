"""Automations of a lab that is kept up: they act, each action is noted, and other commands are not disturbed."""

from dataclasses import replace

from lab.api.monitor.automated import Automated
from lab.errors import MeasurementError
from lab.model.automation import PlannedAutomation
from lab.model.evidence import TimelineEvent
from lab.model.snapshot import Rung
from lab.probes.streams import Paths
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan
from tests.unit.engine.test_acting import LABELS, FakePings

PLAN = shipped_plan("hybrid-backup")
(BROWN_OUT,) = PLAN.automations
RINGS = Rung(rule="FlowLossHigh", state="firing", at=0.0, labels=LABELS)
ENDS = replace(RINGS, state="resolved")
ACTS = "brown-out: shuts BGP of vif1, because FlowLossHigh rings"


class Probes:
    """Probes whose packets all arrive, or which have ended."""

    dead = False

    def latest_paths(self) -> Paths:
        if self.dead:
            raise MeasurementError("the probes ended")
        return {("dc1-app", "forward"): ("dc1-host", "app-host")}


class Kept:
    """A lab with automations that act, and what they noted."""

    def __init__(self, automation: PlannedAutomation = BROWN_OUT) -> None:
        self.lab = FakeLab(PLAN)
        self.pings = FakePings()
        self.noted: list[TimelineEvent] = []
        self.automated = Automated(self.lab, [automation], self.noted.append, self.pings.begin)

    def words(self) -> list[str]:
        return [each.what for each in self.noted]


def test_it_acts_while_nobody_else_or_a_fault_by_hand_uses_the_lab() -> None:
    for holder in (None, "'lab-break', process 7", "'lab-status', process 7"):
        kept = Kept()
        kept.automated.hear(RINGS)
        kept.automated.turn(Probes(), holder)
        assert kept.words() == [ACTS]
        assert not kept.lab.whole


def test_it_undoes_and_waits_while_another_command_measures_or_repairs() -> None:
    for command in ("lab-test", "bench", "lab-heal", "lab-up", "lab-down"):
        kept = Kept()
        kept.automated.hear(RINGS)
        kept.automated.turn(Probes(), None)
        kept.automated.turn(Probes(), f"'{command}', process 7")
        assert kept.words() == [ACTS, f"brown-out: no longer shuts BGP of vif1, because {command} uses the lab"]
        assert (kept.lab.whole, kept.pings.open) == (True, 0)
        kept.automated.turn(Probes(), None)
        assert len(kept.noted) == 2  # it rests after it was undone


def test_an_alarm_that_rang_and_ended_while_a_test_measured_changes_nothing() -> None:
    kept = Kept()
    for rung in (RINGS, ENDS):
        kept.automated.hear(rung)
        kept.automated.turn(Probes(), "'lab-test', process 7")
    kept.automated.turn(Probes(), None)
    assert kept.noted == []


def test_without_probes_it_neither_acts_nor_takes_silence_for_a_lost_path() -> None:
    kept = Kept()
    kept.automated.hear(RINGS)
    kept.automated.turn(None, None)
    assert kept.noted == []
    dead = Probes()
    dead.dead = True
    kept.automated.turn(dead, None)
    assert kept.noted == []
    kept.automated.turn(Probes(), None)
    assert kept.words() == [ACTS]


def test_nothing_is_left_when_the_monitor_ends() -> None:
    kept = Kept()
    kept.automated.hear(RINGS)
    kept.automated.turn(Probes(), None)
    kept.automated.end("the monitor ends")
    assert kept.words()[1] == "brown-out: no longer shuts BGP of vif1, because the monitor ends"
    assert kept.lab.whole
