"""A lab in memory for checks: fake probes, a clock that moves only when somebody waits, and the events of a check."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lab.engine import Settings, run_check
from lab.model.check import Check, Step
from lab.model.event import CheckEnded, Event
from lab.model.fault import LinkDown, NodeKill
from tests.fakes.clock import FakeClock
from tests.fakes.lab import FakeLab
from tests.fakes.probes import FakeProbes
from tests.shipped import shipped_plan

CUT = Step(kind="link-down", target="dci", fault=LinkDown(links=("dci",)), at=2.0, duration=8.0)
KILL = Step(kind="node-kill", target="dc1-gw1", fault=NodeKill(nodes=("dc1-gw1",)), at=4.0, duration=3.0)
CHECK = Check(name="cut", summary="The interconnect is cut.", steps=(CUT, KILL), expectations=())


@dataclass
class Stage:
    """A lab, a clock and probes, and the events of a check."""

    lab: FakeLab = field(default_factory=lambda: FakeLab(shipped_plan()))
    told: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.lab.now = self.clock.now
        self.probes = FakeProbes(self.lab, self.clock)

    def at_each_turn(self, do: Callable[[float], None]) -> None:
        """Make something happen when time passes, besides the probes."""
        send = self.clock.at_turns

        def both(now: float) -> None:
            do(now)
            send(now)

        self.clock.at_turns = both

    def run(self, check: Check = CHECK, **patience: object) -> str | None:
        """Run the check. Return its error, if any."""
        settings = replace(Settings(senses=self.probes.senses()), **patience)
        run_check(self.lab, check, self.told.append, settings)
        ended = self.told[-1]
        assert isinstance(ended, CheckEnded)
        return ended.error

    def only(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]
