"""Turns: what only one command at a time may do on this host. A turn is a lock on a file. The kernel frees it when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.errors import HostError
from lab.program import as_root

LOCKS = Path("/run")


def take(path: Path, *, wait: bool) -> int | None:
    """Take the turn of a file. Return a descriptor to give back, or None if another command holds it and `wait` is false.

    HostError if we cannot make the file.
    """
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise HostError(f"{path}: cannot make this lock file: {error.strerror} (try: {as_root()} ...)") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return None
        if _is_still(path, descriptor):
            return descriptor
        os.close(descriptor)  # its last holder removed the file meanwhile


def give_back(path: Path, descriptor: int) -> None:
    """End a turn and remove its file."""
    path.unlink(missing_ok=True)
    os.close(descriptor)


@contextmanager
def one_at_a_time(what: str, locks: Path = LOCKS) -> Iterator[None]:
    """Hold the turn `what`. Waits until its holder ends it. HostError if we cannot make the lock file."""
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
