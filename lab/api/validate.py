"""Find every mistake in topologies and their checks. This needs no lab and writes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from lab.api.check_files import CHECKS, folders, require_one_a_stem, unread, yaml_files
from lab.api.files import (
    all_topologies,
    names_twice,
    none_found,
    none_yet,
    places,
    shipped_topologies,
    topologies_folder,
    topology_path,
)
from lab.api.outlines import unknown_links
from lab.api.paths import shortest
from lab.api.predict import with_predictions
from lab.compiler import outline_topology
from lab.errors import InputError, Problem
from lab.intent import read_check, read_commented, read_topology, review_check, topology_name, way_out
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.reviewed import Reviewed

_PREDICTED = "predicted"
"""The word in a check for which a prediction is needed."""


def validate(words: Sequence[str]) -> tuple[Reviewed, ...]:
    """Read topologies and their checks with every timer profile, and collect the problems. A word is the name or the path of a topology.

    Without words: all topologies that `lab-test` would run, and all folders of checks that belong to no topology.
    """
    reviewed = [_review(word) for word in words or all_topologies()]
    twice = names_twice([(each.name, Path(each.file)) for each in reviewed if each.file])
    told = [
        replace(each, problems=(*(problem for problem in twice if problem.place.startswith(f"{each.file}:")), *each.problems))
        for each in reviewed
    ]
    return (*told, *(() if words else _orphans(told)))


def _review(word: str) -> Reviewed:
    try:
        path = topology_path(word)
    except InputError as error:
        return Reviewed(name=word, file=None, checks=(), problems=error.problems)
    plan, problems = _plan(path)
    name = plan.name if plan else topology_name(path)
    around = places(name or path.stem, path)
    files = [shortest(each) for each in yaml_files(around.folder)]
    remark = none_yet(around) if name and not files else None
    missing = (none_found(around, path),) if name and not files and not remark else ()
    return Reviewed(
        name=name or path.stem,
        file=str(path),
        checks=_stems(files),
        problems=(*problems, *missing, *_of_checks(files, plan, path)),
        unread=unread(around.folder),
        remarks=(remark,) if remark else (),
    )


def _plan(path: Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of a topology, or its mistakes. (Every timer profile gives the same names and targets.)"""
    try:
        written = read_commented(path)
        plan = outline_topology(written.topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    except InputError as error:
        return None, error.problems
    return plan, tuple(unknown_links(path, written, plan))


def _of_checks(files: Sequence[Path], plan: Plan | None, topology: Path | None) -> Iterator[Problem]:
    yield from _problems(partial(require_one_a_stem, files, "check"))
    for file in files:
        problems = _problems(partial(review_check, file, plan))
        if plan and topology and not problems and _PREDICTED in file.read_text(encoding="utf-8"):
            problems = _problems(partial(_predict, file, topology))
        yield from dict.fromkeys(problems)


def _predict(file: Path, topology: Path) -> None:
    """Raise one InputError that lists each outage that a check promises as `predicted`, but for which there is no prediction.

    Each timer profile is tried.
    """
    for timers in Timers:
        plan = outline_topology(read_topology(topology), timers=timers, ipsec=Ipsec.USERSPACE)
        with_predictions(plan, (read_check(file, plan, timers),))


def _problems(look: Callable[[], None]) -> tuple[Problem, ...]:
    try:
        look()
    except InputError as error:
        return error.problems
    return ()


def _orphans(reviewed: Sequence[Reviewed]) -> Iterator[Reviewed]:
    """Folders of checks whose names are not names of topologies, so that no command runs these checks."""
    here = topologies_folder().parent
    known = {*shipped_topologies(), *(each.name for each in reviewed), *(Path(each.file).stem for each in reviewed if each.file)}
    known |= {each.stem for each in yaml_files(here)}  # a topology beside checks/ is given by its path
    for folder in folders(here / CHECKS):
        files = [shortest(each) for each in yaml_files(folder)]
        if files and folder.name not in known:
            message = f"no topology is called '{folder.name}', so no command runs these checks {way_out(folder.name, sorted(known))}"
            missing = Problem(place=f"{shortest(folder)}/", message=message)
            yield Reviewed(
                name=folder.name, file=None, checks=_stems(files), problems=(missing, *_of_checks(files, None, None)), unread=unread(folder)
            )


def _stems(files: Sequence[Path]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(file.stem for file in files))
