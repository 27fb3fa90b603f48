"""Find processes inside a node, and send signals to them, from the host. (root inside a node may not kill FRR's daemons.)"""

import os
import re
import select
import signal
from collections.abc import Mapping
from pathlib import Path

from lab.errors import NodeError

_DEATH_SECONDS = 5.0
_CHARON_HOME = re.compile(rb"STRONGSWAN_CONF=/lab/ipsec/(.+)/strongswan\.conf")


def daemon_pid(first_pid: int, daemon: str) -> int | None:
    """The process id, on the host, of a node's daemon (zebra, bfdd, bgpd, charon:TUNNEL). None if it does not run."""
    return daemon_pids({"": first_pid})[""].get(daemon)


def daemon_pids(first_pids: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The process ids of all daemons, by node and daemon. All processes of the host are read only once, because that is slow on a busy
    host.

    `first_pids`: the process id of each node's first process. A daemon belongs to the node that has the same PID namespace.
    """
    nodes = {namespace: node for node, pid in first_pids.items() if (namespace := _namespace(Path("/proc") / str(pid)))}
    found: dict[str, dict[str, int]] = {node: {} for node in first_pids}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (node := nodes.get(_namespace(entry) or "")) is not None and (daemon := _daemon(entry)):
            found[node].setdefault(daemon, int(entry.name))
    return found


def signal_process(pid: int, number: int) -> None:
    """Send a signal to a process. Does nothing if it is gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def kill_process(pid: int) -> None:
    """Kill a process, and return when it is dead.

    Does nothing if the process is gone. Raises NodeError if it is still alive after a time.
    """
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(watch, signal.SIGKILL)
        if not select.select([watch], [], [], _DEATH_SECONDS)[0]:
            raise NodeError(f"process {pid} did not end within {_DEATH_SECONDS:.0f} s (is this host overloaded?)")
    except ProcessLookupError:
        return
    finally:
        os.close(watch)


def is_stopped(pid: int) -> bool:
    """Whether a signal has stopped the process (state T)."""
    try:
        stat = (Path("/proc") / str(pid) / "stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "T"


def _namespace(entry: Path) -> str | None:
    """The PID namespace of a process. None if the process has ended."""
    try:
        return str((entry / "ns/pid").readlink())
    except OSError:
        return None


def _daemon(entry: Path) -> str | None:
    """The name of the daemon that runs as this process. None if the process has ended."""
    try:
        name = Path(os.fsdecode((entry / "cmdline").read_bytes().split(b"\0")[0])).name
        if name != "charon-systemd":
            return name
        variables = (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return None
    homes = [match[1] for variable in variables if (match := _CHARON_HOME.fullmatch(variable))]
    return f"charon:{os.fsdecode(homes[0])}" if homes else None
