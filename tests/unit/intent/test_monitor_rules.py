"""The names of the shipped rules for Prometheus can be promised, but not that of the test alarm."""

from lab.intent.monitor import WATCHDOG, shipped_rules
from lab.monitor import settings


def test_every_alarm_but_the_test_alarm_has_a_name() -> None:
    assert {"FlowLossHigh", "VpnAnyTunnelDown", "DxConnectionDown", "BackupPathDead"} <= set(shipped_rules())
    assert WATCHDOG == settings.WATCHDOG
    assert WATCHDOG not in shipped_rules()
