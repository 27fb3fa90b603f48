"""A way from this host's loopback to a page inside the monitor's namespace, as long as the block runs."""

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

from lab.errors import LabError
from lab.monitor.settings import LOOPBACK

_BUFFER = 1 << 16
_PATIENCE = 60.0
"""A connection without a byte for this long is closed."""

Connect = Callable[[], socket.socket]
"""A function that opens a connection to the page. Raises OSError or LabError if the page is gone."""


@contextmanager
def forwarding(connect: Connect, port: int) -> Iterator[int]:
    """Forward TCP connections to `port` of this host's loopback while the block runs. Gives the port.

    If another program has that port, a free one is used.
    """
    server = _server(connect, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="forwarder", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _server(connect: Connect, port: int) -> "_Server":
    try:
        return _Server(connect, port)
    except OSError:
        return _Server(connect, 0)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, connect: Connect, port: int) -> None:
        self.connect = connect
        super().__init__((LOOPBACK, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away."""


class _Handler(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        try:
            page = self.server.connect()
        except (OSError, LabError):
            return
        with page, suppress(OSError):
            _join(self.request, page)


def _join(one: socket.socket, other: socket.socket) -> None:
    """Copy bytes both ways until one side ends, or nothing comes for a minute."""
    for line in (one, other):
        line.settimeout(_PATIENCE)
    while ready := select.select([one, other], [], [], _PATIENCE)[0]:
        for line in ready:
            data = line.recv(_BUFFER)
            if not data:
                return
            (other if line is one else one).sendall(data)
