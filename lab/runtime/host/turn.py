"""Locks for work that only one command on this host may do at a time. The kernel frees a lock when the process that has it ends."""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lab.errors import HostError
from lab.model.progress import Say
from lab.program import as_root
from lab.runtime.host.room import builders

LOCKS = Path("/run")
_POLL_SECONDS = 0.1


def take(path: Path, *, wait: bool) -> int | None:
    """Take a lock. Return its descriptor, or None if another command has the lock and `wait` is false.

    Raises HostError if the lock file cannot be made.
    """
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise HostError(f"the lock file {path} cannot be made: {error.strerror} (try: {as_root()} ...)") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return None
        if _is_still(path, descriptor):
            return descriptor
        os.close(descriptor)  # its last holder has just removed the file


def give_back(path: Path, descriptor: int) -> None:
    """Free a lock and remove its file."""
    path.unlink(missing_ok=True)
    os.close(descriptor)


@contextmanager
def one_at_a_time(what: str, locks: Path = LOCKS) -> Iterator[None]:
    """Hold the lock named `what` while the block runs. Waits until it is free. Raises HostError if the lock file cannot be made."""
    path = locks / f"failover-lab-{what}.lock"
    descriptor = take(path, wait=True)
    try:
        yield
    finally:
        if descriptor is not None:
            give_back(path, descriptor)


@contextmanager
def building(say: Say, locks: Path = LOCKS) -> Iterator[None]:
    """Deploy a lab in this block, until its sessions are up. As many do so at a time as this host can bear (`builders`), and one more,
    because a deployment also waits. The others wait for their turn.

    Many labs that start at once would keep each other's sessions from coming up, so all of them would take longer than one after the other.
    """
    places = [locks / f"failover-lab-building-{number}.lock" for number in range(builders() + 1)]
    descriptor, place = _first_free(places)
    if descriptor is None:
        say("waiting for our turn: other labs are being deployed on this host")
    while descriptor is None:
        time.sleep(_POLL_SECONDS)
        descriptor, place = _first_free(places)
    try:
        yield
    finally:
        give_back(place, descriptor)


def _first_free(places: Sequence[Path]) -> tuple[int | None, Path]:
    for place in places:
        if (descriptor := take(place, wait=False)) is not None:
            return descriptor, place
    return None, places[0]


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.fstat(descriptor).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return False
