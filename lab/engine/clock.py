"""The clock of a check: wall-clock seconds, because the kernel stamps packets with them."""

import time
from typing import Protocol

from lab.errors import MeasurementError

_STEP_SECONDS = 0.005
_TURN_SECONDS = 0.05


class Clock(Protocol):
    """The time for a check. Tests have their own clock."""

    def now(self) -> float:
        """Wall-clock seconds."""
        ...

    def wait(self, until: float) -> bool:
        """Wait a moment. Return False when the instant `until` has come."""
        ...


class SystemClock:
    """The host's clock. Raises MeasurementError if somebody sets it while a check runs."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Wall-clock seconds."""
        earliest = time.monotonic() + self._offset
        instant = time.time()
        latest = time.monotonic() + self._offset  # the process may be stopped between any two readings
        if not earliest - _STEP_SECONDS < instant < latest + _STEP_SECONDS:
            raise MeasurementError("the host's clock was set while the check ran (stop the program that sets it, and run again)")
        return instant

    def wait(self, until: float) -> bool:
        """Sleep for at most 50 ms. Return False when the instant `until` has come."""
        left = until - self.now()
        if left > 0:
            time.sleep(min(left, _TURN_SECONDS))
        return left > 0
