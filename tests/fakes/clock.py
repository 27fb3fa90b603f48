"""FakeClock: time passes only when somebody waits."""

from collections.abc import Callable

_TURN_SECONDS = 0.05


class FakeClock:
    """A clock that starts at an instant like wall-clock time. It calls `at_turns` each time some time has passed."""

    def __init__(self, at_turns: Callable[[float], None] = lambda _now: None) -> None:
        self._now = 1_800_000_000.0
        self.at_turns = at_turns

    def now(self) -> float:
        """The fake instant in seconds. Reading it takes no time."""
        return self._now

    def wait(self, until: float) -> bool:
        """Let a twentieth of a second pass, or the rest. Return False when the instant has come."""
        left = until - self._now
        if left > 0:
            self._now = until if left <= _TURN_SECONDS else self._now + _TURN_SECONDS
            self.at_turns(self._now)
        return left > 0
