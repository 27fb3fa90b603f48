"""Run a script of the user in a node, as limited as `lab-exec`, with a deadline. Nobody waits for it."""

import socket
import time
import weakref
from typing import Protocol

import docker

from lab.model.script import Script, ScriptEnd
from lab.runtime.docker.border import translated
from lab.runtime.docker.frames import STDERR, frames
from lab.runtime.processes import SCRIPT

_RUN = """
file=$(mktemp) && cat >"$file" && chmod 700 "$file" || exit
exec 3>&2 2>/dev/null
begin=$(date +%s%N)
timeout --kill-after=1 "$0" "$file" </dev/null >&3 2>&1 3>&-
code=$?
end=$(date +%s%N)
rm -f "$file"
echo "$code $((end - begin))"
"""
"""The shell reads the script from its input, so that it may be long. What the script writes goes to standard error, but not the shell's own
messages. All of the standard output is ours: exit code and nanoseconds. `timeout` (coreutils) ends the script with SIGTERM, and a second
later with SIGKILL.
"""

_PATIENCE_SECONDS = 5.0
"""A node that is frozen does not end its script. Then we stop waiting so long after the deadline."""

_READ = 1 << 16
_MOST_READS = 16
_KEPT = 4096
"""So many octets of what the script writes are kept: the last ones."""


class Closable(Protocol):
    """Something that can be closed."""

    def close(self) -> None:
        """Close it."""
        ...


class RunningScript:
    """A script that runs in a node. Raises NodeError if the node is frozen."""

    def __init__(self, client: docker.DockerClient, node: str, container_id: str, script: Script) -> None:
        self._timeout = script.timeout
        with translated(node):
            command = ["sh", "-c", _RUN, f"{script.timeout:g}"]
            job = client.api.exec_create(container_id, command, stdin=True, environment={SCRIPT: script.name})["Id"]
            reader = client.api.exec_start(job, socket=True)
            self._line: socket.socket = reader._sock  # type: ignore[union-attr]  # the SDK hides the connection in a reader
            self._close = weakref.finalize(self, _close, self._line, reader)  # type: ignore[arg-type]  # any reader can be closed
            self._line.sendall(script.text.encode())
            self._line.shutdown(socket.SHUT_WR)
            self._line.setblocking(False)
        self._begin = time.monotonic()
        self._rest = self._told = self._wrote = b""
        self._end: ScriptEnd | None = None

    def ended(self) -> ScriptEnd | None:
        """How it ended. None while it runs. Does not wait."""
        if self._end is None:
            is_closed = self._read()
            self._end = self._found(is_closed=is_closed)
            if self._end:
                self._close()
        return self._end

    def _read(self) -> bool:
        """Read what has arrived, but not without end. Whether there will be no more."""
        for _ in range(_MOST_READS):
            try:
                data = self._line.recv(_READ)
            except BlockingIOError:
                return False
            except OSError:
                return True
            if not data:
                return True
            pieces, self._rest = frames(self._rest + data)
            self._told += b"".join(piece for stream, piece in pieces if stream != STDERR)
            self._wrote = (self._wrote + b"".join(piece for stream, piece in pieces if stream == STDERR))[-_KEPT:]
        return False

    def _found(self, *, is_closed: bool) -> ScriptEnd | None:
        wrote, seconds = self._wrote.decode(errors="replace"), time.monotonic() - self._begin
        if b"\n" in self._told:
            code, nanoseconds = self._told.split()[:2]
            return ScriptEnd(exit_code=int(code), seconds=int(nanoseconds) / 1e9, wrote=wrote)
        if is_closed or seconds > self._timeout + _PATIENCE_SECONDS:
            return ScriptEnd(exit_code=None, seconds=seconds, wrote=wrote)
        return None


def _close(line: socket.socket, reader: Closable) -> None:
    """Close a connection, also if nobody has waited for the end of its script."""
    line.close()
    reader.close()  # only then the connection is closed
