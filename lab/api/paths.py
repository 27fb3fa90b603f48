"""Find out whether a word is a path, and write paths as users do."""

from dataclasses import dataclass
from pathlib import Path

from lab.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployable:
    """A compiled topology (a plan), and the file of the topology."""

    plan: Plan
    path: Path


def is_path(word: str) -> bool:
    """Whether a word of the command line is the path of a file. Otherwise it is a name."""
    return "/" in word or word.endswith((".yaml", ".yml"))


def shortest(path: Path) -> Path:
    """The path, written as a user in the current folder would write it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
