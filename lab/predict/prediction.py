"""Predict a topology: what each set of failed components does to every flow."""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Network
from itertools import combinations

from lab.model.direction import DIRECTIONS, Direction
from lab.model.plan import Flow, Plan
from lab.model.prediction import Component, Explained, Explanation, FlowPrediction, Prediction, SetPrediction
from lab.predict.components import components
from lab.predict.detection import Failure, Loss, Noticed
from lab.predict.diagram import Diagrams
from lab.predict.every_state import EveryState
from lab.predict.forwarding import Forwarding
from lab.predict.tables import Network, Table, View
from lab.predict.timing import Outage, outages
from lab.predict.walks import Trip, Way
from lab.predict.why import Why
from lab.predict.wires import Damage, Hop, all_damage


class Predictor:
    """Predicts what failures do in one plan.

    Two sets that break the same parts that matter have the same effect. It is computed only once.
    """

    def __init__(self, plan: Plan, *, prunes: bool = True) -> None:
        """`prunes=False` is for tests: compute each set, each flow direction and each timing anew. The result is the same."""
        self.plan = plan
        self._prunes = prunes
        self.components = components(plan)
        self._network = Network(plan)
        self._trips = [(flow, direction, _trip(flow, direction)) for flow in plan.flows for direction in DIRECTIONS]
        self._healthy = Forwarding(self._network, self._network.healthy)
        self._before = {trip: self._healthy.walked(trip).ways for _, _, trip in self._trips}
        self._damages: dict[Component, Damage] = {}
        self._relevant_damages: dict[Component, Damage] = {}
        self._outcomes: dict[Damage, tuple[FlowPrediction, ...]] = {}

    def all_sets(self, most: int) -> Prediction:
        """The predictions for all sets of up to `most` failed components."""
        return self.these_sets([each for size in range(1, most + 1) for each in combinations(self.components, size)])

    def these_sets(self, sets: Sequence[Sequence[Component]]) -> Prediction:
        """The predictions for these sets of failed components."""
        return Prediction(
            topology=self.plan.name,
            timers=self.plan.timers,
            components=self.components,
            before=self.of(()),
            sets=tuple(self.of(each) for each in sets),
        )

    def of(self, failures: Sequence[Component]) -> SetPrediction:
        """The prediction for one set: all its components fail at one instant."""
        damage = self._relevant(failures)
        if damage not in self._outcomes or not self._prunes:
            self._outcomes[damage] = self._outcome(damage)
        return SetPrediction(failed=tuple(each.name for each in failures), flows=self._outcomes[damage])

    def losses(self, failures: Iterable[Component]) -> tuple[Loss, ...]:
        """Every session and tunnel that some node will find lost when these components fail together."""
        damage = self.damage(failures)
        return Failure(self._network, self._forwarding(self._network.healthy, damage, Noticed(damage)), ()).losses

    def changed_routes(self, failures: Iterable[Component]) -> Iterator[tuple[str, IPv4Network]]:
        """Each router whose route to a prefix is another one in the end, or gone, with the prefix."""
        damage = self.damage(failures)
        for before in self._network.healthy:
            after = self._network.settled(before.prefix, damage, before).decisions
            for router, decision in before.decisions.items():
                if router not in damage.dead and decision.hops != after[router].hops:
                    yield router, before.prefix

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every hop of the network, each once."""
        return tuple(dict.fromkeys(self._network.wires.hops.values()))

    def damage(self, failures: Iterable[Component]) -> Damage:
        """What these components break when they fail together. The damage of each single component is computed only once."""
        for each in failures:
            if each not in self._damages:
                self._damages[each] = self._network.wires.damage(each)
        return all_damage(self._damages[each] for each in failures)

    def every_state(self, components: Sequence[Component], diagrams: Diagrams) -> EveryState:
        """The network in all states of these components. Component number n is level n of the diagrams."""
        return EveryState(self._network, [self.damage((each,)) for each in components], diagrams)

    def lost_in(self, states: EveryState, flow: Flow) -> int:
        """The states in which packets of a flow do not arrive in at least one direction. Raises TooLargeError."""
        return states.diagrams.either(*(states.lost(trip) for each, _, trip in self._trips if each is flow))

    def explained(self, failures: Sequence[Component]) -> Explained:
        """Why each direction of each flow takes its path when these components have failed."""
        damage = self.damage(failures)
        tables = self._tables(damage)
        forwarding = self._forwarding(tables, damage)
        why = Why(self._network, tables, forwarding, self._healthy)
        found = []
        for flow, direction, trip in self._trips:
            ways = forwarding.walked(trip).ways
            found.append(
                Explanation(flow=flow.name, direction=direction, paths=_paths(ways), because=tuple(why.in_full(ways, trip.target)))
            )
        return Explained(topology=self.plan.name, failed=tuple(each.name for each in failures), flows=tuple(found))

    def _outcome(self, damage: Damage) -> tuple[FlowPrediction, ...]:
        tables = self._tables(damage)
        forwarding = self._forwarding(tables, damage)
        found = {trip: forwarding.walked(trip).ways for _, _, trip in self._trips}
        touched = [trip for trip in found if self._is_touched(trip, found[trip], damage)]
        timed = self._outages(damage, touched)
        why = Why(self._network, tables, forwarding, self._healthy)
        return tuple(
            _flow(flow, direction, found[trip], timed.get(trip), why.in_short(found[trip], trip.target) if trip in timed else "")
            for flow, direction, trip in self._trips
        )

    def _outages(self, damage: Damage, touched: Sequence[Trip]) -> dict[Trip, Outage]:
        """The outages of the flow directions in `touched`. No other direction loses a packet, so only these are simulated."""
        if not touched:
            return {}
        at_once = self._forwarding(self._network.healthy, damage, Noticed(damage))
        trips = touched if self._prunes else [trip for _, _, trip in self._trips]
        timed = outages(Failure(self._network, at_once, trips), simulates_all=not self._prunes)
        return {trip: timed[trip] for trip in touched}

    def _forwarding(self, tables: Sequence[Table], damage: Damage, view: View | None = None) -> Forwarding:
        return self._healthy.after(tables, damage, view) if self._prunes else Forwarding(self._network, tables, damage, view)

    def _relevant(self, failures: Iterable[Component]) -> Damage:
        """What these components break together, without the parts that can change no prediction."""
        if not self._prunes:
            return self.damage(failures)
        for each in failures:
            if each not in self._relevant_damages:
                self._relevant_damages[each] = self.damage((each,)).within(self._network.used)
        return all_damage(self._relevant_damages[each] for each in failures).of_living_nodes()

    def _tables(self, damage: Damage) -> tuple[Table, ...]:
        return tuple(self._network.settled(before.prefix, damage, before) for before in self._network.healthy)

    def _is_touched(self, trip: Trip, after: tuple[Way, ...], damage: Damage) -> bool:
        before = self._before[trip]
        return before != after or not all(damage.broken.isdisjoint(way.hops) for way in before)


def _trip(flow: Flow, direction: Direction) -> Trip:
    source, target = (flow.source, flow.target) if direction == "forward" else (flow.target, flow.source)
    return Trip(source=source.node, target=target.address)


def _paths(ways: tuple[Way, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(way.nodes for way in ways if way.arrives))


def _flow(flow: Flow, direction: Direction, ways: tuple[Way, ...], outage: Outage | None, because: str) -> FlowPrediction:
    return FlowPrediction(
        flow=flow.name,
        direction=direction,
        reachable=all(way.arrives for way in ways),
        paths=_paths(ways),
        outage_seconds=(0.0, 0.0) if outage is None else outage.seconds,
        noticed_by=None if outage is None else outage.by,
        because=because,
    )
