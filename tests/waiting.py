"""Wait for conditions, with a deadline."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")
_POLL = threading.Event()


def wait_for(condition: Callable[[], _Value], what: str, seconds: float = 60.0) -> _Value:
    """Return the condition's value as soon as it is true. When the time is up, fail and name the condition."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {seconds:g} s"
        _POLL.wait(0.05)
    return value
