"""Real Prometheus and Alertmanager beside a real lab: alarms ring, and nothing of them stays."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from lab.monitor.running import RULES
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import MONITOR, ready_image
from lab.runtime.docker.monitors import MonitorContainer, MonitorContainers
from tests.live.commands import ROOT, inv, leftovers, start_inv
from tests.live.small import small_topology
from tests.waiting import wait_for

LONE = "live-monitor"
LOSSY = """
summary: The internet loses packets. No session ends.
steps:
  - {fault: partial-loss, target: gw1--isp-a, loss: 20%, at: 1s, for: 15s}
expect:
  - {flow: dc1-app, during: {outage_at_most: 10s}}
alarm: {rule: FlowLossHigh, within: 14s}
"""


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small topology with one check, `lossy`."""
    folder = tmp_path_factory.mktemp("monitor")
    checks = folder / "checks" / LONE
    checks.mkdir(parents=True)
    (checks / "lossy.yaml").write_text(LOSSY)
    path = folder / f"{LONE}.yaml"
    path.write_text(small_topology(LONE))
    return path


@pytest.fixture
def monitor(topology: Path) -> Iterator[MonitorContainer]:
    """A lab with a monitor. Afterwards nothing of both is left."""
    result = inv("lab-up", "-t", str(topology), "--monitor", cwd=topology.parent)
    try:
        assert result.returncode == 0, result.stdout + result.stderr
        (found,) = monitors()
        yield found
    finally:
        inv("lab-down", "-t", LONE)
        assert leftovers(LONE) == []
        assert monitors() == ()


def monitors() -> tuple[MonitorContainer, ...]:
    return MonitorContainers(ready_engine(print)).of_lab(LONE)


def keeper() -> int | None:
    """The process that keeps the monitor."""
    found = subprocess.run(["pgrep", "-f", f"lab.api.monitor.program {LONE} "], capture_output=True, text=True, check=False).stdout.split()
    return int(found[0]) if found else None


def prometheus() -> int | None:
    """The process of Prometheus, as the host sees it."""
    listing = ["docker", "top", f"fl.{LONE}.monitor", "-o", "pid,comm"]
    found = re.findall(r"(\d+) +prometheus$", subprocess.run(listing, capture_output=True, text=True, check=False).stdout, re.MULTILINE)
    return int(found[0]) if found else None


def firing(page: str) -> set[str]:
    """The alarms that ring now, by Prometheus's own page."""
    with urlopen(f"{page}/api/v1/alerts", timeout=10) as answer:  # noqa: S310 - a page of our own
        alerts = json.load(answer)["data"]["alerts"]
    return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}


def test_it_has_no_way_out_its_alarms_ring_and_end_and_it_ends_with_its_keeper(
    monitor: MonitorContainer, topology: Path, tmp_path: Path
) -> None:
    """One lab for all of this, because each deployment takes a quarter of a minute."""
    seen = Path(f"/proc/{monitor.pid}/net/dev").read_text()
    assert re.findall(r"^ *(\S+):", seen, re.MULTILINE) == ["lo"]
    assert "nonewprivs:\t1" in Path(f"/proc/{monitor.pid}/status").read_text().lower()
    _ring_and_end(tmp_path)
    assert "its monitor runs already" in (result := inv("lab-up", "-t", str(topology), "--monitor")).stdout + result.stderr
    assert [each.id for each in monitors()] == [monitor.id]
    os.kill(wait_for(keeper, "the keeper") or 0, signal.SIGKILL)
    wait_for(lambda: monitors() == (), "the monitor ends", 15)
    assert inv("lab-up", "-t", str(topology), "--monitor").returncode == 0
    assert inv("lab-down", "-t", LONE).returncode == 0
    wait_for(lambda: keeper() is None, "the keeper ends", 10)


def _ring_and_end(folder: Path) -> None:
    pages = start_inv("lab-monitor", "-t", LONE, cwd=folder)
    try:
        alarms = str(pages.stdout and pages.stdout.readline()).split()[-1]
        with urlopen(alarms, timeout=10) as answer:  # noqa: S310 - a page of our own
            assert b"FlowLossHigh" in answer.read()
        page = alarms.removesuffix("/classic/alerts")
        wait_for(lambda: firing(page) == {"Watchdog"}, "only the test alarm rings")
        assert inv("lab-break", "partial-loss", "gw1--isp-a", "--with", "loss=30%", "-t", LONE).returncode == 0
        wait_for(lambda: "FlowLossHigh" in firing(page), "the loss rings an alarm", 30)
        assert inv("lab-heal", "-t", LONE).returncode == 0
        wait_for(lambda: firing(page) == {"Watchdog"}, "the alarm ends", 30)
    finally:
        os.killpg(pages.pid, signal.SIGINT)
        pages.communicate()


def test_a_promised_alarm_rings_in_a_check(topology: Path) -> None:
    result = inv("lab-test", "-t", str(topology), "--monitor", "--json", "out.json", cwd=topology.parent)
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((topology.parent / "out.json").read_text())
    lossy = next(check for check in report["checks"] if check["check"] == "lossy")
    (ring,) = [alarm for alarm in lossy["alarms"] if alarm["rule"] == "FlowLossHigh"]
    assert (ring["source"], ring["computed"]) == ("prometheus", False)
    assert 2.0 < ring["after_seconds"][0] < 14.0
    assert any(event["source"] == "alarm" for event in lossy["timeline"])
    assert leftovers(LONE) == []
    assert monitors() == ()


def test_a_prometheus_killed_in_a_run_makes_it_an_error(topology: Path) -> None:
    run = start_inv("lab-test", "-t", str(topology), "--monitor", "--check", "lossy", cwd=topology.parent)
    wait_for(monitors, "the monitor")
    running = wait_for(prometheus, "Prometheus")
    wait_for(lambda: "FaultStarted" in max((topology.parent / "runs").glob("*/journal.jsonl")).read_text(), "the fault")
    os.kill(running or 0, signal.SIGKILL)
    told, _ = run.communicate(timeout=300)
    assert run.returncode == 3, told
    assert "alarms may be missing" in told
    assert leftovers(LONE) == []


def test_promtool_of_the_image_accepts_and_tests_the_shipped_rules() -> None:
    image = ready_image(ready_engine(print), print, MONITOR)
    tests = ROOT / "tests" / "unit" / "monitor" / "rules"
    promtool = ["docker", "run", "--rm", "--network=none", "--entrypoint=promtool", f"--volume={ROOT}:{ROOT}:ro", image]
    checked, tested = (map(str, sorted(files)) for files in (RULES.glob("*.yml"), tests.glob("*.test.yml")))
    for words in (["check", "rules", *checked], ["test", "rules", *tested]):
        told = subprocess.run([*promtool, *words], capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout + told.stderr
