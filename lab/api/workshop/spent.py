"""What the time of a check was spent on, so that a check that takes long can say why."""

import time
from collections.abc import Callable

from lab.model.progress import PhaseBegins, Say, Told

LONG_SECONDS = 60.0
"""A check that takes longer than this says why."""

_LEAST_SECONDS = 0.5
"""A part that took less explains nothing."""


class Spent:
    """Hears what a check tells the waiting user, passes it on, and adds up the seconds of each part.

    `first`: what is done until the first phase begins.
    """

    def __init__(self, first: str, say: Say, clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._part = first
        self._since = self._begin = clock()
        self._seconds: dict[str, float] = {}

    def __call__(self, told: Told) -> None:
        """Pass a message on. If it begins a phase, the present part ends here."""
        if isinstance(told, PhaseBegins):
            self._end_part()
            self._part = told.phase.value
        self._say(told)

    def say_why(self) -> None:
        """If all of it took long, say what the time was spent on, the longest part first."""
        self._end_part()
        total = self._since - self._begin
        if total > LONG_SECONDS:
            longest = sorted(self._seconds.items(), key=lambda part: -part[1])
            parts = ", ".join(f"{part} {seconds:.0f} s" for part, seconds in longest if seconds >= _LEAST_SECONDS)
            self._say(f"this took {total:.0f} s: {parts}")

    def _end_part(self) -> None:
        now = self._clock()
        self._seconds[self._part] = self._seconds.get(self._part, 0.0) + now - self._since
        self._since = now
