"""A job: deploy the lab of one topology, run the checks on it, and remove it."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from lab.analysis.expected import expected_seconds
from lab.analysis.trust import worth_another
from lab.analysis.verdict import judge
from lab.api.foreseen_alarms import with_alarms
from lab.api.jobs.messages import Activity
from lab.api.labs import GOOD_WITHIN_SECONDS, Raised, facts, put_right, raise_lab
from lab.api.paths import Deployable
from lab.engine import Settings, run_check
from lab.engine.arrival import wait_until_good
from lab.engine.session import Senses
from lab.errors import LabError, MeasurementError
from lab.model.check import CONTROL, Check, control_check
from lab.model.event import CheckEnded, CheckStarted, Discarded, Event, Judged, LabUsed
from lab.model.outcome import Status
from lab.model.plan import Plan
from lab.model.progress import CheckBegins, LabLeft, Say, Told
from lab.predict import Predictor
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.deploy import remove
from lab.runtime.docker.containers import Containers
from lab.runtime.docker.engine import ready_engine
from lab.runtime.home import Home
from lab.runtime.host.turn import building


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The work of one job: a topology and its checks, already read, and how often each check runs.

    - `repeat`: without checks, the control check runs this many times.
    - `strict`: also fail if a promise was not tested, because no fault touched its flow.
    - `rate_pps`: probes per second, for each direction of each flow.
    - `left_out`: the names of checks that are not run, because their automations need a monitor.
    - `monitor`: run Prometheus and Alertmanager beside the lab.
    """

    deployable: Deployable
    checks: tuple[Check, ...]
    repeat: int = 1
    strict: bool = False
    rate_pps: float = 1000.0
    left_out: tuple[str, ...] = ()
    monitor: bool = False

    @property
    def name(self) -> str:
        """The name of the lab."""
        return self.deployable.plan.lab

    def times(self, check: Check) -> int:
        """How often a check runs."""
        return 1 if self.checks and check.name == CONTROL else self.repeat

    def seconds(self) -> tuple[float, ...]:
        """How long each check, with its repetitions, is expected to take, in the order of `all_checks`."""
        return tuple(expected_seconds(check, self.deployable.plan) * self.times(check) for check in self.all_checks())

    def all_checks(self) -> tuple[Check, ...]:
        """The checks in the order in which they run. The control check is first, because without it no other verdict means anything."""
        return (control_check(), *self.checks)


class Teller(Protocol):
    """How a check tells what happens, and how it waits for its turn."""

    def tell(self, event: Event) -> None:
        """Send an event for the journal."""
        ...

    def say(self, told: Told) -> None:
        """Send a message for the user."""
        ...

    def turn(self, activity: Activity) -> AbstractContextManager[None]:
        """Wait until the job may begin this activity. The turn ends with the block."""
        ...


class Line(Teller, Protocol):
    """How a job sends messages to the crew, and how it waits for its turn."""

    def conclude(self) -> None:
        """Tell the crew that the verdict of the last check is final: the check will not run again."""
        ...

    def finish(self) -> None:
        """From now on, nothing interrupts the job. It cleans up and ends by itself."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a job gets its lab from, and how long its checks wait. Tests use other values.

    `monitor` runs a monitor of the lab, and gives the senses of checks that feed it. None: the senses are those of the settings.
    """

    lab: Callable[[Deployable, Line], AbstractContextManager[LabUnderTest]]
    settings: Settings = field(default_factory=Settings)
    monitor: Callable[[LabUnderTest, Say], AbstractContextManager[Senses]] | None = None

    @contextmanager
    def settings_for(self, lab: LabUnderTest, say: Say) -> Iterator[Settings]:
        """The settings of the checks on a lab. Its monitor runs while the block runs, if there is one."""
        if self.monitor is None:
            yield self.settings
            return
        with self.monitor(lab, say) as senses:
            yield replace(self.settings, senses=senses)


def run_job(work: Work, line: Line, stage: Stage) -> None:
    """Run the checks of a job. Each gets a verdict. It is an error if there is no lab, or if the control check did not pass."""
    plan = work.deployable.plan
    left = list(work.all_checks())
    predictor = None if plan.unforeseen else Predictor(plan)
    try:
        with stage.lab(work.deployable, line) as lab, stage.settings_for(lab, line.say) as settings:
            while left:
                is_control = len(left) > len(work.checks)
                tries, check = [], with_alarms(predictor, left[0]) if predictor else left[0]
                for trial in range(work.times(check)):
                    line.say(_begins(work, len(left), trial))
                    tries.append(run_and_judge(lab, check, line, settings, strict=work.strict))
                left.pop(0)
                line.conclude()
                if is_control and left and tries[0].status is not Status.PASS:
                    raise MeasurementError(f"not run, because the control check (without a fault) did not pass: {_brief(tries[0].reason)}")
    except LabError as error:
        if not left:
            line.say(f"{plan.lab}: {error}")
        for check in left:
            for event in untrusted(check, plan, str(error)):
                line.tell(event)
            line.conclude()


def _begins(work: Work, left: int, trial: int) -> CheckBegins:
    """The message that says that a check begins. `left`: how many checks remain, including this one."""
    every = work.all_checks()
    check = every[-left]
    return CheckBegins(
        check=check.name,
        number=len(every) - left + 1,
        of=len(every),
        seconds=expected_seconds(check, work.deployable.plan),
        trial=trial + 1,
        trials=work.times(check),
    )


def untrusted(check: Check, plan: Plan, reason: str) -> tuple[Event, ...]:
    """The events of a check that was not run, with the reason why."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    started = CheckStarted(topology=plan.name, check=check.name, summary=check.summary, timers=plan.timers.value, wall=now, file=check.file)
    return started, *broken_off(reason)


def broken_off(reason: str) -> tuple[Event, ...]:
    """The last events of a check that has begun, but cannot reach its end."""
    return CheckEnded(wall_seconds=0.0, error=reason), Judged(status=Status.ERROR, reason=reason)


@contextmanager
def real_lab(deployable: Deployable, line: Line) -> Iterator[LabUnderTest]:
    """A lab in which all flows work. No other command can use it while the block runs.

    If the lab was deployed for the block, it is removed afterwards, also after an error.
    """
    with Home(deployable.plan.lab).held("lab-test"), ExitStack() as afterwards:
        stay = _Stay(deployable)
        afterwards.push(lambda kind, _error, _trace: stay.end(line, cut_off=kind is not None and not issubclass(kind, LabError)))
        with line.turn(Activity.BUILDING), building(line.say):
            stay.raised = raise_lab(deployable, line.say)
            stay.good_at = wait_until_good(stay.raised.lab, GOOD_WITHIN_SECONDS, line.say)
        yield stay.raised.lab


class _Stay:
    """A lab that is used by a job, and what must be done when the job ends."""

    def __init__(self, deployable: Deployable) -> None:
        self.raised: Raised | None = None
        self.good_at: float | None = None
        self._deployable = deployable

    def end(self, line: Line, *, cut_off: bool) -> None:
        """Remove the lab if this job deployed it, and report how long deploying and removing took.

        `cut_off`: the job was interrupted, maybe while it was undoing a fault. So if the lab is not removed, it is repaired.
        """
        line.finish()
        if self.raised is None:
            return
        plan = self._deployable.plan
        seconds = None
        try:
            if cut_off and not self.raised.deployed:
                put_right(self.raised.lab, line.say)
        finally:
            self.raised.lab.close()
        if self.raised.deployed:
            with line.turn(Activity.BUILDING):
                begin = time.monotonic()
                remove(Containers(ready_engine(line.say)), plan.lab)
                seconds = time.monotonic() - begin
        up_seconds = None if self.good_at is None else self.raised.up_seconds(self.good_at)
        line.say(LabLeft(removed=self.raised.deployed))
        line.tell(LabUsed(lab=facts(plan, up_seconds, seconds)))


def run_and_judge(lab: LabUnderTest, check: Check, line: Teller, settings: Settings, *, strict: bool) -> Judged:
    """Run a check.

    If its measurement cannot be trusted (the sender of probes paused, or a fault had no effect), say so and run it once more.
    """
    judged, is_worth_another = _run_once(lab, check, line, settings, strict=strict)
    if is_worth_another:
        line.tell(Discarded(reason=judged.reason))
        line.say(f"{lab.plan.lab}: runs check {check.name} again, because: {judged.reason}")
        judged, _ = _run_once(lab, check, line, settings, strict=strict)
    line.tell(judged)
    return judged


def _run_once(lab: LabUnderTest, check: Check, line: Teller, settings: Settings, *, strict: bool) -> tuple[Judged, bool]:
    """Run a check once. Return its verdict, and whether to run it again because the measurement cannot be trusted."""
    events: list[Event] = []

    def tell(event: Event) -> None:
        line.tell(event)
        events.append(event)

    with line.turn(Activity.MEASURING):
        run_check(lab, check, tell, replace(settings, say=line.say))
    judged = judge(check, lab.plan, events, strict=strict)
    return judged, worth_another(check, events)


def _brief(reason: str) -> str:
    """The first line of a reason, and how many more lines it has."""
    first, *more = reason.splitlines()
    return f"{first} (and {len(more)} more)" if more else first
