"""Automations in a check on a lab in memory: an alarm acts, the action is an event, and nothing is left of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from lab.engine import Settings, run_check
from lab.model.automation import ActionKind, Automation, Back, Order, PlannedAutomation
from lab.model.check import Check, Step
from lab.model.event import CheckEnded, Compared, Noticed
from lab.model.fault import PartialLoss, TunnelDown
from lab.model.snapshot import Rung
from tests.fakes.lab import FakeLab
from tests.fakes.obedience import Refusal
from tests.shipped import shipped_check, shipped_plan
from tests.unit.engine.stage import Stage

PLAN = shipped_plan("hybrid-backup")
(BROWN_OUT,) = PLAN.automations
LABELS = (("direction", "forward"), ("flow", "dc1-app"))
CHECK = Check(
    name="brown-out-moved",
    summary="It moves.",
    steps=(Step(kind="partial-loss", target="dx1", fault=PartialLoss(links=("dc1-r1--dx1",), loss=0.05), at=2.0, duration=30.0),),
    expectations=(),
    automations=("brown-out",),
)


class FakePings:
    """Pings that arrive or not, as the test says."""

    def __init__(self) -> None:
        self.healthy = True
        self.open = 0

    def begin(self, *_: object) -> "FakePings":
        self.open += 1
        return self

    def turn(self, now: float) -> None:
        """Nothing to send."""

    def is_healthy(self, now: float) -> bool:
        return self.healthy

    def close(self) -> None:
        self.open -= 1


class Alarmed(Stage):
    """A stage whose alarms ring at instants after the check's begin: `rings[at]` is `firing` or `resolved`."""

    def __init__(self, rings: dict[float, str], lab: FakeLab | None = None) -> None:
        super().__init__(lab=lab or FakeLab(PLAN))
        self.pings = FakePings()
        self._due = sorted(rings.items())
        self._hear: Callable[[Rung], None] | None = None
        self.at_each_turn(self._ring)
        self.probes.spared = True

    def run_with(self, check: Check = CHECK) -> str | None:
        senses = replace(self.probes.senses(), ringing=self._ringing, pinging=self.pings.begin)
        run_check(self.lab, check, self.told.append, Settings(senses=senses))
        ended = self.told[-1]
        assert isinstance(ended, CheckEnded)
        return ended.error

    def said(self) -> list[str]:
        return [each.event.what for each in self.told if isinstance(each, Noticed) and each.event.source == "automation"]

    def instants(self) -> list[float]:
        return [each.event.at for each in self.told if isinstance(each, Noticed) and each.event.source == "automation"]

    @contextmanager
    def _ringing(self, hear: Callable[[Rung], None]) -> Iterator[None]:
        self._hear = hear
        self._zero = self.clock.now()
        yield

    def _ring(self, now: float) -> None:
        while self._hear and self._due and now >= self._zero + self._due[0][0]:
            _, state = self._due.pop(0)
            self._hear(Rung(rule="FlowLossHigh", state=state, at=now, labels=LABELS))


ACTS = "brown-out: shuts BGP of vif1, because FlowLossHigh rings"
UNDOES = "brown-out: no longer shuts BGP of vif1, because 10 s are over and vif1 is healthy"


def test_it_acts_when_its_alarm_rings_and_undoes_when_the_target_is_healthy() -> None:
    stage = Alarmed({8.0: "firing", 14.0: "resolved"})
    assert stage.run_with() is None
    assert stage.said() == [ACTS, UNDOES]
    acts, undoes = stage.instants()
    assert undoes - acts == pytest.approx(10.0, abs=0.11)
    assert stage.lab.calls.count("change_router") == 1
    assert stage.lab.whole
    assert stage.pings.open == 0


def test_the_action_is_in_force_until_the_target_is_healthy_and_the_check_waits_for_that() -> None:
    stage = Alarmed({8.0: "firing", 14.0: "resolved"})
    stage.pings.healthy = False
    stage.at_each_turn(lambda now: setattr(stage.pings, "healthy", now > stage._zero + 60.0))
    assert stage.run_with() is None
    assert stage.said() == [ACTS, UNDOES]
    assert stage.instants()[1] > 55.0
    (compared,) = stage.only(Compared)
    assert compared.comparison.differences == ()


def test_an_action_that_is_still_in_force_at_the_end_is_undone_before_the_comparison() -> None:
    stage = Alarmed({8.0: "firing"})
    assert stage.run_with() is None
    assert stage.said() == [ACTS, "brown-out: no longer shuts BGP of vif1, because the check ends"]
    (compared,) = stage.only(Compared)
    assert compared.comparison.differences == ()


def test_an_alarm_that_rings_again_within_the_hold_down_time_changes_nothing() -> None:
    stage = Alarmed({4.0: "firing", 6.0: "resolved", 20.0: "firing", 22.0: "resolved", 24.0: "firing"})
    assert stage.run_with() is None
    assert stage.said() == [ACTS, UNDOES]


def test_no_automation_acts_in_a_check_that_names_none() -> None:
    stage = Alarmed({8.0: "firing"})
    assert stage.run_with(replace(CHECK, automations=())) is None
    assert stage.said() == []


def test_it_never_takes_the_last_path() -> None:
    backup = TunnelDown(tunnels=("vpn1-1", "vpn1-2"))
    steps = (Step(kind="tunnel-down", target="vpn1", fault=backup, at=1.0, duration=40.0), *CHECK.steps)
    stage = Alarmed({8.0: "firing", 14.0: "resolved"})
    stage.run_with(replace(CHECK, steps=steps))
    assert stage.said() == ["brown-out: does not act, because dc1-app and dc2-app would have no path (never: last path)"]
    assert "change_router" not in stage.lab.calls


def test_it_takes_back_what_takes_the_last_path_although_the_sessions_looked_well() -> None:
    stage = Alarmed({8.0: "firing"})
    stage.probes.spared = False
    quiet = replace(CHECK, steps=())
    stage.run_with(quiet)
    # a run without a fault ends before the alarm
    assert stage.said() == ["brown-out: had nothing to do: FlowLossHigh with flow: dc1-app did not ring"]

    stage = Alarmed({1.0: "firing"})
    stage.probes.spared = False
    stage.run_with(quiet)
    assert stage.said() == [ACTS, "brown-out: no longer shuts BGP of vif1, because flow has had no path for 2 s (never: last path)"]


def test_a_node_that_does_not_obey_is_an_event_and_leaves_nothing() -> None:
    stage = Alarmed({8.0: "firing", 14.0: "resolved"}, FakeLab(PLAN, Refusal(call=2, done=True)))
    assert stage.run_with() is None
    first, second = stage.said()
    assert (first, second.startswith("brown-out: could not act: ")) == (ACTS, True)
    assert stage.lab.whole


def test_a_broken_off_check_leaves_nothing() -> None:
    stage = Alarmed({8.0: "firing"})

    def break_off(now: float) -> None:
        if stage.lab.calls.count("change_router"):
            raise KeyboardInterrupt

    stage.at_each_turn(break_off)
    with pytest.raises(KeyboardInterrupt):
        stage.run_with()
    assert stage.lab.whole


def test_heal_removes_an_action_of_a_killed_run() -> None:
    lab = FakeLab(PLAN)
    for change in BROWN_OUT.changes:
        lab.change_router(change)
    assert [(each.place, each.found) for each in lab.differences()] == [("dc1-r1:bgpd", "reconfigured")]
    lab.heal()
    assert lab.differences() == ()


def test_the_shipped_check_names_its_automation() -> None:
    assert shipped_check("hybrid-backup", "brown-out-moved").automations == ("brown-out",)


def test_routes_and_resets_are_actions_too() -> None:
    order = Order(kind=ActionKind.OPEN, target="vif1")
    automation = Automation(name="brown-out", rule="FlowLossHigh", order=order, back=Back(after=5.0))
    planned = PlannedAutomation(automation=automation, resets=PLAN.target("vif1").sessions)
    stage = Alarmed({8.0: "firing", 14.0: "resolved"}, FakeLab(replace(PLAN, automations=(planned,))))
    stage.run_with()
    assert stage.lab.calls.count("clear_session") == 1
