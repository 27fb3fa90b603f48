"""Helpers for the tests of the command line: a task that ends, and a report."""

import signal
from collections.abc import Callable, Iterator

import pytest

from lab import door
from lab.interrupt import ENDINGS


@pytest.fixture
def ended() -> Iterator[Callable[[Callable[[], int]], int]]:
    """Run a function as a task and return its exit code. The process's handling of signals stays as it was."""
    before = {number: signal.getsignal(number) for number in ENDINGS}

    def run(function: Callable[[], int]) -> int:
        try:
            door.verb(function)()
        except SystemExit as ending:
            return int(ending.code or 0)
        return 0

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)
