"""Run checks on real labs and report their verdicts (`lab-test`)."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lab.analysis.contrast import compared
from lab.api.baseline import fit_baseline
from lab.api.check_files import unread
from lab.api.chosen import NEEDS_MONITOR, chosen_checks, runnable
from lab.api.files import checks_folder, names_twice, read_plan
from lab.api.jobs.crew import Crew, Ears
from lab.api.jobs.job import Work
from lab.api.jobs.worker import start_worker
from lab.api.journals import begin_journal, new_journal
from lab.api.labs import found_whole
from lab.api.monitor.rules import require_right_rules
from lab.api.origin import run_origins
from lab.api.own_configurations import require_loadable, unpredicted
from lab.api.paths import shortest
from lab.api.reports import report_again
from lab.api.running import tag_of
from lab.api.shares import shared
from lab.api.sweep import Sweep
from lab.engine import Journal
from lab.errors import InputError, Problem
from lab.model.baseline import LabProfile
from lab.model.check import CONTROL
from lab.model.event import RunEnded
from lab.model.outcome import Report, Verdict
from lab.model.plan import Circuits, Ipsec, Timers
from lab.model.progress import LabAhead, RunBegins, Say
from lab.program import COMMAND
from lab.runtime.deploy import remove
from lab.runtime.docker.containers import Containers
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import MONITOR, NODE, image_versions, ready_image
from lab.runtime.home import Home
from lab.runtime.host.facts import circuits_here
from lab.runtime.host.room import Places, Room, builders, host_room
from lab.views.counted import counted

RATE_PPS = 1000.0
SWEEP_RATE_PPS = 100.0
"""Probes per second, for each direction of each flow. A sweep sends fewer, so that more labs run side by side. It measures to 10 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestOptions:
    """What `lab-test` runs, and how.

    - `topologies`: names or paths.
    - `check`: the name of the only check to run, None for all. With `sweep`: the only set of components to break.
    - `jobs`: the number of labs at the same time. None: as many as the host can measure.
    - `repeat`: how often each check runs, on the same lab.
    - `baseline`: the file of an earlier run to compare with.
    - `strict`: also fail if a promise was not tested, because no fault touched its flow.
    - `sweep`: run the checks of a sweep instead of those in files.
    - `monitor`: run Prometheus and Alertmanager beside each lab.
    """

    topologies: tuple[str, ...]
    check: str | None = None
    timers: Timers = Timers.TUNED
    ipsec: Ipsec = Ipsec.USERSPACE
    jobs: int | None = None
    repeat: int = 1
    baseline: Path | None = None
    strict: bool = False
    sweep: Sweep | None = None
    monitor: bool = False


def test(options: TestOptions, show: Callable[[Verdict], None], say: Say) -> Report:
    """Run checks. The labs are deployed for them, or already run from the same plan. `show` is called with each verdict as soon as there is
    one.

    Raises InputError before any lab is deployed. A check that cannot be judged is an error in the report, not an exception.
    """
    works = _read_all(options, circuits_here())
    plans = tuple(work.deployable.plan for work in works)
    labs = [LabProfile(topology=plan.name, timers=options.timers.value, ipsec=options.ipsec.value) for plan in plans]
    baseline = fit_baseline(options.baseline, labs) if options.baseline else None
    for line in (*run_origins([work.deployable for work in works]), *_unread(options, works), *_left_out(works), *unpredicted(plans)):
        say(line)
    begin = time.monotonic()
    images = _images(works, say)
    containers = Containers(ready_engine(say))
    room = Places(options.jobs) if options.jobs else host_room(SWEEP_RATE_PPS if options.sweep else RATE_PPS)
    works = shared(works, room) if options.sweep else works
    _say_how_many(options, works, say)
    tidy = _Tidying(containers, _already_there(works, containers))
    journal = new_journal()
    try:
        begin_journal(journal, plans, images, options.check)
        say(RunBegins(labs=tuple(LabAhead(lab=work.name, seconds=work.seconds()) for work in works)))
        _run(Crew(start_worker, tidy.remove, Ears(journal=journal, show=show, say=say), builders()), works, room, journal)
        journal.write(RunEnded(wall_seconds=time.monotonic() - begin))
    finally:
        journal.close()
    report = report_again(journal.path)
    return compared(report, baseline, str(options.baseline)) if baseline else report


def _images(works: Sequence[Work], say: Say) -> tuple[tuple[str, str], ...]:
    """The versions in the images that the run needs. They are built if needed, and rule files of the user are checked."""
    client = ready_engine(say)
    recipes = (NODE, MONITOR) if any(work.monitor for work in works) else (NODE,)
    images = tuple(version for recipe in recipes for version in image_versions(client, ready_image(client, say, recipe), recipe))
    require_right_rules([work.deployable.plan for work in works], say)
    require_loadable([work.deployable.plan for work in works], say)
    return images


def _run(crew: Crew, works: tuple[Work, ...], room: Room, journal: Journal) -> None:
    """Run all work. After Ctrl-C, raise a KeyboardInterrupt whose text says what was undone and what is left."""
    try:
        crew.run(works, room)
    except KeyboardInterrupt:
        where = f"journal  {journal.path} ({COMMAND} lab-report JOURNAL shows what was measured)"
        raise KeyboardInterrupt("\n".join(["interrupted", *crew.traces.lines(), where])) from None


def _read_all(options: TestOptions, circuits: Circuits) -> tuple[Work, ...]:
    """Read all topologies and their checks. Raises one InputError that lists every mistake."""
    works: list[Work] = []
    problems: list[Problem] = []
    if not options.topologies:
        problems.append(Problem(place="topologies", message="this folder has no topology (write one: a YAML file)"))
    for topology in options.topologies:
        try:
            works.append(_read(topology, options, circuits))
        except InputError as error:
            problems += error.problems
    problems += names_twice([(work.deployable.plan.name, work.deployable.path) for work in works])
    if problems:
        raise InputError(problems)
    return tuple(works)


def _read(topology: str, options: TestOptions, circuits: Circuits) -> Work:
    deployable = read_plan(topology, options.timers, options.ipsec, circuits)
    chosen = chosen_checks(deployable, options.sweep, options.check)
    monitor = options.monitor or deployable.plan.monitoring is not None
    checks = runnable(chosen, options.check, is_monitored=monitor)
    return Work(
        deployable=replace(deployable, path=deployable.path.resolve()),  # jobs have another current folder
        checks=checks,
        repeat=options.repeat,
        strict=options.strict,
        rate_pps=SWEEP_RATE_PPS if options.sweep else RATE_PPS,
        left_out=tuple(check.name for check in chosen if check not in checks),
        monitor=monitor,
    )


def _unread(options: TestOptions, works: tuple[Work, ...]) -> Iterator[str]:
    """Name the files in the folders of checks that are no checks, so that nobody thinks that they were run."""
    for work in works if options.check != CONTROL and not options.sweep else ():
        folder = checks_folder(work.deployable)
        if others := unread(folder):
            yield f"{work.name}: these files in {shortest(folder)}/ are not read: {', '.join(others)} (a check is a *.yaml or *.yml file)"


def _left_out(works: tuple[Work, ...]) -> Iterator[str]:
    """Name the checks that are not run without a monitor."""
    for work in works:
        if work.left_out:
            yield f"{work.name}: not run: {', '.join(work.left_out)} ({NEEDS_MONITOR})"


def _already_there(works: tuple[Work, ...], containers: Containers) -> frozenset[str]:
    """The names of the labs that run completely before this run begins. Labs that are only partly there will be removed.

    Raises one InputError that lists every lab that was deployed from another plan.
    """
    there: set[str] = set()
    problems: list[Problem] = []
    for work in works:
        nodes = containers.of_lab(work.name)
        try:
            if found_whole(nodes, Home(work.name), work.deployable.plan, tag_of(work.deployable)):
                there.add(work.name)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return frozenset(there)


def _say_how_many(options: TestOptions, works: tuple[Work, ...], say: Say) -> None:
    if len(works) > 1:
        how = (
            f"{min(options.jobs, len(works))} at a time"
            if options.jobs
            else "as many at a time as cores and memory allow (--jobs N sets the number)"
        )
        labs = "" if len(works) == len(options.topologies) else f"{len(works)} labs of "
        say(f"{labs}{counted(len(options.topologies), 'topology')}, {how}")


class _Tidying:
    """Removes the lab of a killed job. A lab that ran before this run is not removed."""

    def __init__(self, containers: Containers, spared: frozenset[str]) -> None:
        self._containers = containers
        self._spared = spared

    def remove(self, lab: str) -> None:
        """Remove the lab if this run deployed it. Raises LabBusyError if another command uses it now."""
        if lab not in self._spared:
            with Home(lab).held("lab-test"):
                remove(self._containers, lab)
