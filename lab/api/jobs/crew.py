"""The crew: the parent process of all jobs.

It starts them, receives their messages, decides when each may begin, and survives their crashes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from lab.analysis.report import verdict_of
from lab.api.jobs.gate import Gate
from lab.api.jobs.job import Work, broken_off, untrusted
from lab.api.jobs.messages import Asked, Concluded, Crashed, Ended, Left, Message, Said
from lab.api.jobs.signals import held_back
from lab.api.jobs.traces import Traces
from lab.api.jobs.worker import Worker
from lab.engine import Journal
from lab.errors import LabError
from lab.model.check import Check
from lab.model.event import Discarded, Event, Judged, LabUsed
from lab.model.outcome import Verdict
from lab.model.progress import ClearingUp, LabLeft, OfLab, Phase, PhaseBegins, Say, Told
from lab.runtime.host.room import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Where the crew passes on what jobs report. `journal` gets every event, `show` every verdict, and `say` every message for the user."""

    journal: Journal
    show: Callable[[Verdict], None]
    say: Say


@dataclass(slots=True, kw_only=True)
class _Job:
    """What the crew knows about a job: the events of its present check, how many checks are finished, and its last message."""

    work: Work
    worker: Worker
    events: list[Event] = field(default_factory=list)
    concluded: int = 0
    last: Crashed | Ended | None = None


class Crew:
    """Runs jobs. `start`: starts a job. `tidy`: removes the lab of a job that was killed."""

    def __init__(self, start: Callable[[Work], Worker], tidy: Callable[[str], None], ears: Ears, builders: int) -> None:
        self._start = start
        self._tidy = tidy
        self._ears = ears
        self._gate = Gate(builders)
        self._jobs: dict[str, _Job] = {}
        self._dismissed = False
        self.traces = Traces()

    def run(self, works: Sequence[Work], room: Room) -> None:
        """Run all work, with as many jobs at the same time as the host has room for. At the end every check has a verdict.

        No job is left running when this returns, also after Ctrl-C: each job removes what it deployed, and we wait for that.
        """
        waiting = list(works)
        try:
            while waiting or self._jobs:
                while work := self._next(waiting, room):
                    waiting.remove(work)
                    self._jobs[work.name] = _Job(work=work, worker=self._start(work))
                self._listen()
                for name in self._gate.admitted():
                    self._jobs[name].worker.admit()
        except BaseException:
            self._dismiss()
            raise

    def _next(self, waiting: Sequence[Work], room: Room) -> Work | None:
        """The first waiting work for which the host has room beside the running jobs. None if there is no room for any."""
        beside = [job.work.deployable.plan for job in self._jobs.values()]
        return next((work for work in waiting if room.fits(work.deployable.plan, beside)), None)

    def _dismiss(self) -> None:
        """End all jobs, and write their last events into the journal. An interrupted check gets no verdict."""
        self._dismissed = True
        self.traces.forget_what_is_done()
        self._ears.say(ClearingUp())
        for job in self._jobs.values():
            job.worker.end()
        while self._jobs:
            self._listen()

    def _listen(self) -> None:
        """Receive one message from every job that has sent one."""
        ready = wait([job.worker.told for job in self._jobs.values()])
        for job in [job for job in self._jobs.values() if job.worker.told in ready]:
            try:
                with held_back():
                    message: Message = job.worker.told.recv()
            except (EOFError, OSError):
                self._part(job)
            else:
                self._take(job, message)

    def _take(self, job: _Job, message: Message) -> None:
        match message:
            case Said():
                self._pass_on(job, message.told)
            case Asked():
                self._gate.ask(job.work.name, message.activity)
                is_done = job.concluded == len(job.work.all_checks())
                self._pass_on(job, PhaseBegins(phase=Phase.LEAVING if is_done else Phase.WAITING))
            case Left():
                self._gate.leave(job.work.name)
            case Concluded():
                self._conclude(job)
            case Crashed() | Ended():
                job.last = message
            case _:
                self._write(job, message)

    def _pass_on(self, job: _Job, told: Told) -> None:
        """Show a message from a job to the user. (A text already contains the name of the lab.)"""
        if isinstance(told, str | OfLab):
            self._ears.say(told)
        else:
            self.traces.take(job.work.name, told)
            self._ears.say(OfLab(lab=job.work.name, moment=told))

    def _write(self, job: _Job, event: Event) -> None:
        self._ears.journal.write(event, lab=job.work.name)
        if not isinstance(event, LabUsed):
            job.events.append(event)

    def _conclude(self, job: _Job) -> None:
        verdict = verdict_of(job.events, str(self._ears.journal.path))
        job.events.clear()
        job.concluded += 1
        self.traces.conclude(job.work.name)
        self._ears.show(verdict)

    def _part(self, job: _Job) -> None:
        """Do what is necessary after the end of a job. Its unfinished checks become errors. If the job was killed, its lab is removed."""
        name = job.work.name
        self._gate.leave(name)
        del self._jobs[name]
        how = job.worker.gone()
        match job.last:
            case Ended():
                if not self._dismissed and job.concluded < len(job.work.all_checks()):
                    self._give_up(job, f"another process ended the job: {how}")
                return
            case Crashed() as crash:
                path = self._ears.journal.path.parent / f"{name}.traceback"
                path.write_text(crash.traceback, encoding="utf-8")
                self._give_up(job, f"the job crashed: {crash.reason} (traceback: {path})")
            case None:
                self._give_up(job, f"the job was interrupted: {how}")
        try:
            self._tidy(name)
        except LabError as error:
            self._ears.say(f"{name}: {error}")
        else:
            self._pass_on(job, LabLeft(removed=self.traces.was_deployed(name)))

    def _give_up(self, job: _Job, reason: str) -> None:
        left = job.work.all_checks()[job.concluded :]
        if not left:
            self._ears.say(f"{job.work.name}: {reason}")
        for check in left:
            for event in self._missing(job, check, reason):
                self._write(job, event)
            self._conclude(job)

    @staticmethod
    def _missing(job: _Job, check: Check, reason: str) -> tuple[Event, ...]:
        """The events that make a check an error. If the check has begun, only its end is missing. Otherwise all its events are missing."""
        begun = bool(job.events) and not isinstance(job.events[-1], Judged | Discarded)
        return broken_off(reason) if begun else untrusted(check, job.work.deployable.plan, reason)
