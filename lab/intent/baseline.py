"""Read a baseline (the figures of an earlier run), from a file of `--save-baseline` or from a `--json` report.

Law: any file gives a Baseline or an InputError. Mistakes are reported before anything starts.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lab.errors import InputError, Problem
from lab.intent.document.finding import dotted
from lab.model.baseline import Baseline, CheckFigures, LabProfile, Series
from lab.model.check import CONTROL, Phase
from lab.model.direction import Direction
from lab.model.evidence import Start
from lab.model.outcome import Status

_SCHEMAS = {"schema": 1, "baseline": 2}
"""For each kind of file: the key that tells it from the other kind, and the schema number that this version reads."""

_WAY_OUT = "give a file from lab-test --save-baseline or --json"
_AGAIN = "save it again with lab-test --save-baseline"

_PATHLESS = 1
"""The schema of old baselines. They lack the path on which each trial began, so they cannot be used."""


class _Written(BaseModel):
    """The base of the pydantic models below. Unknown keys are ignored, because a report contains more than a baseline needs."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class _Tool(_Written):
    version: str


class _Host(_Written):
    kernel: str
    cpus: int


class _Lab(_Written):
    topology: str
    timers: str
    ipsec: str


class _Start(_Written):
    path_before: list[str]
    path_begun: list[str]
    outages: Annotated[list[Annotated[float, Field(ge=0, allow_inf_nan=False)]], Field(min_length=1)]
    paths: list[list[str]]


class _Series(_Written):
    flow: str
    direction: Direction
    phase: Phase
    event: str | None
    starts: list[_Start]


class _Check(_Written):
    topology: str
    check: str
    status: Literal["pass", "fail", "error"]
    spreads: list[_Series]


class _Document(_Written):
    tool: _Tool
    host: _Host
    labs: list[_Lab]
    checks: list[_Check]


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises InputError if the file cannot be read, is no baseline and no report, or has another schema number."""
    data = _data(path)
    _require_known(path, data)
    try:
        written = _Document.model_validate(data)
    except ValidationError as error:
        first, *more = error.errors(include_url=False)
        what = "is missing" if first["type"] == "missing" else first["msg"][:1].lower() + first["msg"][1:]
        also = f", and {len(more)} more mistakes" if more else ""
        raise _refusal(path, f"{dotted(first['loc'])}: {what}{also} ({_AGAIN})") from None
    _require_each_once(path, written.checks)
    return Baseline(
        version=written.tool.version,
        kernel=written.host.kernel,
        cpus=written.host.cpus,
        labs=tuple(LabProfile(topology=lab.topology, timers=lab.timers, ipsec=lab.ipsec) for lab in written.labs),
        checks=tuple(_check(check) for check in written.checks),
    )


def _require_each_once(path: Path, checks: Sequence[_Check]) -> None:
    """Raise InputError if a report of several runs has a check twice. Only the control check may repeat."""
    often = Counter((check.topology, check.check) for check in checks if check.check != CONTROL)
    for (topology, check), times in often.items():
        if times > 1:
            what = f"this file contains {topology}/{check} {times} times, from several runs"
            raise _refusal(path, f"{what} (give a baseline or the report of one run)")


def _check(written: _Check) -> CheckFigures:
    series = tuple(_series(each) for each in written.spreads)
    return CheckFigures(topology=written.topology, check=written.check, status=Status(written.status), series=series)


def _series(written: _Series) -> Series:
    return Series(
        flow=written.flow,
        direction=written.direction,
        phase=written.phase,
        event=written.event,
        starts=tuple(_start(each) for each in written.starts),
    )


def _start(written: _Start) -> Start:
    return Start(
        path_before=tuple(written.path_before),
        path_begun=tuple(written.path_begun),
        outages=tuple(written.outages),
        paths=tuple(tuple(path) for path in written.paths),
    )


def _data(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refusal(path, f"this file cannot be read: {error.strerror} ({_WAY_OUT})") from None
    except UnicodeDecodeError:
        raise _refusal(path, f"this file is not UTF-8 text ({_WAY_OUT})") from None
    except json.JSONDecodeError as error:
        raise InputError([Problem(place=f"{path}:{error.lineno}", message=f"not valid JSON: {error.msg} ({_WAY_OUT})")]) from None
    except RecursionError:
        raise _refusal(path, f"the values are nested too deeply ({_WAY_OUT})") from None
    except ValueError:
        raise _refusal(path, f"a number has too many digits ({_WAY_OUT})") from None


def _require_known(path: Path, data: object) -> None:
    kind = next((key for key in _SCHEMAS if isinstance(data, Mapping) and key in data), None)
    if kind is None or not isinstance(data, Mapping):
        raise _refusal(path, f"this file is neither a baseline nor a report ({_WAY_OUT})")
    if kind == "baseline" and data[kind] == _PATHLESS:
        raise _refusal(path, f"this baseline is from an older version and lacks the path on which each trial began ({_AGAIN})")
    if data[kind] != _SCHEMAS[kind]:
        what = "a baseline" if kind == "baseline" else "a report"
        found = f"this is {what} with schema {str(data[kind])[:20]}"
        raise _refusal(path, f"{found}, but this version reads schema {_SCHEMAS[kind]} ({_AGAIN})")


def _refusal(path: Path, message: str) -> InputError:
    return InputError([Problem(place=str(path), message=message)])
