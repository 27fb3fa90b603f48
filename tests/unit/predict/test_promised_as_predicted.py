"""`outage_at_most: predicted`: the prediction is the promise. What is not predicted is a mistake with its line."""

from pathlib import Path

import pytest

from lab.api.planned import planned
from lab.api.validate import validate
from lab.errors import InputError
from lab.model.check import Check
from lab.model.plan import Timers
from tests.shipped import ROOT

TEXT = (ROOT / "topologies" / "hybrid-backup.yaml").read_text()


def _written(folder: Path, **checks: str) -> str:
    (folder / "mine.yaml").write_text(TEXT.replace("name: hybrid-backup", "name: mine"))
    (folder / "checks" / "mine").mkdir(parents=True)
    for name, text in checks.items():
        (folder / "checks" / "mine" / f"{name}.yaml").write_text(text)
    return str(folder / "mine.yaml")


def _check(steps: str, expect: str) -> str:
    return f"summary: Mine.\nsteps:\n  - {{{steps}}}\nexpect:\n  - {{{expect}}}\n"


def _planned(topology: str, timers: Timers = Timers.TUNED) -> Check:
    return next(each.check for each in planned([topology], timers) if each.check.name == "mine")


SILENT = "fault: silent-loss, target: dx1, at: 2s, for: {tuned: 10s, default: 120s}"


@pytest.mark.parametrize("timers", Timers)
def test_the_promise_is_what_is_predicted_under_these_timers(tmp_path: Path, timers: Timers) -> None:
    topology = _written(tmp_path, mine=_check(SILENT, "flow: dc1-app, during: {outage_at_most: predicted}"))
    check = _planned(topology, timers)
    assert check.foreseen is not None
    flows = [check.foreseen.flow("dc1-app", direction) for direction in ("forward", "reverse")]
    tolerated = [flow.tolerated for flow in flows if flow and flow.tolerated]
    promise = check.expectations[0].during
    assert promise is not None
    assert promise.outage_at_most == max(most for _, most in tolerated)
    assert (promise.outage_at_most < 2) == (timers is Timers.TUNED)
    assert [each.problems for each in validate([topology])] == [()]


@pytest.mark.parametrize(
    ("steps", "flow", "told"),
    [
        ("fault: freeze, target: dc1-r1, at: 2s, for: 10s", "dc1-app", "the outage cannot be predicted: a check is predicted only if"),
        ("fault: silent-loss, target: dx1, at: 2s, for: 1s", "dc1-app", "the outage may last until the faults end, so it is not predicted"),
        (
            "fault: link-down, target: dci, at: 2s, for: 10s",
            "dc1-dc2",
            "the prediction is that the flow is cut off, so no outage is predicted",
        ),
    ],
)
def test_what_is_not_predicted_is_told_with_its_line(tmp_path: Path, steps: str, flow: str, told: str) -> None:
    topology = _written(tmp_path, mine=_check(steps, f"flow: {flow}, during: {{outage_at_most: predicted}}"))
    with pytest.raises(InputError) as refused:
        planned([topology], Timers.TUNED)
    (reviewed,) = validate([topology])
    for problems in (refused.value.problems, reviewed.problems):
        assert len(problems) >= 1
        assert problems[0].place.endswith("checks/mine/mine.yaml:5")
        assert told in problems[0].message


def test_a_lower_bound_above_the_prediction_and_a_flow_that_is_cut_off_one_way_are_told(tmp_path: Path) -> None:
    steps = "fault: link-down, target: dx1, at: 2s, for: 8s"
    text = _check(steps, "flow: dc1-app, during: {outage_at_most: predicted, outage_at_least: 3s}")
    with pytest.raises(InputError, match=r"mine\.yaml:5: outage_at_least is more than the 0\.\d+ s that outage_at_most: predicted allows"):
        planned([_written(tmp_path, mine=text)], Timers.TUNED)
    one_way = "fault: link-down, target: loc-a-1--tgw, at: 2s, for: 8s"
    text = _check(one_way, "flow: dc1-app, during: {outage_at_most: predicted}")
    folder = tmp_path / "one-way"
    folder.mkdir()
    other = (ROOT / "topologies" / "hybrid-backup-tgw.yaml").read_text().replace("name: hybrid-backup-tgw", "name: mine")
    topology = _written(folder, mine=text)
    Path(topology).write_text(other)
    with pytest.raises(InputError, match=r"only the direction forward is predicted to be cut off"):
        planned([topology], Timers.TUNED)
