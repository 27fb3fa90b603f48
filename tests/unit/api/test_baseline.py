"""A baseline for a run: refused before the run if it is not valid, has no figures of the run, or was measured with other options."""

import json
from pathlib import Path

import pytest

from lab.api import test as test_api
from lab.api.baseline import fit_baseline
from lab.errors import InputError
from lab.model.baseline import LabProfile
from lab.model.plan import Timers

NAME = "active-active-vpn"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A baseline of two topologies with tuned timers, in the current folder."""
    monkeypatch.chdir(tmp_path)
    labs = [{"topology": name, "timers": "tuned", "ipsec": "userspace"} for name in (NAME, "other")]
    path = Path("b.json")
    path.write_text(json.dumps({"baseline": 2, "tool": {"version": "0"}, "host": {"kernel": "6", "cpus": 1}, "labs": labs, "checks": []}))
    return path


def _lab(topology: str = NAME, timers: str = "tuned", ipsec: str = "userspace") -> LabProfile:
    return LabProfile(topology=topology, timers=timers, ipsec=ipsec)


def _refusal(path: Path, *labs: LabProfile) -> list[str]:
    with pytest.raises(InputError) as caught:
        fit_baseline(path, labs)
    return [str(problem) for problem in caught.value.problems]


def test_a_baseline_fits_a_run_of_any_of_its_topologies_and_of_new_ones(saved: Path) -> None:
    assert len(fit_baseline(saved, [_lab(), _lab("new", timers="default")]).labs) == 2


def test_other_timers_are_refused_and_the_error_says_what_to_do(saved: Path) -> None:
    timers = "this baseline has timers tuned, but this run has timers default (give --timers tuned, or save a baseline with default)"
    ipsec = "this baseline has ipsec userspace, but this run has ipsec kernel (give --ipsec userspace, or save a baseline with kernel)"
    assert _refusal(saved, _lab(timers="default", ipsec="kernel"), _lab("other", timers="default")) == [
        f"b.json: {NAME}: {timers}",
        f"b.json: {NAME}: {ipsec}",
        f"b.json: other: {timers}",
    ]


def test_a_baseline_of_other_topologies_would_compare_nothing_and_is_refused(saved: Path) -> None:
    assert _refusal(saved, _lab("mine")) == [
        f"b.json: this baseline has no figures of mine, only of {NAME}, other (save a baseline of mine)"
    ]


@pytest.mark.parametrize(
    ("file", "timers", "told"),
    [("b.json", Timers.DEFAULT, "this baseline has timers tuned"), ("no.json", Timers.TUNED, "no.json: this file cannot be read")],
)
def test_lab_test_refuses_a_baseline_before_anything_starts(saved: Path, file: str, timers: Timers, told: str) -> None:
    options = test_api.TestOptions(topologies=(NAME,), timers=timers, baseline=saved.with_name(file))
    with pytest.raises(InputError, match=told):
        test_api.test(options, lambda _verdict: pytest.fail("a verdict came"), lambda _line: pytest.fail("something was started"))
    assert [path.name for path in Path.cwd().iterdir()] == ["b.json"]
