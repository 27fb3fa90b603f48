"""Predictions: what every set of failed components does to every flow. They need no lab."""

from dataclasses import dataclass

from lab.model.direction import Direction
from lab.model.plan import Timers

_ANEW_SECONDS = 5.0
"""A flow that was cut off may stay out for this long after the repair, in seconds: daemons, BFD and BGP sessions start again.

Measured: 0.05 to 2.2 s (200 repairs).
"""

_EARLIER, _LATER, _LATER_SHARE = 0.05, 0.15, 0.1
"""How far a measured outage may be outside the predicted interval: seconds below it, seconds above it, and a share of it above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Something that fails as a whole: a circuit, link, node, tunnel, or a group of them. `what` is its kind, for messages.

    When it fails, `links` lose their carrier, `silent` links drop every packet with their carriers up, `nodes` die with their carriers up,
    and the IKE SAs of `tunnels` are deleted. `fault` is the kind of fault that does this in a lab.
    """

    name: str
    what: str
    fault: str
    links: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    tunnels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPrediction:
    """What is predicted for one direction of a flow.

    - `paths`: its possible paths, as names of nodes. Packets use one of them. () if no packet gets through.
    - `outage_seconds`: the shortest and the longest outage. None if the flow remains cut off.
    - `noticed_by`: the detector that ends the outage: `link`, `IKE`, `BFD`, `hold time`, `restart time`, `DPD`. None: no loss.
    - `because`: the reason, in a few words.
    """

    flow: str
    direction: Direction
    reachable: bool
    paths: tuple[tuple[str, ...], ...]
    outage_seconds: tuple[float, float] | None
    noticed_by: str | None = None
    because: str = ""

    @property
    def tolerated(self) -> tuple[float, float] | None:
        """The outages, in seconds, that a measurement may show: a little more than the predicted interval.

        None if the flow remains cut off.
        """
        if self.outage_seconds is None:
            return None
        least, most = self.outage_seconds
        return earlier(least), later(most) if most else 0.0

    @property
    def back_seconds(self) -> tuple[float, float]:
        """The shortest and the longest outage when the failed components are repaired.

        A router leaves its path only when it has another one. So only a flow that was cut off loses packets then.
        """
        return 0.0, _ANEW_SECONDS if self.outage_seconds is None else 0.0

    @property
    def tolerated_back(self) -> float:
        """The longest outage, in seconds, that a measurement may show when the failed components are repaired."""
        return later(self.back_seconds[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPrediction:
    """What happens to all flows if the components of one set fail at one instant.

    - `failed`: the names of the components
    - `flows`: every direction of every flow
    - `affected`: of these only the ones that lose packets or change their paths. All others are as in the healthy network.
    """

    failed: tuple[str, ...]
    flows: tuple[FlowPrediction, ...]
    affected: tuple[FlowPrediction, ...] = ()

    @property
    def name(self) -> str:
        """The set as a user writes it: `dx1 + vpn1`."""
        return " + ".join(self.failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPrediction:
    """An alarm of CloudWatch that rings after a failure, if the failed components are not repaired.

    - `after`: the earliest and the latest instant, in seconds after the failure. `tolerated`: those that a measurement may show.
    - `is_certain`: it rings in any case. False: it may also stay silent, because a detector may notice too late, or the metric recovers.
    """

    rule: str
    after: tuple[float, float]
    tolerated: tuple[float, float]
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """The prediction for a check: the network before its faults, and while they last.

    - `stands_for`: other sets of failed components with the same effect. They are not run. With each of them, every flow has the same
      paths, and the same detectors notice.
    - `alarms`: every alarm of CloudWatch that rings, or may ring. None in an old journal.
    """

    before: SetPrediction
    during: SetPrediction
    stands_for: tuple[SetPrediction, ...] = ()
    alarms: tuple[AlarmPrediction, ...] | None = None

    def flow(self, flow: str, direction: Direction) -> FlowPrediction | None:
        """The prediction for one direction of a flow while the faults last. None if there is none."""
        return _found(self.during, flow, direction)

    def first_paths(self, flow: str, direction: Direction) -> tuple[tuple[str, ...], ...]:
        """The predicted paths of one direction of a flow before the faults. () if there is no prediction."""
        found = _found(self.before, flow, direction)
        return found.paths if found else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The predictions for all sets of a topology. `before` is the network without a failure."""

    topology: str
    timers: Timers
    components: tuple[Component, ...]
    before: SetPrediction
    sets: tuple[SetPrediction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one direction of a flow takes its path: a sentence for each router that had a choice of routes."""

    flow: str
    direction: Direction
    paths: tuple[tuple[str, ...], ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why every direction of every flow takes its path, when the components in `failed` have failed."""

    topology: str
    failed: tuple[str, ...]
    flows: tuple[Explanation, ...]


def earlier(least: float) -> float:
    """The shortest time, in seconds, that a measurement may show if this one is the shortest predicted time."""
    return max(round(least - _EARLIER, 3), 0.0)


def later(most: float) -> float:
    """The longest time, in seconds, that a measurement may show if this one is the longest predicted time."""
    return round(most * (1 + _LATER_SHARE) + _LATER, 3)


def _found(one: SetPrediction, flow: str, direction: Direction) -> FlowPrediction | None:
    return next((each for each in one.flows if (each.flow, each.direction) == (flow, direction)), None)
