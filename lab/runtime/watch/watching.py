"""Run the listener for all nodes of a lab, and turn its records into events."""

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from lab.errors import NodeError
from lab.model.evidence import TimelineEvent
from lab.model.plan import Plan
from lab.runtime.netns.changes import KernelEar, rtnetlink_socket
from lab.runtime.owners import address_owners
from lab.runtime.programs import Programs
from lab.runtime.programs.stamps import SO_RCVBUFFORCE, SO_TIMESTAMPNS
from lab.runtime.watch.hearing import Ear, LogEar
from lab.runtime.watch.routers import Routers
from lab.runtime.watch.wire import TOLD

_RECEIVE_BUFFER = 4 << 20
_NS = 1_000_000_000

Sink = Callable[[TimelineEvent], None]


@contextmanager
def watching(plan: Plan, pids: Mapping[str, int], sink: Sink) -> Iterator[None]:
    """While the block runs, give `sink` every change in the nodes, from another thread. Instants are wall-clock seconds.

    `pids` has each node's first process. Raises NodeError if a node is gone, and MeasurementError at the end if the listener ended by
    itself.
    """
    programs = Programs()
    logs = {node.name: Path(f"/proc/{pids[node.name]}/root/dev/log") for node in plan.nodes if node.daemons}
    ours: dict[Path, int] = {}
    try:
        ears, lines = _open(plan, pids, logs)
        ours |= {log: log.stat().st_ino for log in logs.values()}
        order: dict[str, object] = {"lines": [{"descriptor": line.fileno()} for line in lines]}
        programs.start("lab.runtime.watch.listener", order, lines, Reader(ears, sink).take)
        programs.read()
        yield
        programs.check()
    finally:
        programs.close()
        for log in logs.values():
            with suppress(OSError):  # the node may be gone
                if ours.get(log, log.stat().st_ino) == log.stat().st_ino:  # another command may listen by now
                    log.unlink()


def _open(plan: Plan, pids: Mapping[str, int], logs: Mapping[str, Path]) -> tuple[list[Ear], list[socket.socket]]:
    owners, routers = address_owners(plan), Routers(plan)
    ears: list[Ear] = [KernelEar(node.name, owners) for node in plan.nodes]
    lines = [rtnetlink_socket(pids[node.name]) for node in plan.nodes]
    for node, log in logs.items():
        ears.append(LogEar(node, routers))
        lines.append(_log_socket(node, log))
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, _RECEIVE_BUFFER)
    return ears, lines


def _log_socket(node: str, log: Path) -> socket.socket:
    """A socket that receives the log messages of a node's daemons. If its path was removed, the daemons' C library opens it again.

    Messages that nobody reads are lost.
    """
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    try:
        log.unlink(missing_ok=True)  # a killed run left it
        line.bind(str(log))
        log.chmod(0o666)
    except OSError as error:
        line.close()
        raise NodeError(f"the daemons of {node} cannot be watched ({error.strerror}). Has {node} stopped?") from error
    return line


class Reader:
    """Splits the output of the listener into records. The output may arrive in pieces of any length."""

    def __init__(self, ears: Sequence[Ear], sink: Sink) -> None:
        self._ears = ears
        self._sink = sink
        self._rest = b""

    def take(self, data: bytes) -> None:
        data = self._rest + data
        while len(data) >= TOLD.size:
            line, length, instant = TOLD.unpack_from(data)
            if len(data) < TOLD.size + length:
                break
            datagram, data = data[TOLD.size : TOLD.size + length], data[TOLD.size + length :]
            for event in self._ears[line].hear(datagram, instant / _NS):
                self._sink(event)
        self._rest = data
