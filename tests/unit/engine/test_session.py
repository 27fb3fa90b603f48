"""One check on a lab in memory, on a clock that only moves when somebody waits: the schedule to the instant, and undo however it ends."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from lab.engine import Settings, control_check, run_check
from lab.engine.session import STEADY_SECONDS, SUSTAINED_SECONDS
from lab.model.check import Check, Step
from lab.model.event import CheckEnded, CheckStarted, Compared, Event, FaultEnded, FaultStarted, FlowRecorded, LoadSeen, Noticed
from lab.model.fault import Delay, Flap, IkeDelete, LinkDown, NodeKill, SilentLoss
from lab.model.impairment import Latency
from lab.model.plan import Endpoint
from tests.fakes.clock import FakeClock
from tests.fakes.lab import FakeLab
from tests.fakes.obedience import Refusal
from tests.fakes.probes import FakeProbes
from tests.shipped import shipped_plan

CUT = Step(kind="link-down", target="dci", fault=LinkDown(links=("dci",)), at=2.0, duration=8.0)
KILL = Step(kind="node-kill", target="dc1-gw1", fault=NodeKill(nodes=("dc1-gw1",)), at=4.0, duration=3.0)
CHECK = Check(name="cut", summary="The interconnect is cut.", steps=(CUT, KILL), expectations=())


@dataclass
class Stage:
    """A lab, a clock and probes, and what a check told on them."""

    lab: FakeLab = field(default_factory=lambda: FakeLab(shipped_plan()))
    told: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.lab.now = self.clock.now
        self.probes = FakeProbes(self.lab, self.clock)

    def at_each_turn(self, do: Callable[[float], None]) -> None:
        """Let something happen as time passes, beside the probes."""
        send = self.clock.at_turns

        def both(now: float) -> None:
            do(now)
            send(now)

        self.clock.at_turns = both

    def run(self, check: Check = CHECK, **patience: object) -> str | None:
        """Run the check; its error, if any."""
        settings = replace(Settings(senses=self.probes.senses()), **patience)
        run_check(self.lab, check, self.told.append, settings)
        ended = self.told[-1]
        assert isinstance(ended, CheckEnded)
        return ended.error

    def only(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]


def test_events_are_told_in_their_order() -> None:
    stage = Stage()
    assert stage.run() is None
    assert [type(event) for event in stage.told if not isinstance(event, Noticed)] == [
        CheckStarted,
        FaultStarted,
        FaultStarted,
        FaultEnded,
        FaultEnded,
        FlowRecorded,
        LoadSeen,
        Compared,
        CheckEnded,
    ]
    started = stage.told[0]
    assert (started.topology, started.check, started.summary, started.timers) == ("active-active-vpn", "cut", CHECK.summary, "tuned")


def test_faults_go_in_and_come_out_at_their_instants() -> None:
    stage = Stage()
    stage.run()
    assert [(event.step, event.kind, event.target, round(event.before, 6)) for event in stage.only(FaultStarted)] == [
        (0, "link-down", "dci", 2.0),
        (1, "node-kill", "dc1-gw1", 4.0),
    ]
    assert [(event.step, round(event.before, 6)) for event in stage.only(FaultEnded)] == [(1, 7.0), (0, 10.0)]


def test_each_fault_is_in_force_from_its_start_to_its_end_and_no_longer() -> None:
    stage = Stage()
    seen: list[tuple[float, int]] = []
    stage.at_each_turn(lambda now: seen.append((now, len(stage.lab.differences()))))
    stage.run()
    zero = stage.probes.marks.zero
    at = {2.0: 0, 3.0: 1, 4.0: 1, 5.0: 3, 8.0: 1, 11.0: 0}
    assert {when: next(count for now, count in seen if round(now - zero, 3) >= when) for when in at} == at


def _set_link(lab: FakeLab, end: Endpoint, *, up: bool) -> None:
    """Only where that changes anything."""
    if up == any(difference.found == "down" for difference in lab.differences()):
        lab.set_link(end, up=up)


def test_what_the_kernel_cannot_do_is_an_error_before_anything_is_broken_or_measured() -> None:
    stage = Stage()
    stage.lab.impairments.lacking.add(Latency)
    late = replace(CUT, kind="delay", fault=Delay(links=("dci",), seconds=0.02), at=CUT.at + CUT.duration)
    error = stage.run(replace(CHECK, steps=(CUT, late)))
    assert error == "netem: not available on this kernel, because it is said so here (another kernel)"
    assert (stage.lab.calls, [type(event) for event in stage.told]) == ([], [CheckStarted, CheckEnded])


@pytest.mark.parametrize("size", [None, 1400])
def test_probes_are_as_long_as_the_check_says(size: int | None) -> None:
    stage = Stage()
    stage.run(replace(CHECK, probe_size=size))
    assert stage.probes.size == size


def test_a_flap_is_told_each_time_it_goes_in_and_comes_out() -> None:
    stage = Stage()
    flap = replace(CUT, kind="flap", fault=Flap(links=("dci",), count=3), at=2.0, duration=6.0)
    assert stage.run(replace(CHECK, steps=(flap,))) is None
    assert [(event.step, round(event.before, 1)) for event in stage.only(FaultStarted)] == [(0, 2.0), (1, 4.0), (2, 6.0)]
    assert [(event.step, round(event.before, 1)) for event in stage.only(FaultEnded)] == [(0, 3.0), (1, 5.0), (2, 7.0)]
    assert round(stage.probes.marks.mended - stage.probes.marks.zero, 1) == 7.0
    assert stage.lab.differences() == ()


def test_the_clock_starts_when_nothing_was_lost_for_a_while() -> None:
    stage = Stage()
    begin = stage.clock.now()
    flicker = Endpoint(node="isp-b", interface="eth0")
    stage.at_each_turn(lambda now: _set_link(stage.lab, flicker, up=not begin + 0.5 < now < begin + 3.0))
    assert stage.run() is None
    assert stage.probes.marks.zero >= begin + 3.0 + STEADY_SECONDS - 0.1


def test_the_recording_is_cut_before_the_first_fault_goes_in_and_before_the_last_comes_out() -> None:
    stage = Stage()
    stage.run()
    marks = stage.probes.marks
    assert (round(marks.broken - marks.zero, 6), round(marks.mended - marks.zero, 6)) == (2.0, 10.0)


def test_the_recording_is_cut_before_the_first_of_faults_that_end_together() -> None:
    stage = Stage()
    undo = stage.lab.accept_arrivals

    def slowly(end: Endpoint) -> None:
        stage.clock.wait(math.inf)
        undo(end)

    stage.lab.accept_arrivals = slowly
    both = tuple(replace(CUT, fault=SilentLoss(links=(name,)), target=name, kind="silent-loss") for name in ("dci", "isp-a--internet"))
    stage.run(replace(CHECK, steps=both))
    ended = [event.before for event in stage.only(FaultEnded)]
    assert round(stage.probes.marks.mended - stage.probes.marks.zero, 6) == round(ended[0], 6) == 10.0
    assert ended[1] > ended[0]


def test_it_ends_when_nothing_was_lost_for_five_seconds() -> None:
    stage = Stage()
    stage.run()
    assert stage.probes.stopped_at - stage.probes.marks.mended == pytest.approx(SUSTAINED_SECONDS, abs=0.11)


def test_where_nothing_was_lost_it_still_looks_for_five_seconds_after_the_faults_were_undone() -> None:
    stage = Stage()
    stage.probes.spared = True
    stage.run()
    assert stage.probes.stopped_at - stage.probes.marks.mended == pytest.approx(SUSTAINED_SECONDS, abs=0.11)


def test_it_waits_for_the_old_paths_as_long_as_it_has_patience_and_leaves_the_judging_to_others() -> None:
    stage = Stage()
    probes = stage.probes
    stage.at_each_turn(lambda _now: setattr(probes, "path", ("dc1-host", "around") if stage.only(FaultEnded) else probes.path))
    assert stage.run(recovered_within=12.0) is None
    assert probes.stopped_at - probes.marks.mended == pytest.approx(12.0, abs=0.11)


def test_who_waits_long_for_the_end_is_told_once_for_what() -> None:
    stage = Stage()
    said: list[str] = []
    stage.at_each_turn(lambda _now: setattr(stage.probes, "path", ("dc1-host", "around") if stage.only(FaultEnded) else stage.probes.path))
    stage.run(recovered_within=30.0, say=said.append)
    assert said == ["active-active-vpn: cut: the faults are undone; waiting for flow → to come back, up to 30 s"]


def test_what_monitors_notice_is_told_on_the_clock_of_the_check() -> None:
    stage = Stage()
    stage.run(Check(name="cut", summary="", steps=(CUT,), expectations=()))
    noticed = [event.event for event in stage.only(Noticed)]
    assert [(round(event.at, 6), event.node, event.what) for event in noticed] == [
        (2.0, "dc1-core", "eth3 down"),
        (2.0, "dc2-core", "eth3 down"),
        (10.0, "dc1-core", "eth3 up"),
        (10.0, "dc2-core", "eth3 up"),
    ]
    begins, first = stage.only(FaultStarted)[0], stage.only(Noticed)[0]
    assert stage.told.index(begins) < stage.told.index(first)


def test_a_fault_is_seen_at_its_own_places_and_no_other_one_vouches_for_it() -> None:
    stage = Stage()
    stage.lab.drop_arrivals = lambda _end: None
    deaf = Step(kind="silent-loss", target="dci", fault=SilentLoss(links=("dci",)), at=3.0, duration=4.0)
    assert stage.run(replace(CHECK, steps=(replace(KILL, at=2.0, duration=8.0), deaf))) is None
    assert [(event.step, event.seen) for event in stage.only(FaultEnded)] == [(1, False), (0, True)]


def test_what_is_back_at_once_is_seen_by_what_monitors_told() -> None:
    stage = Stage()
    deleted = Step(kind="ike-delete", target="vpn1-1", fault=IkeDelete(tunnels=("vpn1-1",)), at=2.0, duration=4.0)
    stage.at_each_turn(lambda _now: stage.lab.initiate_tunnel("vpn1-1"))
    assert stage.run(replace(CHECK, steps=(deleted,))) is None
    assert [event.seen for event in stage.only(FaultEnded)] == [True]


def test_faults_tell_when_they_were_due_and_where_they_are() -> None:
    stage = Stage()
    stage.run(replace(CHECK, steps=(CUT, replace(CUT, target="isp-a--internet", fault=LinkDown(links=("isp-a--internet",))))))
    assert [(event.due, event.places, event.by_chance) for event in stage.only(FaultStarted)] == [
        (2.0, ("dc1-core:eth3", "dc2-core:eth3"), False),
        (2.0, ("internet:eth0", "isp-a:eth0"), False),
    ]
    assert [event.due for event in stage.only(FaultEnded)] == [10.0, None]


def test_a_control_run_only_looks_for_five_seconds() -> None:
    stage = Stage()
    assert stage.run(control_check()) is None
    marks = stage.probes.marks
    assert (marks.broken, marks.mended) == (marks.zero, math.inf)
    assert stage.probes.stopped_at - marks.zero == pytest.approx(5.0)
    assert stage.lab.calls == []


def test_a_lab_is_healed_before_anything_else() -> None:
    stage = Stage()
    stage.lab.isolate("dc2-core")
    assert stage.run() is None


def test_a_lab_that_is_not_steady_is_an_error_and_never_broken() -> None:
    stage = Stage()
    stage.at_each_turn(lambda _now: stage.lab.isolate("isp-a"))
    assert stage.run(steady_within=3.0) == "not steady before the fault: no 1 s without a loss or a change of routes within 3 s"
    assert not stage.only(FaultStarted)
    assert not stage.only(FlowRecorded)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("call", range(3))
def test_a_fault_that_cannot_be_put_in_is_an_error_and_every_fault_is_undone(call: int, done: bool) -> None:
    stage = Stage(FakeLab(shipped_plan(), Refusal(call=call, done=done)))
    assert (stage.run() or "").startswith(f"call {call} is refused")
    assert stage.lab.differences() == ()


@pytest.mark.parametrize("call", range(3, 6))
def test_a_fault_that_cannot_be_taken_out_is_an_error_and_everything_else_is_undone(call: int) -> None:
    stage = Stage(FakeLab(shipped_plan(), Refusal(call=call)))
    assert stage.run() == f"call {call} is refused"
    assert len(stage.lab.differences()) == 1


def test_probes_that_die_are_an_error_and_every_fault_is_undone() -> None:
    stage = Stage()
    stage.at_each_turn(lambda now: setattr(stage.probes, "dead", len(stage.only(FaultStarted)) == 2))
    assert stage.run() == "measurement: a collecting program ended by itself with code 1"
    assert stage.lab.differences() == ()


@pytest.mark.parametrize("raised", [KeyboardInterrupt, ZeroDivisionError])
def test_whatever_else_comes_up_is_passed_on_and_every_fault_is_undone(raised: type[BaseException]) -> None:
    stage = Stage()

    def interrupt(_now: float) -> None:
        if len(stage.only(FaultStarted)) == 2:
            raise raised

    stage.at_each_turn(interrupt)
    with pytest.raises(raised):
        stage.run()
    assert stage.lab.differences() == ()
    assert not stage.only(CheckEnded)
