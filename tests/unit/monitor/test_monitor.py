"""A monitor is ready when its test alarm came the whole way. If the chain was broken, that is an error, never silence."""

import json
import stat
from pathlib import Path

import pytest

from lab.errors import HostError, MeasurementError
from lab.model.snapshot import Rung
from lab.monitor import settings
from lab.monitor.running import RULES, Monitor, Order, prepare
from lab.runtime.docker.monitors import MonitorContainer, MonitorContainers


class NoContainers(MonitorContainers):
    """No Docker is asked."""

    def __init__(self) -> None:
        self.removed: list[str] = []

    def remove(self, lab: str) -> None:
        self.removed.append(lab)

    def of_lab(self, lab: str) -> tuple[MonitorContainer, ...]:
        return ()


def rung(rule: str) -> Rung:
    return Rung(rule=rule, state="firing", at=1.0)


def heard_by(monitor: Monitor, *rules: str) -> None:
    """Alertmanager tells of these rules, and Prometheus asks for metrics."""
    monitor.station.answer()
    monitor.station.hear(tuple(map(rung, rules)))


def test_the_test_alarm_makes_it_ready_and_is_not_passed_on() -> None:
    told: list[Rung] = []
    monitor = Monitor("alpha", lambda: b"up 1\n", told.append)
    heard_by(monitor, settings.WATCHDOG, "FlowLossHigh")
    monitor.wait_until_ready(0.0)
    monitor.check()
    assert [each.rule for each in told] == ["FlowLossHigh"]


def test_without_a_scrape_it_says_so() -> None:
    with pytest.raises(HostError, match="Prometheus got no metrics within 0 s"):
        Monitor("alpha", lambda: b"up 1\n", lambda _: None).wait_until_ready(0.0)


def test_a_test_alarm_without_a_scrape_is_not_enough() -> None:
    monitor = Monitor("alpha", lambda: b"up 1\n", lambda _: None)
    monitor.station.hear((rung(settings.WATCHDOG),))
    with pytest.raises(HostError, match="Prometheus got no metrics within 0 s"):
        monitor.wait_until_ready(0.0)


def test_without_the_test_alarm_it_says_so() -> None:
    monitor = Monitor("alpha", lambda: b"up 1\n", lambda _: None)
    monitor.station.answer()
    with pytest.raises(HostError, match="the test alarm of Prometheus did not arrive within 0 s"):
        monitor.wait_until_ready(0.0)


def test_a_prometheus_that_was_away_is_an_error_once() -> None:
    monitor = Monitor("alpha", lambda: b"up 1\n", lambda _: None)
    heard_by(monitor, settings.WATCHDOG)
    monitor.station.longest_gap = 9.0
    with pytest.raises(MeasurementError, match=r"Prometheus got no metrics for 9\.0 s"):
        monitor.check()
    monitor.check()


def test_a_prometheus_that_is_still_away_is_an_error() -> None:
    monitor = Monitor("alpha", lambda: b"up 1\n", lambda _: None)
    heard_by(monitor, settings.WATCHDOG)
    monitor.station.scraped = (monitor.station.scraped or 0.0) - 60.0
    with pytest.raises(MeasurementError, match="Prometheus got no metrics"):
        monitor.check()


def test_a_container_that_has_ended_is_an_error_at_once() -> None:
    monitor = Monitor("alpha", lambda: b"up 1\n", lambda _: None)
    heard_by(monitor, settings.WATCHDOG)
    monitor.has_ended = lambda: True
    with pytest.raises(MeasurementError, match="its container has ended, so alarms may be missing"):
        monitor.check()


def test_a_refused_message_is_an_error_once() -> None:
    monitor = Monitor("alpha", lambda: b"up 1\n", lambda _: None)
    heard_by(monitor, settings.WATCHDOG)
    monitor.station.refused = "not JSON"
    with pytest.raises(MeasurementError, match=r"a message of Alertmanager was refused, so alarms may be missing \(not JSON\)"):
        monitor.check()
    monitor.check()


def test_the_settings_name_every_rule_and_only_our_own_addresses(tmp_path: Path) -> None:
    own = tmp_path / "my.rules.yml"
    own.write_text("groups: []\n")
    order = Order(lab="alpha", image="none", containers=NoContainers(), folder=tmp_path / "monitor", rules=(own,))
    prepare(order)
    told = json.loads((order.folder / "prometheus.yml").read_text())
    assert {Path(name).name for name in told["rule_files"]} == {*(path.name for path in RULES.glob("*.yml")), "own-1-my.rules.yml"}
    assert all((order.folder / Path(name).name).is_file() for name in told["rule_files"])
    assert told["scrape_configs"][0]["static_configs"][0]["targets"] == ["127.0.0.1:9100"]
    assert stat.S_ISFIFO((order.folder / "alive").stat().st_mode)
    alertmanager = json.loads((order.folder / "alertmanager.yml").read_text())
    assert alertmanager["receivers"][0]["webhook_configs"][0]["url"] == "http://127.0.0.1:9100/alarms"


def test_the_name_of_a_rule_file_is_no_pattern(tmp_path: Path) -> None:
    own = tmp_path / "my [1]*.rules.yml"
    own.write_text("groups: []\n")
    order = Order(lab="alpha", image="none", containers=NoContainers(), folder=tmp_path / "monitor", rules=(own,))
    prepare(order)
    told = json.loads((order.folder / "prometheus.yml").read_text())
    assert told["rule_files"][-1] == "/monitor/own-1-my__1__.rules.yml"
    assert (order.folder / "own-1-my__1__.rules.yml").read_text() == "groups: []\n"


def test_settings_of_an_earlier_monitor_are_removed(tmp_path: Path) -> None:
    order = Order(lab="alpha", image="none", containers=NoContainers(), folder=tmp_path / "monitor")
    prepare(order)
    (order.folder / "stale.yml").write_text("")
    prepare(order)
    assert not (order.folder / "stale.yml").exists()
