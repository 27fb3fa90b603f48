"""Run the measuring programs: start them with sockets of the nodes, read their records, and close their input to end them."""

import json
import os
import selectors
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

from lab.errors import MeasurementError
from lab.program import MODULES

_END_SECONDS = 5.0
_READ = 1 << 16


class Programs:
    """Programs that run, and a thread that reads their records. They end at `close`, or when this process ends."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._sinks: dict[int, Callable[[bytes], None]] = {}
        self._reader = threading.Thread(target=self._read_all, name="reader of collecting programs", daemon=True)

    def start(self, module: str, order: dict[str, object], lines: Sequence[socket.socket], sink: Callable[[bytes], None]) -> None:
        """Start the Python module `module` as a program. It inherits the sockets `lines` and reads `order` from its input.

        `sink` gets each record.
        """
        program = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[line.fileno() for line in lines],
            cwd=MODULES,
            start_new_session=True,  # Ctrl-C reaches only us, and we end the programs
        )
        for line in lines:
            line.close()
        if program.stdin is None or program.stdout is None:
            raise MeasurementError(f"the program {module} was started without pipes (try again)")
        program.stdin.write(json.dumps(order).encode() + b"\n")
        program.stdin.flush()
        self._running.append(program)
        self._sinks[program.stdout.fileno()] = sink

    def read(self) -> None:
        """Begin to read what the programs write."""
        self._reader.start()

    def check(self) -> None:
        """Raise MeasurementError if a program has ended by itself."""
        for program in self._running:
            told_to_end = program.stdin is None or program.stdin.closed
            if not told_to_end and program.poll() is not None:
                raise MeasurementError(
                    f"measurement: a program that sends or collects probes stopped too early, with exit code {program.returncode}"
                )

    def end_last(self) -> None:
        """End the program that was started last, and wait for it."""
        _end(self._running[-1])

    def close(self) -> None:
        """End all programs, and wait until all their records are read."""
        for program in self._running:
            if program.stdin:
                program.stdin.close()
        for program in self._running:
            _end(program)
        if self._reader.is_alive():
            self._reader.join(_END_SECONDS)
        for program in self._running:
            if program.stdout:
                program.stdout.close()
        self._running.clear()

    def _read_all(self) -> None:
        with selectors.DefaultSelector() as selector:
            for descriptor, sink in self._sinks.items():
                selector.register(descriptor, selectors.EVENT_READ, sink)
            while selector.get_map():
                for key, _ in selector.select():
                    data = os.read(key.fd, _READ)
                    if data:
                        key.data(data)
                    else:
                        selector.unregister(key.fd)


def _end(program: subprocess.Popen[bytes]) -> None:
    if program.stdin:
        program.stdin.close()
    try:
        program.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
