"""Open a way to the web pages of a lab's monitor (`lab-monitor`)."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from lab.api.running import opened
from lab.errors import NotRunningError
from lab.monitor.forwarding import forwarding
from lab.monitor.settings import ALERTMANAGER_PORT, LOOPBACK, PROMETHEUS_PORT
from lab.program import COMMAND
from lab.runtime.docker.engine import running_engine
from lab.runtime.docker.monitors import MonitorContainers
from lab.runtime.netns.enter import socket_in

_POLL_SECONDS = 2.0
_CONNECT_SECONDS = 5.0
_PAGES = (("Prometheus", PROMETHEUS_PORT, "/classic/alerts"), ("Alertmanager", ALERTMANAGER_PORT, "/api/v2/alerts"))
"""What Debian's packages have: Prometheus' classic pages, and only the API of Alertmanager."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page of a monitor, on this host's loopback."""

    name: str
    address: str


def show_pages(lab: str | None, tell: Callable[[str, tuple[Page, ...]], None]) -> bool:
    """Open the pages, give them to `tell`, and return when the monitor ends, or after Ctrl-C. Whether the monitor has ended.

    Raises NotRunningError if the lab has no monitor.
    """
    with opened(lab) as running:
        name = running.plan.lab
    containers = _containers(name)
    monitor = next((each for each in containers.of_lab(name) if each.pid), None)
    if monitor is None:
        raise NotRunningError(f"lab {name}: has no monitor ({COMMAND} lab-up --monitor starts one)")
    with _open(monitor.pid) as pages:
        tell(name, pages)
        with suppress(KeyboardInterrupt):
            while any(each.id == monitor.id for each in containers.of_lab(name)):
                time.sleep(_POLL_SECONDS)
            return True
    return False


def _containers(lab: str) -> MonitorContainers:
    client = running_engine()
    if client is None:
        raise NotRunningError(f"lab {lab}: does not run")
    return MonitorContainers(client)


@contextmanager
def _open(pid: int) -> Iterator[tuple[Page, ...]]:
    with ExitStack() as held:
        ports = [(name, held.enter_context(forwarding(_to(pid, port), port)), path) for name, port, path in _PAGES]
        yield tuple(Page(name=name, address=f"http://{LOOPBACK}:{port}{path}") for name, port, path in ports)


def _to(pid: int, port: int) -> Callable[[], socket.socket]:
    def connect() -> socket.socket:
        line = socket_in(pid, socket.AF_INET, socket.SOCK_STREAM, 0)
        line.settimeout(_CONNECT_SECONDS)
        try:
            line.connect((LOOPBACK, port))
        except OSError:
            line.close()
            raise
        return line

    return connect
