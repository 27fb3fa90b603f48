"""Read baselines: a saved baseline and a report are read; any other file gives a message with a way out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent.baseline import read_baseline
from lab.model.baseline import Baseline, CheckFigures, LabProfile, Series
from lab.model.evidence import Start
from lab.model.outcome import Status

WAY_OUT = "give a file from lab-test --save-baseline or --json"
AGAIN = "save it again with lab-test --save-baseline"
START = {"path_before": ["a", "b"], "path_begun": ["a", "c", "b"], "outages": [0.1, 0], "paths": [[]]}
SERIES = {"flow": "a-b", "direction": "forward", "phase": "during", "event": "flap dx1 begins (2)", "starts": [START]}
WRITTEN = {
    "baseline": 2,
    "tool": {"version": "0.1.0"},
    "host": {"kernel": "6.1", "cpus": 2},
    "labs": [{"topology": "net", "timers": "tuned", "ipsec": "userspace"}],
    "checks": [{"topology": "net", "check": "cut", "status": "fail", "spreads": [SERIES]}],
}


def _told(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_baseline(path)
    return str(caught.value).removeprefix(str(path))


def test_a_baseline_is_read_as_it_says(written: Callable[..., Path]) -> None:
    start = Start(path_before=("a", "b"), path_begun=("a", "c", "b"), outages=(0.1, 0), paths=((),))
    series = Series(flow="a-b", direction="forward", phase="during", event="flap dx1 begins (2)", starts=(start,))
    assert read_baseline(written(json.dumps(WRITTEN), "b.json")) == Baseline(
        version="0.1.0",
        kernel="6.1",
        cpus=2,
        labs=(LabProfile(topology="net", timers="tuned", ipsec="userspace"),),
        checks=(CheckFigures(topology="net", check="cut", status=Status.FAIL, series=(series,)),),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", f":1: not valid JSON: Expecting value ({WAY_OUT})"),
        ('{\n"baseline": 2,\n', f":3: not valid JSON: Expecting property name enclosed in double quotes ({WAY_OUT})"),
        ("[" * 100_000, f": the values are nested too deeply ({WAY_OUT})"),
        ("1" * 5000, f": a number has too many digits ({WAY_OUT})"),
        ("[]", f": this file is neither a baseline nor a report ({WAY_OUT})"),
        ('{"lab": "x"}', f": this file is neither a baseline nor a report ({WAY_OUT})"),
        ('{"baseline": 0}', f": this is a baseline with schema 0, but this version reads schema 2 ({AGAIN})"),
        ('{"baseline": 1}', f": this baseline is from an older version and lacks the path on which each trial began ({AGAIN})"),
        ('{"schema": 2, "baseline": 1}', f": this is a report with schema 2, but this version reads schema 1 ({AGAIN})"),
        ('{"baseline": 2}', f": tool: is missing, and 3 more mistakes ({AGAIN})"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused_with_a_way_out(written: Callable[..., Path], text: str, told: str) -> None:
    assert _told(written(text, "b.json")) == told


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("starts", [START | {"outages": []}], "starts[0].outages: list should have at least 1 item after validation, not 0"),
        ("starts", [START | {"outages": [-1.0]}], "starts[0].outages[0]: input should be greater than or equal to 0"),
        ("starts", [START | {"outages": ["0.1"]}], "starts[0].outages[0]: input should be a valid number"),
        ("starts", [START | {"outages": [float("nan")]}], "starts[0].outages[0]: input should be a finite number"),
        ("starts", [START | {"path_begun": None}], "starts[0].path_begun: input should be a valid list"),
        ("event", 1, "event: input should be a valid string"),
        ("phase", "before", "phase: input should be 'during' or 'after'"),
        ("direction", None, "direction: input should be 'forward' or 'reverse'"),
    ],
)
def test_a_wrong_value_is_reported_at_its_place(written: Callable[..., Path], key: str, value: object, told: str) -> None:
    check = {"topology": "net", "check": "cut", "status": "pass", "spreads": [SERIES | {key: value}]}
    assert _told(written(json.dumps(WRITTEN | {"checks": [check]}), "b.json")) == f": checks[0].spreads[0].{told} ({AGAIN})"


def test_a_report_of_a_version_without_spreads_is_told_to_be_saved_again(written: Callable[..., Path]) -> None:
    old = {key: value for key, value in WRITTEN.items() if key != "baseline"} | {"schema": 1}
    old["checks"] = [{"topology": "net", "check": "cut", "status": "pass", "flows": []}]
    assert _told(written(json.dumps(old), "b.json")) == f": checks[0].spreads: is missing ({AGAIN})"


def test_a_report_that_does_not_say_where_trials_began_is_told_to_be_saved_again(written: Callable[..., Path]) -> None:
    old = {key: value for key, value in WRITTEN.items() if key != "baseline"} | {"schema": 1}
    spread = {"flow": "a-b", "direction": "forward", "phase": "during", "event": None, "outages": [0.1], "paths_before": [], "paths": []}
    old["checks"] = [{"topology": "net", "check": "cut", "status": "pass", "spreads": [spread]}]
    assert _told(written(json.dumps(old), "b.json")) == f": checks[0].spreads[0].starts: is missing ({AGAIN})"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert _told(tmp_path / "no.json") == f": this file cannot be read: No such file or directory ({WAY_OUT})"
    assert _told(tmp_path) == f": this file cannot be read: Is a directory ({WAY_OUT})"
    (tmp_path / "b.json").write_bytes(b"\xff\xfe")
    assert _told(tmp_path / "b.json") == f": this file is not UTF-8 text ({WAY_OUT})"
