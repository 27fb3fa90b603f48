"""A crew with scripted jobs, and their results."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lab.api.jobs.crew import Crew, Ears
from lab.api.jobs.job import Work
from lab.api.test import report_again
from lab.engine import Journal
from lab.model.event import RunStarted
from lab.model.outcome import Report, Status, Verdict
from lab.model.progress import Moment, OfLab, Told
from lab.model.run import HostFacts
from lab.runtime.host.room import Places
from tests.fakes.worker import FakeWorker, Script, whole
from tests.unit.api.jobs.works import CHECKS, work

NAMES = ("a", "b", "c")


@dataclass
class Stage:
    """A crew with scripted jobs, and the messages that it passed on."""

    folder: Path
    scripts: dict[str, Script] = field(default_factory=dict)
    shown: list[tuple[str, str, Status]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    moments: list[Moment | OfLab] = field(default_factory=list)
    tidied: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    tidy: Callable[[str], None] | None = None
    on_show: Callable[[Verdict], None] = lambda _verdict: None

    def run(self, at_once: int = 3, names: tuple[str, ...] = NAMES) -> Report:
        journal = Journal(self.folder / "journal.jsonl")
        journal.write(
            RunStarted(version="1", host=HostFacts(kernel="6", cpus=2, capabilities=()), images=(), topologies=names),
        )
        try:
            crew = Crew(self._start, self.tidy or self.tidied.append, Ears(journal=journal, show=self._show, say=self._say), builders=2)
            crew.run([work(name) for name in names], Places(at_once))
        finally:
            journal.close()
        return report_again(journal.path)

    def _start(self, each: Work) -> FakeWorker:
        self.started.append(each.name)
        return FakeWorker(each, self.scripts.get(each.name, whole))

    def _say(self, told: Told) -> None:
        if isinstance(told, str):
            self.said.append(told)
        else:
            self.moments.append(told)

    def _show(self, verdict: Verdict) -> None:
        self.shown.append((verdict.topology, verdict.check, verdict.status))
        self.on_show(verdict)


def verdicts_of(report: Report) -> list[tuple[str, str, Status]]:
    return [(verdict.topology, verdict.check, verdict.status) for verdict in report.verdicts]


def expected(status: Status = Status.PASS, names: tuple[str, ...] = NAMES) -> list[tuple[str, str, Status]]:
    return [(name, check, status) for name in names for check in ("control", *CHECKS)]
