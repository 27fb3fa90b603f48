"""Find processes inside a node, and send signals to them, from the host. (root inside a node may not kill FRR's daemons.)"""

import os
import re
import select
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lab.errors import NodeError

SCRIPT = "FAILOVER_LAB_SCRIPT"
"""The variable in the environment of a script of the user. All that the script starts inherits it. Its value is the script's name."""

_DEATH_SECONDS = 5.0
_MOST_ROUNDS = 20
_CHARON_HOME = re.compile(rb"STRONGSWAN_CONF=/lab/ipsec/(.+)/strongswan\.conf")


def daemon_pid(first_pid: int, daemon: str) -> int | None:
    """The process id, on the host, of a node's daemon (zebra, bfdd, bgpd, charon:TUNNEL). None if it does not run."""
    return daemon_pids({"": first_pid})[""].get(daemon)


def daemon_pids(first_pids: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The process ids of all daemons, by node and daemon. All processes of the host are read only once, because that is slow on a busy
    host.

    `first_pids`: the process id of each node's first process. A daemon belongs to the node that has the same PID namespace.
    """
    found: dict[str, dict[str, int]] = {node: {} for node in first_pids}
    for node, entry in _inside(first_pids):
        if daemon := _daemon(entry):
            found[node].setdefault(daemon, int(entry.name))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes:
    """The processes of a node: the process ids of its daemons by name, and the names of its scripts by process id."""

    daemons: dict[str, int] = field(default_factory=dict)
    scripts: dict[int, str] = field(default_factory=dict)


def processes_of(first_pids: Mapping[str, int]) -> dict[str, Processes]:
    """The daemons and scripts of nodes, as `daemon_pids` finds daemons."""
    found = {node: Processes() for node in first_pids}
    for node, entry in _inside(first_pids):
        if (script := _script(entry)) is not None:
            found[node].scripts[int(entry.name)] = script
        elif daemon := _daemon(entry):
            found[node].daemons.setdefault(daemon, int(entry.name))
    return found


def kill_scripts(first_pid: int) -> None:
    """Kill the scripts of a node and all that they have started. Raises NodeError if they start processes faster than these are killed."""
    for _ in range(_MOST_ROUNDS):
        scripts = processes_of({"": first_pid})[""].scripts
        if not scripts:
            return
        for pid in scripts:
            kill_process(pid)
    raise NodeError(f"the script {next(iter(scripts.values()))} starts processes again and again, so it cannot be ended")


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


def _inside(first_pids: Mapping[str, int]) -> Iterator[tuple[str, Path]]:
    """Every process inside the nodes: the node, and the folder of the process."""
    nodes = {namespace: node for node, pid in first_pids.items() if (namespace := _namespace(Path("/proc") / str(pid)))}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (node := nodes.get(_namespace(entry) or "")) is not None:
            yield node, entry


def _script(entry: Path) -> str | None:
    """The name of the script to which this process belongs. None if it belongs to none, or has ended."""
    begin = f"{SCRIPT}=".encode()
    try:
        variables = (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return None
    return next((os.fsdecode(each.removeprefix(begin)) for each in variables if each.startswith(begin)), None)


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
