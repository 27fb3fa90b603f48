"""A network with a configuration that predictions do not understand: nothing is predicted, and nothing is silently wrong."""

from pathlib import Path

import pytest

from lab.api.own_configurations import problems_of, unpredicted
from lab.api.predict import predictions, with_predictions
from lab.api.sweep import Sweep, sweep_checks
from lab.errors import InputError, UnforeseenError
from lab.intent import read_check
from lab.model.plan import Timers
from tests.unit.compiler.own import CONFIGURATION, plan_of, written

_UNKNOWN = CONFIGURATION.replace(" bgp deterministic-med", " bgp deterministic-med\n bgp bestpath med missing-as-worst")
_CHECK = """
summary: The circuit goes dark.
steps: [{fault: link-down, target: dx1, at: 3s, for: 10s}]
expect: [{flow: dc1-app, during: {outage_at_most: %s}}]
"""


def _check(folder: Path, promise: str) -> Path:
    path = folder / "check.yaml"
    path.write_text(_CHECK % promise, encoding="utf-8")
    return path


def test_checks_have_no_prediction_and_the_reason_is_said_once(tmp_path: Path):
    plan = plan_of(written(tmp_path, _UNKNOWN))
    (check,) = with_predictions(plan, (read_check(_check(tmp_path, "2s"), plan, Timers.TUNED),))
    assert check.foreseen is None
    (line,) = unpredicted([plan])
    assert "predictions do not understand 'bgp bestpath med missing-as-worst'" in line


def test_a_check_that_promises_what_is_predicted_is_refused(tmp_path: Path):
    plan = plan_of(written(tmp_path, _UNKNOWN))
    with pytest.raises(InputError, match=r"check\.yaml:4: .*nothing is predicted in this network.*write a duration"):
        with_predictions(plan, (read_check(_check(tmp_path, "predicted"), plan, Timers.TUNED),))


def test_predictions_and_sweeps_say_that_they_cannot_tell(tmp_path: Path):
    path = written(tmp_path, _UNKNOWN)
    with pytest.raises(UnforeseenError):
        predictions((str(path),), Timers.TUNED, 1)
    with pytest.raises(UnforeseenError):
        sweep_checks(plan_of(path), Sweep(most=1), None)


def test_what_frr_says_is_told_with_the_line_of_the_file(tmp_path: Path):
    plan = plan_of(written(tmp_path))
    told = [str(each) for each in problems_of(plan, (("dc1-r1", 7, "No such command: x"), ("dc1-r1", None, "ended")))]
    assert told[0].endswith("my-frr.conf:7: FRR does not load this. It says: No such command: x (write it as FRR 10.3 has it)")
    assert "my-frr.conf: FRR does not load this" in told[1]
