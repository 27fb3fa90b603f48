"""Decide what an automation does next. Pure: it knows only alarms and instants."""

from collections.abc import Callable
from enum import Enum

from lab.model.automation import Automation
from lab.model.snapshot import Rung


class Move(Enum):
    """What an automation does now."""

    ACT = "act"
    UNDO = "undo"


class Course:
    """One automation in a check. A repeated message changes nothing, so Alertmanager may send it again."""

    def __init__(self, automation: Automation) -> None:
        self._automation = automation
        self._ringing: set[tuple[tuple[str, str], ...]] = set()
        self._since: float | None = None
        self._rests_until = float("-inf")

    @property
    def is_in_force(self) -> bool:
        """Whether the action is in force."""
        return self._since is not None

    def hear(self, rung: Rung) -> None:
        """An alarm began or ended. Other rules and other labels are ignored."""
        if rung.rule != self._automation.rule or not set(self._automation.labels) <= set(rung.labels):
            return
        (self._ringing.add if rung.state == "firing" else self._ringing.discard)(rung.labels)

    def next(self, now: float, is_healthy: Callable[[], bool]) -> Move | None:
        """What to do now. `is_healthy` is asked only if the rest is fulfilled: whether the target carries packets without loss."""
        if self._since is None:
            return Move.ACT if self._ringing and now >= self._rests_until else None
        back = self._automation.back
        if back is None or now < self._since + back.after:
            return None
        if back.when_healthy and (self._ringing or not is_healthy()):
            return None
        return Move.UNDO

    def acted(self, now: float) -> None:
        """The action is in force from now on."""
        self._since = now

    def rests(self, now: float) -> None:
        """The action was undone or refused. Nothing happens until the hold-down time is over."""
        self._since = None
        self._rests_until = now + self._automation.hold_down
