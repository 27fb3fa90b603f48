"""One check on a lab in memory and a fake clock: faults are injected at their instants, and undone however the check ends."""

from dataclasses import replace

import pytest

from lab.engine.session import STEADY_SECONDS
from lab.model.check import SUSTAINED_SECONDS, Check, Expectation, Promise, control_check
from lab.model.event import CheckEnded, CheckStarted, Compared, FaultEnded, FaultStarted, FlowRecorded, LoadSeen, Noticed, TooLong
from lab.model.fault import Delay
from lab.model.impairment import Latency
from lab.model.plan import Endpoint
from lab.model.progress import Told
from tests.fakes.lab import FakeLab
from tests.fakes.obedience import Refusal
from tests.shipped import shipped_plan
from tests.unit.engine.stage import CHECK, CUT, Stage


def test_events_come_in_their_order() -> None:
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


def _set_link(lab: FakeLab, end: Endpoint, *, up: bool) -> None:
    """Set the link, but only if that changes it."""
    if up == any(difference.found == "down" for difference in lab.differences()):
        lab.set_link(end, up=up)


def test_an_unsupported_fault_is_an_error_before_anything_is_broken_or_measured() -> None:
    stage = Stage()
    stage.lab.impairments.lacking.add(Latency)
    late = replace(CUT, kind="delay", fault=Delay(links=("dci",), seconds=0.02), at=CUT.at + CUT.duration)
    error = stage.run(replace(CHECK, steps=(CUT, late)))
    assert error == "this kernel does not support netem. The test says so (use another kernel)"
    assert (stage.lab.calls, [type(event) for event in stage.told]) == ([], [CheckStarted, CheckEnded])


@pytest.mark.parametrize("size", [None, 1400])
def test_probes_are_as_long_as_the_check_says(size: int | None) -> None:
    stage = Stage()
    stage.run(replace(CHECK, probe_size=size))
    assert stage.probes.size == size


def test_the_clock_starts_when_nothing_was_lost_for_a_while() -> None:
    stage = Stage()
    begin = stage.clock.now()
    flicker = Endpoint(node="isp-b", interface="eth0")
    stage.at_each_turn(lambda now: _set_link(stage.lab, flicker, up=not begin + 0.5 < now < begin + 3.0))
    assert stage.run() is None
    assert stage.probes.marks.zero >= begin + 3.0 + STEADY_SECONDS - 0.1


def test_a_check_ends_when_nothing_was_lost_for_five_seconds() -> None:
    stage = Stage()
    stage.run()
    assert stage.probes.stopped_at - stage.probes.marks.felt[-1] == pytest.approx(SUSTAINED_SECONDS, abs=0.11)


def test_a_check_without_loss_still_looks_for_five_seconds_after_the_faults() -> None:
    stage = Stage()
    stage.probes.spared = True
    stage.run()
    assert stage.probes.stopped_at - stage.probes.marks.felt[-1] == pytest.approx(SUSTAINED_SECONDS, abs=0.11)


def test_a_check_waits_for_the_old_paths_up_to_its_limit_and_does_not_judge() -> None:
    stage = Stage()
    probes = stage.probes
    stage.at_each_turn(lambda _now: setattr(probes, "path", ("dc1-host", "around") if stage.only(FaultEnded) else probes.path))
    assert stage.run(recovered_within=12.0) is None
    assert probes.stopped_at - probes.marks.felt[-1] == pytest.approx(12.0, abs=0.11)


def test_nobody_waits_for_a_promised_path_that_the_flow_did_not_have_before_the_faults_either() -> None:
    stage = Stage()
    promised = Expectation(flow="flow", after=Promise(via=("vpn2",)))
    stage.run(replace(CHECK, expectations=(promised,)), recovered_within=60.0)
    assert stage.probes.stopped_at - stage.probes.marks.felt[-1] == pytest.approx(SUSTAINED_SECONDS, abs=0.11)


def test_after_a_long_wait_a_message_says_once_what_is_awaited() -> None:
    stage = Stage()
    said: list[Told] = []
    stage.at_each_turn(lambda _now: setattr(stage.probes, "path", ("dc1-host", "around") if stage.only(FaultEnded) else stage.probes.path))
    stage.run(recovered_within=30.0, say=said.append)
    assert [line for line in said if isinstance(line, str)] == [
        "active-active-vpn: cut: the faults are undone; waiting for flow → to come back, up to 30 s"
    ]


def test_what_monitors_notice_has_times_of_the_checks_clock() -> None:
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


def test_a_control_run_only_looks_for_five_seconds() -> None:
    stage = Stage()
    assert stage.run(control_check()) is None
    marks = stage.probes.marks
    assert marks.felt == ()
    assert stage.probes.stopped_at - marks.zero == pytest.approx(5.0)
    assert stage.lab.calls == []


def test_a_lab_is_healed_before_anything_else() -> None:
    stage = Stage()
    stage.lab.isolate("dc2-core")
    assert stage.run() is None


def test_a_lab_that_is_not_steady_is_an_error_and_never_broken() -> None:
    stage = Stage()
    stage.at_each_turn(lambda _now: stage.lab.isolate("isp-a"))
    words = "not steady before the fault: within 3 s there were no 1 s in a row without a lost packet or a changed route"
    assert stage.run(steady_within=3.0) == words
    assert not stage.only(FaultStarted)
    assert not stage.only(FlowRecorded)


def test_a_lab_that_is_not_steady_because_probes_are_too_long_says_where() -> None:
    stage = Stage()
    stage.at_each_turn(lambda _now: stage.lab.isolate("isp-a"))
    stage.probes.too_long = (TooLong(node="vpn1-2", mtu=1438),)
    (_, _, why) = (stage.run(replace(CHECK, probe_size=1439), steady_within=3.0) or "").partition("; ")
    assert why == "flow →: 1439 octets do not fit tunnel vpn1-2 at vpn1-2 (MTU 1438)"


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
    assert stage.run() == "measurement: a program that sends or collects probes stopped too early, with exit code 1"
    assert stage.lab.differences() == ()


@pytest.mark.parametrize("raised", [KeyboardInterrupt, ZeroDivisionError])
def test_any_other_exception_is_raised_and_every_fault_is_undone(raised: type[BaseException]) -> None:
    stage = Stage()

    def interrupt(_now: float) -> None:
        if len(stage.only(FaultStarted)) == 2:
            raise raised

    stage.at_each_turn(interrupt)
    with pytest.raises(raised):
        stage.run()
    assert stage.lab.differences() == ()
    assert not stage.only(CheckEnded)
