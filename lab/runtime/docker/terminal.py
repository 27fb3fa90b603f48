"""Run a command in a node with our terminal or streams, like `docker exec`."""

import os
import select
import shutil
import socket
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import docker

from lab.runtime.docker.border import translated
from lab.runtime.docker.frames import STDERR, frames

_READ = 1 << 16
_KNOWN_OR_TOLD = """command -v "$1" >/dev/null 2>&1 && exec "$@"; echo "$0: there is no command '$1' in the node" >&2; exit 127"""


def run_attached(client: docker.DockerClient, node: str, container_id: str, command: list[str]) -> int:
    """Run a command with our input and output, in a terminal if we have one. Return its exit code. 127 means that there is no such command.

    Raises BrokenPipeError if nobody reads our output any more. The command keeps running until it notices that.
    """
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    with translated(node):
        environment = {"TERM": os.environ.get("TERM", "dumb")} if is_terminal else {}
        job = client.api.exec_create(container_id, known_or_told(node, command), stdin=True, tty=is_terminal, environment=environment)["Id"]
        attached = client.api.exec_start(job, tty=is_terminal, socket=True)
        if is_terminal:
            size = shutil.get_terminal_size()
            client.api.exec_resize(job, height=size.lines, width=size.columns)
    line: socket.socket = attached._sock  # type: ignore[union-attr]  # the SDK hides the connection in a reader
    with line, _raw_terminal() if is_terminal else nullcontext():
        _pump(line, is_terminal=is_terminal)
    with translated(node):
        return int(client.api.exec_inspect(job)["ExitCode"] or 0)


def known_or_told(node: str, command: list[str]) -> list[str]:
    """A command line for the node's shell. The shell runs the command, or says that there is no such command."""
    return ["sh", "-c", _KNOWN_OR_TOLD, node, *command]


@contextmanager
def _raw_terminal() -> Iterator[None]:
    """Until the block ends, the terminal passes on every key, also Ctrl-C."""
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setraw(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _pump(line: socket.socket, *, is_terminal: bool) -> None:
    """Copy bytes in both directions until the command closes its side."""
    sources: list[int] = [line.fileno(), sys.stdin.fileno()]
    pending = b""
    while True:
        ready, _, _ = select.select(sources, [], [])
        if sys.stdin.fileno() in ready:
            typed = os.read(sys.stdin.fileno(), _READ)
            if typed:
                line.sendall(typed)
            else:
                sources.remove(sys.stdin.fileno())
                line.shutdown(socket.SHUT_WR)
        if line.fileno() in ready:
            data = line.recv(_READ)
            if not data:
                return
            pending = b"" if is_terminal else _write_frames(pending + data)
            if is_terminal:
                _write(1, data)


def _write_frames(data: bytes) -> bytes:
    """Write the complete pieces of Docker's stream to our output. Return the incomplete rest."""
    pieces, rest = frames(data)
    for stream, piece in pieces:
        _write(2 if stream == STDERR else 1, piece)
    return rest


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
