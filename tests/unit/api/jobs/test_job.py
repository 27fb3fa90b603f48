"""One job on a fake lab: every check gets a verdict, whatever happens to the lab."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from lab.api.jobs.job import Line, Stage, run_job
from lab.api.jobs.messages import Activity
from lab.api.paths import Deployable
from lab.api.predict import with_predictions
from lab.engine import Settings
from lab.engine.session import Senses
from lab.errors import LabBusyError, LabError, NodeError
from lab.model.event import CheckEnded, CheckStarted, Discarded, Event, Judged
from lab.model.outcome import Status
from lab.model.progress import Say
from lab.runtime.capabilities import LabUnderTest
from tests.fakes.clock import FakeClock
from tests.fakes.lab import FakeLab
from tests.fakes.probes import FakeProbes
from tests.unit.api.jobs.works import CHECKS, work

WORK = work("a")
PAUSED = "nothing was sent for 0.135 s, so a loss may have been missed (processors busy 0%)"
EVERY_CHECK = ["control", *CHECKS]


@dataclass
class Told:
    """A connection to the crew that remembers all messages and turns in order."""

    all: list[Event | str] = field(default_factory=list)

    def tell(self, event: Event) -> None:
        self.all.append(event)

    def say(self, line: str) -> None:
        self.all.append(line)

    def conclude(self) -> None:
        self.all.append("concluded")

    @contextmanager
    def turn(self, activity: Activity) -> Iterator[None]:
        self.all.append(f"{activity.value} begins")
        yield
        self.all.append(f"{activity.value} ends")

    def finish(self) -> None:
        self.all.append("finishing")

    def verdicts(self) -> list[tuple[str, Status]]:
        """The result of every check. Each must have been concluded."""
        checks = [event.check for event in self.all if isinstance(event, CheckStarted)]
        statuses = [event.status for event in self.all if isinstance(event, Judged)]
        assert self.all.count("concluded") == len(set(checks))
        assert checks == sorted(checks, key=list(dict.fromkeys(checks)).index)
        return list(zip(checks, statuses, strict=True))

    def reasons(self) -> list[str | None]:
        return [event.error for event in self.all if isinstance(event, CheckEnded)]


@dataclass
class Bench:
    """A fake lab, and the stage that gives it to a job."""

    refusal: LabError | None = None
    at_end: LabError | None = None

    def __post_init__(self) -> None:
        self.lab = FakeLab(WORK.deployable.plan)
        self.probes = FakeProbes(self.lab, FakeClock())

    def stage(self) -> Stage:
        return Stage(lab=self._having, settings=Settings(senses=self.probes.senses()))

    @contextmanager
    def _having(self, _deployable: Deployable, _line: Line) -> Iterator[LabUnderTest]:
        if self.refusal:
            raise self.refusal
        yield self.lab
        if self.at_end:
            raise self.at_end


def test_the_control_run_comes_first_and_each_check_is_measured_in_its_turn() -> None:
    told = Told()
    run_job(WORK, told, Bench().stage())
    assert [name for name, _ in told.verdicts()] == EVERY_CHECK
    begins = [number for number, each in enumerate(told.all) if each == "measuring begins"]
    assert [type(told.all[number + 1]) for number in begins] == [CheckStarted] * 3
    assert told.all.count("measuring ends") == 3


def test_a_predicted_check_begins_with_the_alarms_that_will_ring() -> None:
    told = Told()
    checks = with_predictions(WORK.deployable.plan, WORK.checks)
    run_job(replace(WORK, checks=checks), told, Bench().stage())
    foreseen = {event.check: event.foreseen for event in told.all if isinstance(event, CheckStarted)}
    assert foreseen["control"] is None
    assert {name: tuple(alarm.rule for alarm in each.alarms or ()) for name, each in foreseen.items() if each} == {
        "interconnect": (),
        "zone": ("vpn1-any-tunnel-down",),
    }
    assert all(each.alarms is not None for each in foreseen.values() if each)


def test_each_check_but_the_control_run_is_repeated() -> None:
    told = Told()
    run_job(replace(WORK, repeat=3), told, Bench().stage())
    assert [name for name, _ in told.verdicts()] == ["control", *(name for name in CHECKS for _ in range(3))]


@pytest.mark.parametrize("refusal", [LabBusyError("lab a: held by 'lab-up', process 7"), NodeError("gw1: ended while starting")])
def test_without_a_lab_every_check_is_an_error_with_the_reason(refusal: LabError) -> None:
    told = Told()
    run_job(WORK, told, Bench(refusal=refusal).stage())
    assert told.verdicts() == [(name, Status.ERROR) for name in EVERY_CHECK]
    assert told.reasons() == [str(refusal)] * 3


def test_without_a_good_control_run_nothing_else_runs() -> None:
    told, bench = Told(), Bench()
    bench.probes.dead = True
    run_job(WORK, told, bench.stage())
    assert told.verdicts() == [(name, Status.ERROR) for name in EVERY_CHECK]
    assert told.all.count("measuring begins") == 1
    reason = "measurement: a program that sends or collects probes stopped too early, with exit code 1"
    assert told.reasons() == [reason] + [f"not run, because the control check (without a fault) did not pass: {reason}"] * 2


def test_a_control_run_in_which_our_sender_paused_runs_once_more() -> None:
    told, bench = Told(), Bench()
    bench.probes.pauses = [0.135]
    run_job(WORK, told, bench.stage())
    assert [event.check for event in told.all if isinstance(event, CheckStarted)] == ["control", *EVERY_CHECK]
    assert [event.reason for event in told.all if isinstance(event, Discarded)] == [PAUSED]
    assert f"a: runs check control again, because: {PAUSED}" in told.all
    assert {event.status for event in told.all if isinstance(event, Judged)} == {Status.PASS}
    assert told.all.count("concluded") == 3


def test_a_control_run_in_which_our_sender_pauses_again_is_an_error_that_all_checks_name() -> None:
    told, bench = Told(), Bench()
    bench.probes.pauses = [0.135, 0.135]
    run_job(WORK, told, bench.stage())
    assert [event.reason for event in told.all if isinstance(event, Judged)] == [
        PAUSED,
        *[f"not run, because the control check (without a fault) did not pass: {PAUSED}"] * 2,
    ]


def test_a_check_in_which_our_sender_paused_is_shown_and_runs_once_more() -> None:
    told, bench = Told(), Bench()
    bench.probes.pauses = [0.0, 0.135]
    run_job(WORK, told, bench.stage())
    assert [event.check for event in told.all if isinstance(event, CheckStarted)] == ["control", CHECKS[0], CHECKS[0], CHECKS[1]]
    assert [event.reason for event in told.all if isinstance(event, Discarded)] == [PAUSED]
    assert {event.status for event in told.all if isinstance(event, Judged)} == {Status.PASS}


def test_a_check_in_which_our_sender_paused_twice_is_an_error_and_the_next_is_run() -> None:
    told, bench = Told(), Bench()
    bench.probes.pauses = [0.0, 0.135, 0.135]
    run_job(WORK, told, bench.stage())
    assert [event.status for event in told.all if isinstance(event, Judged)] == [Status.PASS, Status.ERROR, Status.PASS]


@pytest.mark.parametrize("dead", [False, True])
def test_without_checks_only_the_control_run_is_repeated(*, dead: bool) -> None:
    told, bench = Told(), Bench()
    bench.probes.dead = dead
    run_job(replace(WORK, checks=(), repeat=2), told, bench.stage())
    assert told.verdicts() == [("control", Status.ERROR if dead else Status.PASS)] * 2
    assert not [each for each in told.all if isinstance(each, str) and "not run" in each]


def test_a_lab_that_cannot_be_removed_is_reported() -> None:
    told = Told()
    run_job(WORK, told, Bench(at_end=NodeError("docker refuses")).stage())
    assert len(told.verdicts()) == 3
    assert told.all[-1] == "a: docker refuses"


def test_an_error_that_is_not_ours_is_not_hidden() -> None:
    work_of_none = replace(WORK, checks=())

    @contextmanager
    def broken(_deployable: Deployable, _line: Line) -> Iterator[LabUnderTest]:
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        run_job(work_of_none, Told(), Stage(lab=broken))


def test_with_a_monitor_every_check_uses_its_senses_and_it_ends_before_the_lab() -> None:
    bench, told = Bench(), Told()

    @contextmanager
    def monitor(lab: LabUnderTest, say: Say) -> Iterator[Senses]:
        assert lab is bench.lab
        say("monitor begins")
        yield bench.probes.senses()
        say("monitor ends")

    run_job(WORK, told, Stage(lab=bench._having, monitor=monitor))
    assert [name for name, _ in told.verdicts()] == EVERY_CHECK
    assert (told.all[0], told.all[-1]) == ("monitor begins", "monitor ends")


def test_without_its_monitor_every_check_is_an_error_with_the_reason() -> None:
    bench, told = Bench(), Told()

    @contextmanager
    def monitor(_lab: LabUnderTest, _say: Say) -> Iterator[Senses]:
        raise NodeError("the monitor: does not start")
        yield

    run_job(WORK, told, Stage(lab=bench._having, monitor=monitor))
    assert told.verdicts() == [(name, Status.ERROR) for name in EVERY_CHECK]
    assert told.reasons() == ["the monitor: does not start"] * 3
