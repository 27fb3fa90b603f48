"""The alarms of every shipped topology as text. After a change, run with RECORD=1 and read the diff."""

import os
from pathlib import Path

import pytest

from lab.model.alarm import Alarm
from tests.shipped import TOPOLOGIES, shipped_plan

ALARMS = Path(__file__).parent / "alarms"


def test_every_shipped_topology_has_its_alarms_and_none_are_left_over():
    assert TOPOLOGIES
    if os.environ.get("RECORD") != "1":
        assert sorted(path.name for path in ALARMS.iterdir()) == sorted(f"{name}.txt" for name in TOPOLOGIES)


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_topology_has_these_alarms(name):
    golden = ALARMS / f"{name}.txt"
    text = "".join(f"{_spelled(alarm)}\n" for alarm in shipped_plan(name).alarms)
    if os.environ.get("RECORD") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def _spelled(alarm: Alarm) -> str:
    dimensions = ", ".join(f"{name}={value}" for name, value in alarm.dimensions)
    rule = f"{alarm.statistic.value} {alarm.comparison.value} {alarm.threshold:g}"
    often = f"{alarm.datapoints_to_alarm} of {alarm.evaluation_periods} × {alarm.period} s, missing is {alarm.missing_data.value}"
    unless = f", unless {alarm.unless} rings" if alarm.unless else ""
    return f"{alarm.name}: {alarm.metric.namespace} {alarm.metric.value} ({dimensions}) {rule}, {often}{unless}"
