"""What a check sees, the collector sees, too. A broken monitor makes the check an error."""

from contextlib import AbstractContextManager

import pytest

from lab.api.monitor.alarms import Alarms
from lab.api.monitor.watched import feeding
from lab.errors import MeasurementError
from lab.feed import Collector
from lab.model.evidence import TimelineEvent
from lab.model.snapshot import Rung
from tests.fakes.lab import FakeLab
from tests.fakes.meters import FakeMeters
from tests.shipped import shipped_plan
from tests.waiting import wait_for


class Fed:
    """A check's monitors on a lab in memory, and what they told the check."""

    def __init__(self, *errors: MeasurementError | None) -> None:
        """`errors`: what the monitor says at each question, None for nothing."""
        self.lab = FakeLab(shipped_plan("redundant-dx"))
        self.collector = Collector(FakeMeters(self.lab))
        self.alarms = Alarms()
        self.told: list[TimelineEvent] = []
        self._errors = list(errors)

    def watching(self) -> AbstractContextManager[None]:
        return feeding(self.collector, self.alarms, self._check).watching(self.lab, self.told.append)

    def _check(self) -> None:
        if self._errors and (error := self._errors.pop(0)):
            raise error


def test_an_event_reaches_the_check_and_the_collector() -> None:
    fed = Fed()
    session = fed.lab.plan.target("vif1").sessions[0]
    with fed.collector.running(), fed.watching():
        fed.lab.kill_daemon(session.neighbor_node, "bgpd")
        fed.lab._notice(session.node, "bgp", "neighbor dc1-r1 down")
        wait_for(lambda: fed.collector.look().vifs[0].bgp_up is False, "the collector knows of it")
    assert [each.what for each in fed.told] == ["neighbor dc1-r1 down"]


def test_an_alarm_reaches_the_check() -> None:
    fed = Fed()
    with fed.watching():
        fed.alarms.hear(Rung(rule="FlowDown", state="firing", at=1.0))
    assert [each.rings for each in fed.told] == ["FlowDown"]


def test_a_monitor_that_was_away_makes_the_check_an_error() -> None:
    fed = Fed(None, MeasurementError("monitor: Prometheus got no metrics for 9.0 s"))
    with pytest.raises(MeasurementError, match="no metrics for 9"), fed.watching():
        pass


def test_a_monitor_that_was_away_before_the_check_does_not_matter() -> None:
    fed = Fed(MeasurementError("monitor: Prometheus got no metrics for 9.0 s"), None)
    with fed.watching():
        fed.alarms.hear(Rung(rule="FlowDown", state="firing", at=1.0))
    assert len(fed.told) == 1
