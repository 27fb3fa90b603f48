"""Locks for work that only one command on this host may do at a time. The kernel frees a lock when the process that has it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.errors import HostError
from lab.program import as_root

LOCKS = Path("/run")


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


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.fstat(descriptor).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return False
