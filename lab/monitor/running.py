"""Run the monitor of a lab: its container, and our HTTP server (the station) in the container's namespace. Both end with this process."""

import os
import re
import select
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lab.errors import HostError, MeasurementError
from lab.model.snapshot import Rung
from lab.monitor import settings
from lab.monitor.station import Station, serving
from lab.program import IMAGES
from lab.runtime.docker.monitors import MonitorContainer, MonitorContainers
from lab.runtime.netns.enter import socket_in

RULES = IMAGES / "monitor" / "rules"
"""The rules that we ship."""

_SPECIAL = re.compile(r"[^\w.-]", re.ASCII)
"""Characters that may be special in a pattern. Prometheus takes the names of rule files as patterns."""

_ALIVE = "alive"
_READY_SECONDS = 30.0
_SCRAPE_GAP_SECONDS = 5.0
_WATCHDOG_GAP_SECONDS = 4.0 * settings.WATCHDOG_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to run: the lab's name, the image, the folder for its settings, and the rule files of the user (none: only ours)."""

    lab: str
    image: str
    containers: MonitorContainers
    folder: Path
    rules: tuple[Path, ...] = ()


class Monitor:
    """A running monitor, made by `monitoring`."""

    def __init__(self, lab: str, scrape: Callable[[], bytes], hear: Callable[[Rung], None]) -> None:
        self.station = Station(scrape=scrape, hear=self._hear)
        self._lab = lab
        self.hear = hear
        """Takes every alarm but the test alarm."""
        self.has_ended: Callable[[], bool] = lambda: False
        """Says whether the container has ended."""
        self._barked = threading.Event()
        self._last_bark = time.monotonic()
        self._longest_silence = 0.0

    def wait_until_ready(self, seconds: float = _READY_SECONDS) -> None:
        """Return when Prometheus has got metrics and its test alarm has arrived, so that the chain from scrape to webhook works.

        Raises HostError after `seconds`.
        """
        deadline = time.monotonic() + seconds
        for seen, missing in (
            (self.station.answered, "Prometheus got no metrics"),
            (self._barked, "the test alarm of Prometheus did not arrive"),
        ):
            if not seen.wait(max(deadline - time.monotonic(), 0.0)):
                raise HostError(f"the monitor of lab {self._lab} did not start: {missing} within {seconds:g} s (is this host overloaded?)")

    def check(self) -> None:
        """Raise MeasurementError if alarms may be missing since the last call.

        That is so if the container has ended, if Prometheus or Alertmanager was silent for some seconds, or if a message was refused.
        """
        now = time.monotonic()
        station, silence = self.station, max(self._longest_silence, now - self._last_bark)
        gap = max(station.longest_gap, now - station.scraped if station.scraped else 0.0)
        station.longest_gap = self._longest_silence = 0.0
        refused, station.refused = station.refused, None
        if self.has_ended():
            raise MeasurementError("monitor: its container has ended, so alarms may be missing (was Prometheus or Alertmanager killed?)")
        if refused:
            raise MeasurementError(f"monitor: a message of Alertmanager was refused, so alarms may be missing ({refused})")
        if gap > _SCRAPE_GAP_SECONDS:
            raise MeasurementError(
                f"monitor: Prometheus got no metrics for {gap:.1f} s, so alarms may be missing (was Prometheus killed, or is this host "
                "overloaded?)"
            )
        if silence > _WATCHDOG_GAP_SECONDS:
            raise MeasurementError(
                f"monitor: Alertmanager did not repeat the test alarm for {silence:.1f} s, so alarms may be missing "
                "(was Alertmanager killed?)"
            )

    def _hear(self, told: Sequence[Rung]) -> None:
        for rung in told:
            if rung.rule == settings.WATCHDOG:
                now = time.monotonic()
                if self._barked.is_set():
                    self._longest_silence = max(self._longest_silence, now - self._last_bark)
                self._last_bark = now
                self._barked.set()
            else:
                self.hear(rung)


@contextmanager
def monitoring(order: Order, monitor: Monitor) -> Iterator[Callable[[], bool]]:
    """Run a monitor while the block runs, in place of an earlier one of this lab. Its container ends with this process, however it ends.

    Gives a function that says whether the container has ended.
    """
    order.containers.remove(order.lab)
    prepare(order)
    with ExitStack() as undone:
        alive = os.open(order.folder / _ALIVE, os.O_RDWR)
        undone.callback(os.close, alive)
        undone.callback(_clear, order.folder, alive)
        container = order.containers.start(order.lab, order.image, order.folder)
        undone.callback(order.containers.remove_one, container)
        undone.enter_context(serving(_line(order.lab, container), monitor.station))
        process = _process(order.lab, container)
        undone.callback(os.close, process)
        monitor.has_ended = lambda: bool(select.select([process], [], [], 0)[0])
        yield monitor.has_ended


def _clear(folder: Path, alive: int) -> None:
    """Remove the settings, unless a later monitor has already written its own."""
    with suppress(OSError):
        if (folder / _ALIVE).stat().st_ino == os.fstat(alive).st_ino:
            shutil.rmtree(folder)


def prepare(order: Order) -> None:
    """Write the settings and rules of a monitor, and make its FIFO. The container ends when this process no longer has the FIFO open."""
    shutil.rmtree(order.folder, ignore_errors=True)
    order.folder.mkdir(parents=True)
    rules = {path.name: path for path in sorted(RULES.glob("*.yml"))}
    rules |= {f"own-{number}-{_SPECIAL.sub('_', path.name)}": path for number, path in enumerate(order.rules, start=1)}
    texts = {name: path.read_text(encoding="utf-8") for name, path in rules.items()}
    texts |= {"prometheus.yml": settings.prometheus(order.lab, tuple(rules)), "alertmanager.yml": settings.alertmanager()}
    for name, text in texts.items():
        path = order.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
    os.mkfifo(order.folder / _ALIVE)
    (order.folder / _ALIVE).chmod(0o644)
    order.folder.chmod(0o755)


def _process(lab: str, container: MonitorContainer) -> int:
    """A descriptor of the container's first process. It becomes readable when the process ends."""
    try:
        return os.pidfd_open(container.pid)
    except ProcessLookupError as error:
        raise HostError(f"the monitor of lab {lab} ended during its start (try again)") from error


def _line(lab: str, container: MonitorContainer) -> socket.socket:
    """A socket of this process, bound to the station's address in the namespace of the container."""
    if not container.pid:
        raise HostError(f"the monitor of lab {lab} ended during its start (try again)")
    line = socket_in(container.pid, socket.AF_INET, socket.SOCK_STREAM, 0)
    try:
        line.bind((settings.LOOPBACK, settings.STATION_PORT))
    except OSError as error:
        line.close()
        raise HostError(f"the monitor of lab {lab} cannot listen on port {settings.STATION_PORT} ({error.strerror})") from error
    return line
