"""Find the files of a topology's checks, and say which files in a folder are not read. Law: no file is ignored silently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from lab.errors import InputError, Problem

CHECKS = "checks"
"""The folder that contains a folder of checks for each topology."""

_SUFFIXES = (".yaml", ".yml")
_MOST_MISSES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders that may contain the checks of a topology. `name`: the topology's name. `stem`: the name of its file without the suffix.

    `bases`: the folders in which to look for `checks/NAME/`, the nearest first. The last one is the project itself.
    """

    name: str
    stem: str
    bases: tuple[Path, ...]

    @property
    def candidates(self) -> tuple[Path, ...]:
        """The folders that may contain the checks, the nearest first."""
        return tuple(base / CHECKS / self.name for base in self.bases)

    @property
    def folder(self) -> Path:
        """The nearest of these folders that exists. If none exists: the nearest one."""
        return next((folder for folder in self.candidates if folder.is_dir()), self.candidates[0])

    @property
    def looked_at(self) -> tuple[Path, ...]:
        """These folders up to the first one that exists."""
        there = next((number for number, folder in enumerate(self.candidates, start=1) if folder.is_dir()), None)
        return self.candidates[:there]

    def near_misses(self) -> tuple[Path, ...]:
        """Folders with a similar name, near the topology or the current folder. The user probably meant one of them."""
        found = (miss for base in dict.fromkeys((*self.bases[:-1], Path.cwd())) for miss in _near_misses(base, self.name, self.stem))
        return tuple(miss for miss in dict.fromkeys(found) if miss not in self.looked_at)[:_MOST_MISSES]


def yaml_files(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a folder, sorted by name. () if there is no such folder."""
    return tuple(path for path in _entries(folder) if _is_read(path))


def folders(folder: Path) -> tuple[Path, ...]:
    """The folders inside a folder, sorted by name. () if there is no such folder."""
    return tuple(path for path in _entries(folder) if path.is_dir())


def unread(folder: Path) -> tuple[str, ...]:
    """The names of everything in a folder that is not a YAML file. The names of folders end with a slash."""
    return tuple(f"{path.name}/" if path.is_dir() else path.name for path in _entries(folder) if not _is_read(path))


def require_one_a_stem(files: Sequence[Path], what: str) -> None:
    """Raise InputError if two files have the same name before the suffix, such as dx.yaml and dx.yml.

    `what`: what the files are, for the message.
    """
    first: dict[str, Path] = {}
    problems = []
    for path in files:
        other = first.setdefault(path.stem, path)
        if other is not path:
            message = f"this file and {path.name} beside it are both the {what} '{path.stem}' (rename or remove one of the two)"
            problems.append(Problem(place=str(other), message=message))
    if problems:
        raise InputError(problems)


def _entries(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.iterdir())) if folder.is_dir() else ()


def _is_read(path: Path) -> bool:
    return path.suffix in _SUFFIXES and not path.is_dir()


def _near_misses(base: Path, name: str, stem: str) -> Iterator[Path]:
    for folder in _alike(base, CHECKS):
        inner = tuple(_alike(folder, name, stem))
        yield from inner
        if not inner and (folder.name != CHECKS or yaml_files(folder)):
            yield folder


def _alike(folder: Path, *names: str) -> Iterator[Path]:
    """The folders inside `folder` whose names are similar to one of `names`."""
    there = {path.name.lower(): path for path in _entries(folder)}
    close = dict.fromkeys(match for name in names for match in get_close_matches(name.lower(), there))
    yield from (there[match] for match in close if there[match].is_dir())
