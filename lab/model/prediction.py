"""Predictions: what every set of failed components does to every flow, known without a lab."""

from dataclasses import dataclass

from lab.model.direction import Direction
from lab.model.plan import Timers


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A thing that fails as one: a circuit, link, node, tunnel or a group of them. `what` is the field's word for it.

    When it fails, its links lose their carrier (`links`), its nodes die with their carriers up (`nodes`), or its tunnels' IKE SAs are
    deleted (`tunnels`). `fault` is the kind of fault that does this in a lab.
    """

    name: str
    what: str
    fault: str
    links: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    tunnels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPrediction:
    """What becomes of one direction of a flow.

    - `paths`: the nodes it passes. Several if equal paths share; a flow uses one of them. () if it does not get through.
    - `outage_seconds`: the shortest and the longest outage. None if the flow does not come back.
    - `noticed_by`: who noticed first what ended the outage: `link`, `IKE`, `BFD`, `hold time`, `DPD`. None if nothing was lost.
    - `because`: why, in a few words.
    """

    flow: str
    direction: Direction
    reachable: bool
    paths: tuple[tuple[str, ...], ...]
    outage_seconds: tuple[float, float] | None
    noticed_by: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPrediction:
    """What the failure of some components at one instant does. `failed` are names. `flows` has every direction of every flow."""

    failed: tuple[str, ...]
    flows: tuple[FlowPrediction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a check must find: the network before its faults, and while they last."""

    before: SetPrediction
    during: SetPrediction

    def flow(self, flow: str, direction: Direction) -> FlowPrediction:
        """One direction of a flow while the faults last. Raises KeyError."""
        return _found(self.during, flow, direction)

    def first_paths(self, flow: str, direction: Direction) -> tuple[tuple[str, ...], ...]:
        """The paths that a direction of a flow may have before the faults. Raises KeyError."""
        return _found(self.before, flow, direction).paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """All sets of a topology. `before` is the network as drawn: nothing failed."""

    topology: str
    timers: Timers
    components: tuple[Component, ...]
    before: SetPrediction
    sets: tuple[SetPrediction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one direction of a flow goes where it goes: a sentence for each router that had a choice."""

    flow: str
    direction: Direction
    paths: tuple[tuple[str, ...], ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why every direction of every flow goes where it goes when some components have failed."""

    topology: str
    failed: tuple[str, ...]
    flows: tuple[Explanation, ...]


def _found(one: SetPrediction, flow: str, direction: Direction) -> FlowPrediction:
    for each in one.flows:
        if (each.flow, each.direction) == (flow, direction):
            return each
    raise KeyError(flow)
