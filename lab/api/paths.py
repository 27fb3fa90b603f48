"""Paths of topology files."""

from dataclasses import dataclass
from pathlib import Path

from lab.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployable:
    """A plan, and the file of its topology."""

    plan: Plan
    path: Path


def is_path(word: str) -> bool:
    """Whether a word is the path of a file. Other words are names."""
    return "/" in word or word.endswith((".yaml", ".yml"))


def shortest(path: Path) -> Path:
    """The path as a user in the current folder would write it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
