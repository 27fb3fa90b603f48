"""Turns: what two commands may not do at once on this host."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.errors import HostError

RUN_DIRECTORY = Path("/run/failover-lab")


@contextmanager
def one_at_a_time(what: str, directory: Path = RUN_DIRECTORY) -> Iterator[None]:
    """Hold the turn called `what`, waiting for whoever has it; the kernel gives it back when the holder dies."""
    try:
        directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        file = (directory / f"{what}.lock").open("w")
    except OSError as error:
        raise HostError(f"{directory}: {error.strerror}, a place for locks was expected (sudo ./inv ...)") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
