"""Find the files that words of the command line mean: topologies by name or path, and their checks."""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from lab.api.check_files import CHECKS, Places, require_one_a_stem, unread, yaml_files
from lab.api.paths import Deployable, is_path, shortest
from lab.compiler import compile_topology
from lab.errors import InputError, Problem
from lab.intent import read_check, read_topology
from lab.model.check import CONTROL, Check
from lab.model.plan import Circuits, Ipsec, Timers
from lab.program import shipped

_TOPOLOGIES = "topologies"


def all_topologies() -> tuple[str, ...]:
    """The names of the topologies in `topologies/` of the current folder, or of the shipped ones if there are none."""
    return _names(topologies_folder())


def topologies_folder() -> Path:
    """The folder with the topologies that a command without `-t` uses."""
    own = Path.cwd() / _TOPOLOGIES
    return own if yaml_files(own) else shipped() / _TOPOLOGIES


def shipped_topologies() -> tuple[str, ...]:
    """The names of the shipped topologies."""
    return _names(shipped() / _TOPOLOGIES)


def known_topologies() -> tuple[str, ...]:
    """Every name for which `topology_path` finds a file."""
    return tuple(sorted({name for folder in _folders() for name in _names(folder)}))


def topology_path(word: str) -> Path:
    """The file of a topology, by name or path. The file may be missing: the function that reads the file reports that.

    A name means a file in `topologies/` of the current folder, or else a shipped one. Raises InputError if there is none, or if one folder
    has two files with this name.
    """
    if is_path(word):
        return Path(word)
    named = ([path for path in yaml_files(folder) if path.stem == word] for folder in _folders())
    files = next(filter(None, named), [])
    if not files:
        known = known_topologies()
        near = "".join(f"did you mean '{name}'?; " for name in get_close_matches(word, known, n=1))
        message = f"there is no topology named '{word}' ({near}known: {', '.join(known)}; or give a path to a YAML file)"
        raise InputError([Problem(place="--topology", message=message)])
    require_one_a_stem([shortest(path) for path in files], "topology")
    return shortest(files[0])


def _folders() -> tuple[Path, Path]:
    """The folders in which a topology's name is looked up, in this order."""
    return Path.cwd() / _TOPOLOGIES, shipped() / _TOPOLOGIES


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path.stem for path in yaml_files(folder)))


def read_plan(word: str, timers: Timers, ipsec: Ipsec, circuits: Circuits = Circuits.CABLES) -> Deployable:
    """Read and compile a topology. By default each virtual interface is a cable of its own.

    Raises one InputError that lists every mistake.
    """
    path = topology_path(word)
    if ipsec is not Ipsec.USERSPACE:
        message = f"'{ipsec.value}' is not built yet (leave it out: userspace works on every kernel)"
        raise InputError([Problem(place="--ipsec", message=message)])
    return Deployable(plan=compile_topology(read_topology(path), timers=timers, ipsec=ipsec, circuits=circuits), path=path)


def read_checks(deployable: Deployable, name: str | None) -> tuple[Check, ...]:
    """The checks of a topology (or only the check `name`), from the nearest folder `checks/TOPOLOGY/`.

    The order of folders: beside the topology's file, one folder above, the shipped checks. For a shipped topology the current folder comes
    first.

    The control check is in no file, so its name gives (). If a topology has no checks, `name` may be only the control check.

    Raises one InputError that lists every mistake.
    """
    folder = checks_folder(deployable)
    paths = [shortest(path) for path in yaml_files(folder)]
    if not paths and name != CONTROL:
        raise InputError([none_found(places(deployable.plan.name, deployable.path), deployable.path)])
    require_one_a_stem(paths, "check")
    if name is not None:
        known = [CONTROL, *(path.stem for path in paths)]
        paths = [path for path in paths if path.stem == name]
        if not paths and name != CONTROL:
            near = "".join(f"did you mean '{meant}'?; " for meant in get_close_matches(name, known, n=1))
            message = f"there is no check named '{name}' in {folder} ({near}known: {', '.join(known)})"
            raise InputError([Problem(place="--check", message=message)])
    problems: list[Problem] = []
    checks: list[Check] = []
    for path in paths:
        try:
            checks.append(read_check(path, deployable.plan, deployable.plan.timers))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(checks)


def checks_folder(deployable: Deployable) -> Path:
    """The folder with a topology's checks. If there is none: the nearest folder that could have them."""
    return places(deployable.plan.name, deployable.path).folder


def places(name: str, path: Path) -> Places:
    """The places to look for the checks of a topology, by its name and file."""
    near = path.resolve().parent
    first = (Path.cwd(),) if is_shipped(path) else ()
    return Places(name=name, stem=path.stem, bases=tuple(dict.fromkeys((*first, near, near.parent, shipped()))))


def none_found(places: Places, path: Path) -> Problem:
    """The problem that a topology has no checks: where we looked, what is there instead, and what the user probably meant."""
    looked = ", ".join(f"{shortest(folder)}/" for folder in places.looked_at)
    others = "".join(f"; files that are not read: {', '.join(unread(places.folder))}" for _ in unread(places.folder)[:1])
    misses = ", ".join(f"{shortest(miss)}/" for miss in places.near_misses())
    near = f"Did you mean {misses}? " if misses else ""
    message = (
        f"no check of '{places.name}' was found (looked in {looked}{others}). {near}A check is a *.yaml or *.yml file there. "
        f"Two runs need none: --sweep 1 breaks each component once, --check {CONTROL} breaks nothing"
    )
    return Problem(place=str(path), message=message)


def none_yet(places: Places) -> str | None:
    """A remark that a topology has no checks. None if there is probably a mistake: files that are not read, or a similar folder.

    The folder of another topology is no mistake, however similar its name is.
    """
    others = known_topologies()
    if unread(places.folder) or any(miss.name not in others for miss in places.near_misses()):
        return None
    folder = shortest(next((each for each in places.candidates[:-1] if each.parent.is_dir()), places.candidates[0]))
    return f"no checks yet. `lab-test --sweep 1` needs none. Your own checks are *.yaml files in {folder}/"


def names_twice(named: Sequence[tuple[str, Path]]) -> tuple[Problem, ...]:
    """A problem for each topology file with the same name as another file."""
    count = Counter(name for name, _ in named)
    message = "'{}' is also the name of another topology, but each lab of a run needs its own name (rename one of the topologies)"
    return tuple(Problem(place=f"{shortest(path)}: name", message=message.format(name)) for name, path in named if count[name] > 1)


def is_shipped(path: Path) -> bool:
    """Whether a topology or a folder of checks was shipped."""
    return any(path.resolve().is_relative_to(shipped().resolve() / folder) for folder in (_TOPOLOGIES, CHECKS))
