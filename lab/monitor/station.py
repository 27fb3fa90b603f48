"""One HTTP server inside the monitor's namespace: Prometheus gets its metrics there, and Alertmanager brings its alarms there."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lab.errors import LabError
from lab.model.snapshot import Rung
from lab.monitor.webhook import MOST_BYTES, NotAMessageError, rungs

METRICS, ALARMS = "/metrics", "/alarms"
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_PATIENCE = 30.0
_MOST_WAITING = 16

SCRAPE_SECONDS = 1.0
"""Prometheus gives a scrape up after this time."""


@dataclass(slots=True, kw_only=True)
class Station:
    """What the server serves: `scrape` gives the exposition, `hear` takes alarms. Any thread calls them, but only one at a time.

    - `scraped`: when the last good scrape began (monotonic seconds). A scrape is good if `scrape` gives metrics without an error, and
      Prometheus still waits.
    - `answered`: set from the first good scrape on.
    - `longest_gap`: the longest time between two good scrapes, in seconds.
    - `refused`: why a message of Alertmanager was refused. None: none was.
    - `now`: gives the present time (monotonic seconds).
    """

    scrape: Callable[[], bytes]
    hear: Callable[[tuple[Rung, ...]], None]
    scraped: float | None = None
    longest_gap: float = 0.0
    refused: str | None = None
    now: Callable[[], float] = time.monotonic
    answered: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self) -> bytes:
        """The exposition for one scrape. Raises LabError if the lab cannot be read."""
        asked = self.now()
        with self.lock:
            told = self.scrape()
            if told and self.now() - asked < SCRAPE_SECONDS:
                self.longest_gap = max(self.longest_gap, asked - self.scraped if self.scraped is not None else 0.0)
                self.scraped = asked
                self.answered.set()
            return told

    def take(self, body: bytes) -> None:
        """Give the alarms of a message to `hear`. Raises NotAMessageError if the body is not a message of Alertmanager."""
        told = rungs(body, time.time())
        with self.lock:
            self.hear(told)


@contextmanager
def serving(line: socket.socket, station: Station) -> Iterator[None]:
    """Serve on a bound socket while the block runs."""
    server = _Server(line, station)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="station", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, line: socket.socket, station: Station) -> None:
        super().__init__(line.getsockname(), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = line
        self.station = station
        line.listen(_MOST_WAITING)

    def handle_error(self, request: object, client_address: object) -> None:
        """Show no error if a client closes its connection too early."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server: _Server

    def do_GET(self) -> None:
        if self.path != METRICS:
            self._reply(HTTPStatus.NOT_FOUND, b"only /metrics is here\n")
            return
        try:
            told = self.server.station.answer()
        except LabError as error:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        else:
            self._reply(HTTPStatus.OK, told, _TEXT)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != ALARMS:
            self._refuse(HTTPStatus.NOT_FOUND, "alarms go to /alarms")
        elif not length.isascii() or not length.isdigit():
            self._refuse_message(HTTPStatus.LENGTH_REQUIRED, "Content-Length is missing")
        elif len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
            self._refuse_message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"longer than {MOST_BYTES} bytes")
        else:
            self._take(self.rfile.read(int(length)))

    def _take(self, body: bytes) -> None:
        try:
            self.server.station.take(body)
        except NotAMessageError as error:
            self._refuse_message(HTTPStatus.BAD_REQUEST, str(error))
        else:
            self._reply(HTTPStatus.OK, b"")

    def _refuse_message(self, status: HTTPStatus, why: str) -> None:
        """Refuse a message. Alertmanager does not send it again, so its alarms are lost."""
        self.server.station.refused = why
        self._refuse(status, why)

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        """Refuse a request, and close the connection: its body may be unread."""
        self.close_connection = True
        self._reply(status, f"{why}\n".encode())

    def _reply(self, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Write no log, because there is a scrape every second."""
