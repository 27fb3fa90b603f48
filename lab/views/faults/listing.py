"""The list of all kinds of fault, as text and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from lab.model.catalogue import FaultKind
from lab.views.before.wrapped import wrapped
from lab.views.json_text import json_text


def faults_text(kinds: Sequence[FaultKind], width: int | None = None) -> str:
    """Two or three lines for each kind of fault: what it does, its targets and its parameters. `width`: the columns of the terminal."""
    return wrapped([line for kind in kinds for line in _lines_of(kind)], width)


def faults_json(kinds: Sequence[FaultKind]) -> str:
    """The kinds of fault as JSON, under `faults`. The keys are the fields of `FaultKind`, except `checks`."""
    told = [{key: value for key, value in asdict(kind).items() if key != "checks"} for kind in kinds]
    return json_text({"schema": 1, "faults": told})


def _lines_of(kind: FaultKind) -> Iterator[str]:
    yield f"{kind.name:22}{kind.description}"
    yield f"{'':22}target: {kind.targets}"
    if kind.parameters:
        said = (f"{each.name}={each.example}{' (needed)' if each.needed else ''}" for each in kind.parameters)
        yield f"{'':22}parameters: {', '.join(said)}"
