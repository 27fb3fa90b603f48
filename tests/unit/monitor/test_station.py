"""The station answers scrapes and takes alarms, and refuses everything else."""

import http.client
import socket
from collections.abc import Iterator

import pytest

from lab.errors import MeasurementError
from lab.model.snapshot import Rung
from lab.monitor.station import Station, serving
from lab.monitor.webhook import MOST_BYTES
from tests.unit.monitor.test_webhook import body


class Served:
    """A station on this host, and the alarms that it heard."""

    def __init__(self, line: socket.socket) -> None:
        self.heard: list[Rung] = []
        self.station = Station(scrape=lambda: b"up 1\n", hear=self.heard.extend)
        self.port = line.getsockname()[1]

    def ask(self, method: str, path: str, sent: bytes | None = None, length: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path)
            if length is not None or sent is not None:
                connection.putheader("Content-Length", length if length is not None else str(len(sent or b"")))
            connection.endheaders(sent)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture
def served() -> Iterator[Served]:
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    found = Served(line)
    with serving(line, found.station):
        yield found


def test_a_scrape_gets_the_exposition(served: Served) -> None:
    assert served.ask("GET", "/metrics") == (200, b"up 1\n")
    assert served.station.scraped is not None


def test_nothing_else_is_there(served: Served) -> None:
    assert served.ask("GET", "/etc/passwd")[0] == 404
    assert served.ask("POST", "/metrics", b"{}")[0] == 404


def test_an_alarm_is_heard(served: Served) -> None:
    assert served.ask("POST", "/alarms", body()) == (200, b"")
    assert [rung.rule for rung in served.heard] == ["FlowLossHigh"]
    assert served.station.refused is None


@pytest.mark.parametrize(
    ("sent", "length", "status"),
    [(b"{", None, 400), (None, None, 411), (b"", "-1", 411), (b"", "x", 411), (b"", str(MOST_BYTES + 1), 413), (b"", "9" * 5000, 413)],
)
def test_a_wrong_message_is_refused_and_the_station_goes_on(served: Served, sent: bytes | None, length: str | None, status: int) -> None:
    assert served.ask("POST", "/alarms", sent, length)[0] == status
    assert served.heard == []
    assert served.station.refused
    assert served.ask("GET", "/metrics")[0] == 200


def test_the_longest_time_between_scrapes_is_kept(served: Served) -> None:
    served.ask("GET", "/metrics")
    assert served.station.longest_gap == 0.0
    served.ask("GET", "/metrics")
    assert served.station.longest_gap > 0.0


def test_a_scrape_that_fails_is_said_and_does_not_count(served: Served) -> None:
    def fail() -> bytes:
        raise MeasurementError("a program that collects probes stopped")

    served.station.scrape = fail
    assert served.ask("GET", "/metrics") == (503, b"a program that collects probes stopped\n")
    assert served.station.scraped is None


def test_a_scrape_without_metrics_does_not_count_because_the_lab_is_not_there_yet(served: Served) -> None:
    served.station.scrape = lambda: b""
    assert served.ask("GET", "/metrics") == (200, b"")
    assert not served.station.answered.is_set()
    served.station.scrape = lambda: b"up 1\n"
    served.ask("GET", "/metrics")
    assert served.station.answered.is_set()


def test_a_scrape_for_which_prometheus_no_longer_waits_does_not_count() -> None:
    clock = iter([100.0, 100.2, 101.0, 102.1, 107.0, 107.9])
    station = Station(scrape=lambda: b"up 1\n", hear=lambda _: None, now=lambda: next(clock))
    for _ in range(3):
        station.answer()
    assert (station.scraped, station.longest_gap) == (107.0, 7.0)
