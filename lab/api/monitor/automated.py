"""Let automations act on a lab that is kept up (`lab-up --monitor --act`). There is no report, so each action is noted for `lab-status`."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from lab.engine.acting import Acting, Means, Pings
from lab.errors import LabError
from lab.model.automation import EchoWay, PlannedAutomation
from lab.model.evidence import TimelineEvent
from lab.model.snapshot import Rung
from lab.probes.echo import Echoes
from lab.probes.streams import Paths
from lab.runtime.capabilities import LabUnderTest, Sockets

_OTHERS = ("lab-test", "bench", "lab-up", "lab-heal", "lab-down")
"""Commands that measure, repair or remove a lab. While one of them holds it, nothing acts."""

_TURN_SECONDS = 0.05


class Looking(Protocol):
    """The probes of a keeper."""

    def latest_paths(self) -> Paths:
        """The present path of each direction of each flow. () if no packet arrives."""
        ...


class WallClock:
    """The host's clock. Somebody may set it: a keeper runs for days, and measures nothing."""

    def now(self) -> float:
        """Wall-clock seconds."""
        return time.time()

    def wait(self, until: float) -> bool:
        """Sleep for at most 50 ms. Return False when the instant `until` has come."""
        left = until - self.now()
        if left > 0:
            time.sleep(min(left, _TURN_SECONDS))
        return left > 0


class Automated:
    """The automations that act while a lab is kept up. `note` takes each action and its instant. An error only becomes a note."""

    def __init__(
        self,
        lab: LabUnderTest,
        automations: Sequence[PlannedAutomation],
        note: Callable[[TimelineEvent], None],
        pinging: Callable[[Sockets, Sequence[EchoWay]], Pings] = Echoes,
    ) -> None:
        self._acting = Acting(Means(lab=lab, clock=WallClock(), tell=note, pinging=pinging), automations)

    def hear(self, rung: Rung) -> None:
        """An alarm began or ended. Can be called from any thread."""
        self._acting.hear(rung)

    def turn(self, looking: Looking | None, holder: str | None) -> None:
        """Do what is due now, if there are probes. If a command that measures, repairs or removes the lab holds it: undo every action."""
        if using := next((command for command in _OTHERS if holder and f"'{command}'" in holder), None):
            self.end(f"{using} uses the lab")
        elif looking is not None:
            with suppress(LabError):  # the probes have ended, or a node is gone: `lab-status` tells what is wrong
                self._acting.turn(looking.latest_paths)

    def end(self, why: str) -> None:
        """Undo every action that is in force."""
        with suppress(LabError):
            self._acting.end(why)
