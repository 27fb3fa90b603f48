"""Turns: what two commands may not do at once on this host. The kernel gives a turn back when its holder dies; the file goes with it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.errors import HostError
from lab.program import as_root

LOCKS = Path("/run")


def take(path: Path, *, wait: bool) -> int | None:
    """Hold the turn that a file stands for: a descriptor to give back, or None where another command holds it and we do not wait.

    HostError when the file cannot be made.
    """
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise HostError(f"{path}: {error.strerror}, a lock was to be made there ({as_root()} ...)") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            return None
        if _is_still(path, descriptor):
            return descriptor
        os.close(descriptor)  # its last holder has removed it meanwhile


def give_back(path: Path, descriptor: int) -> None:
    """End a turn; nothing stays."""
    path.unlink(missing_ok=True)
    os.close(descriptor)


@contextmanager
def one_at_a_time(what: str, locks: Path = LOCKS) -> Iterator[None]:
    """Hold the turn called `what`, waiting for whoever has it. HostError when the lock cannot be made."""
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
