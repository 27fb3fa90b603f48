"""FakeClock: time that passes only when somebody waits for it."""

from collections.abc import Callable

_TURN_SECONDS = 0.05


class FakeClock:
    """Starts at an instant that looks like wall-clock time; `at_turns` is called each time some of it has passed."""

    def __init__(self, at_turns: Callable[[float], None] = lambda _now: None) -> None:
        self._now = 1_800_000_000.0
        self.at_turns = at_turns

    def now(self) -> float:
        """Seconds, as often asked as wanted."""
        return self._now

    def wait(self, until: float) -> bool:
        """A twentieth of a second passes, or what is left; False when the instant has come."""
        left = until - self._now
        if left > 0:
            self._now = until if left <= _TURN_SECONDS else self._now + _TURN_SECONDS
            self.at_turns(self._now)
        return left > 0
