"""A page inside a namespace is reached from this host's loopback while the block runs, and not after it."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import urlopen

import pytest

from lab.monitor.forwarding import forwarding


class Page(BaseHTTPRequestHandler):
    """A page longer than one buffer."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 300_000)

    def log_message(self, *_: object) -> None:
        """Write no log."""


@pytest.fixture
def connect() -> Iterator[Callable[[], socket.socket]]:
    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield lambda: socket.create_connection(server.server_address[:2], timeout=10)
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_through_while_the_block_runs(connect: Callable[[], socket.socket]) -> None:
    with forwarding(connect, 0) as port, urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
        assert len(page.read()) == 300_000
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)


def test_a_port_of_another_program_is_not_used(connect: Callable[[], socket.socket]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with forwarding(connect, other.getsockname()[1]) as port:
            assert port != other.getsockname()[1]


def test_a_page_that_is_gone_closes_the_connection() -> None:
    def gone() -> socket.socket:
        raise OSError("gone")

    with forwarding(gone, 0) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        assert line.recv(1) == b""
