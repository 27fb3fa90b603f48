"""The alarms of a topology: its own replace and join the default ones."""

from pathlib import Path

import pytest

from lab.analysis.alarms.metrics import series
from lab.api.running import fingerprint
from lab.compiler import compile_topology
from lab.intent import read_topology
from lab.model.alarm import Alarm, Comparison, Metric, MissingData, Statistic
from lab.model.plan import Ipsec, Plan, Timers
from tests.shipped import ROOT, shipped_plan

_OWN = """
alarms:
  dx1-connection-down:
    metric: ConnectionState
    dimensions: {ConnectionId: dx1}
    statistic: Maximum
    comparison_operator: LessThanOrEqualToThreshold
    threshold: 0
    period: 1m
    evaluation_periods: 3
    treat_missing_data: notBreaching
  first-tunnel:
    metric: TunnelState
    dimensions: {VpnId: vpn1, TunnelIpAddress: vpn1-1}
    statistic: Minimum
    comparison_operator: LessThanThreshold
    threshold: 1
"""


def plan(folder: Path, said: str) -> Plan:
    """hybrid-backup with these lines at its end, compiled."""
    path = folder / "hybrid-backup.yaml"
    path.write_text((ROOT / "topologies" / "hybrid-backup.yaml").read_text(encoding="utf-8") + said, encoding="utf-8")
    return compile_topology(read_topology(path), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


def test_an_own_alarm_replaces_the_default_one_of_its_name(tmp_path):
    found = plan(tmp_path, _OWN).alarms
    assert [alarm.name for alarm in found] == [*(alarm.name for alarm in shipped_plan("hybrid-backup").alarms), "first-tunnel"]
    assert next(alarm for alarm in found if alarm.name == "dx1-connection-down") == Alarm(
        name="dx1-connection-down",
        metric=Metric.CONNECTION_STATE,
        dimensions=(("ConnectionId", "dx1"),),
        statistic=Statistic.MAXIMUM,
        comparison=Comparison.LESS_OR_EQUAL,
        threshold=0.0,
        period=60,
        evaluation_periods=3,
        datapoints_to_alarm=3,
        missing_data=MissingData.NOT_BREACHING,
    )
    assert found[-1].dimensions == (("VpnId", "vpn1"), ("TunnelIpAddress", "vpn1-1"))


@pytest.mark.parametrize(
    ("said", "names"), [("default_alarms: false\n", []), (f"{_OWN}default_alarms: false\n", ["dx1-connection-down", "first-tunnel"])]
)
def test_the_default_alarms_can_be_removed(tmp_path, said, names):
    assert [alarm.name for alarm in plan(tmp_path, said).alarms] == names


def test_a_connection_without_a_virtual_interface_has_an_alarm_that_never_rings(tmp_path):
    text = (ROOT / "topologies" / "hybrid-backup.yaml").read_text(encoding="utf-8")
    path = tmp_path / "hybrid-backup.yaml"
    spare = "dx2: {edge: dc1-r1, location: loc-a, device: 1}"
    path.write_text(text.replace("  connections:\n", f"  connections:\n    {spare}\n"), encoding="utf-8")
    spared = compile_topology(read_topology(path), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    alarm = next(alarm for alarm in spared.alarms if alarm.name == "dx2-connection-down")
    assert [each.is_constant for each in series(spared, (), alarm)] == [True]


def test_a_lab_is_the_same_with_other_alarms(tmp_path):
    assert fingerprint(plan(tmp_path, _OWN)) == fingerprint(shipped_plan("hybrid-backup"))
