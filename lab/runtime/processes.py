"""Processes inside a node, seen and signalled from the host: a node's own root may not kill FRR's daemons."""

import os
import select
import signal
from pathlib import Path

from lab.errors import NodeError

_DEATH_SECONDS = 5.0


def daemon_pid(first_pid: int, daemon: str) -> int | None:
    """The host's process id of a node's daemon (zebra, bfdd, bgpd, charon:TUNNEL); None when it does not run.

    `first_pid` is the node's first process: the daemon is whoever of that name shares its PID namespace.
    """
    try:
        namespace = (Path("/proc") / str(first_pid) / "ns/pid").readlink()
    except OSError:
        return None
    program, _, tunnel = daemon.partition(":")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _is(entry, namespace, program, tunnel):
            return int(entry.name)
    return None


def signal_process(pid: int, number: int) -> None:
    """Send a signal; a process that is gone is fine."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def kill_process(pid: int) -> None:
    """Kill a process and return when it is dead; one that is gone is fine. NodeError when it does not die."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(watch, signal.SIGKILL)
        if not select.select([watch], [], [], _DEATH_SECONDS)[0]:
            raise NodeError(f"process {pid}: does not die within {_DEATH_SECONDS:.0f} s")
    except ProcessLookupError:
        return
    finally:
        os.close(watch)


def is_stopped(pid: int) -> bool:
    """Whether a process is stopped by a signal (state T)."""
    try:
        stat = (Path("/proc") / str(pid) / "stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "T"


def _is(entry: Path, namespace: Path, program: str, tunnel: str) -> bool:
    try:
        if (entry / "ns/pid").readlink() != namespace:
            return False
        name = Path(os.fsdecode((entry / "cmdline").read_bytes().split(b"\0")[0])).name
        if name != ("charon-systemd" if program == "charon" else program):
            return False
        return not tunnel or f"STRONGSWAN_CONF=/lab/ipsec/{tunnel}/strongswan.conf".encode() in (entry / "environ").read_bytes().split(
            b"\0"
        )
    except OSError:
        return False  # it ended while we looked
