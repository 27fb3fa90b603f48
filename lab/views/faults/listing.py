"""The kinds of fault, for people and for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from lab.model.catalogue import FaultKind
from lab.views.before.wrapped import wrapped
from lab.views.json_text import json_text


def faults_text(kinds: Sequence[FaultKind], width: int | None = None) -> str:
    """What each kind of fault does, its target and its parameters: two or three lines a kind. On a terminal: `width` columns wide."""
    return wrapped([line for kind in kinds for line in _lines_of(kind)], width)


def faults_json(kinds: Sequence[FaultKind]) -> str:
    """The same as JSON, under `faults`. The keys are the names of `FaultKind` without `checks`, which only the page in docs shows."""
    told = [{key: value for key, value in asdict(kind).items() if key != "checks"} for kind in kinds]
    return json_text({"schema": 1, "faults": told})


def _lines_of(kind: FaultKind) -> Iterator[str]:
    yield f"{kind.name:22}{kind.description}"
    yield f"{'':22}target: {kind.targets}"
    if kind.parameters:
        said = (f"{each.name}={each.example}{' (needed)' if each.needed else ''}" for each in kind.parameters)
        yield f"{'':22}parameters: {', '.join(said)}"
