"""Turns: what two commands may not do at once on this host."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.errors import HostError

LOCKS = Path("/run")


@contextmanager
def one_at_a_time(what: str, locks: Path = LOCKS) -> Iterator[None]:
    """Hold the turn called `what`, waiting for whoever has it; the kernel gives it back when the holder dies."""
    path = locks / f"failover-lab-{what}.lock"
    try:
        file = path.open("w")
    except OSError as error:
        raise HostError(f"{path}: {error.strerror}, a lock was to be made there (sudo ./inv ...)") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
