"""The promised alarm of a check: read under each timer profile, and every mistake with its line."""

from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent import read_check
from lab.intent.check.reading import review_check
from lab.model.check import AlarmPromise, Check
from lab.model.plan import Timers
from tests.shipped import shipped_plan

_CHECK = """\
summary: The circuit is cut.
steps: [{fault: link-down, target: dx1, at: 2s, for: 5s}]
expect: [{flow: dc1-app, during: {outage_at_most: 1s}}]
"""


def read(folder: Path, alarm: str, check: str = _CHECK) -> Check:
    """A check on hybrid-backup with this line at its end."""
    path = folder / "cut.yaml"
    path.write_text(f"{check}{alarm}\n", encoding="utf-8")
    return read_check(path, shipped_plan("hybrid-backup"), Timers.TUNED)


@pytest.mark.parametrize(
    ("alarm", "promised", "is_silent"),
    [
        ("", (), False),
        ("alarm: none", (), True),
        ("alarm: {rule: dx1-connection-down}", (AlarmPromise(rule="dx1-connection-down"),), False),
        ("alarm: {rule: vif1-bgp-down, within: 5m}", (AlarmPromise(rule="vif1-bgp-down", within=300.0),), False),
        (
            "alarm: {rule: vif1-bgp-down, within: {tuned: 90s, default: 3m}}",
            (AlarmPromise(rule="vif1-bgp-down", within=90.0),),
            False,
        ),
    ],
)
def test_an_alarm_is_promised(tmp_path, alarm, promised, is_silent):
    check = read(tmp_path, alarm)
    assert (check.alarms, check.is_silent) == (promised, is_silent)


@pytest.mark.parametrize(
    ("alarm", "message"),
    [
        (
            "alarm: {rule: dx1-conection-down}",
            "alarm.rule: there is no alarm named 'dx1-conection-down' (did you mean 'dx1-connection-down'?",
        ),
        ("alarm: nobody", "alarm: expected 'none', found 'nobody'"),
        ("alarm: {within: 5m}", "alarm: rule is missing (for instance rule: dx1-connection-down)"),
        (
            "alarm: {rule: vif1-bgp-down, within: 5min}",
            "alarm.within: expected a duration such as 300ms, 1.5s, 2m or 8h, found '5min' (write 5m)",
        ),
        ("alarm:", "alarm: expected a value, found nothing"),
    ],
)
def test_a_wrong_alarm_is_told_with_its_line(tmp_path, alarm, message):
    with pytest.raises(InputError) as caught:
        read(tmp_path, alarm)
    assert f"cut.yaml:4: {message}" in str(caught.value)
    with pytest.raises(InputError) as again:
        review_check(tmp_path / "cut.yaml", shipped_plan("hybrid-backup"))
    assert str(again.value) == str(caught.value)


def test_without_steps_no_alarm_can_ring(tmp_path):
    check = "summary: As drawn.\nexpect: [{flow: dc1-app, before: {via: dx1}}]\n"
    with pytest.raises(InputError, match="no steps, so it breaks nothing and no alarm rings"):
        read(tmp_path, "alarm: {rule: vif1-bgp-down}", check)
    assert read(tmp_path, "alarm: none", check).is_silent
