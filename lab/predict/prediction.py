"""Predict a topology: what each set of failed components does to every flow."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from lab.errors import LabError
from lab.model.check import SHORTEST_PROBE
from lab.model.direction import Direction
from lab.model.flow import Flow
from lab.model.ip import Prefix
from lab.model.plan import Plan
from lab.model.prediction import Component, Explained, Explanation, FlowPrediction, Prediction, SetPrediction
from lab.predict.components import components
from lab.predict.conversations import Conversations, Talk
from lab.predict.detection import Failure, Loss, Noticed
from lab.predict.diagram import Diagrams
from lab.predict.every_state import EveryState
from lab.predict.forwarding import Forwarding
from lab.predict.network import Network
from lab.predict.tables import Tables, View
from lab.predict.timing import Outage, outages
from lab.predict.walks import Trip, Way
from lab.predict.why import Why
from lab.predict.wires import Damage, Hop, all_damage


class Predictor:
    """Predicts what failures do in one plan.

    Two sets that break the same parts that matter have the same effect. It is computed only once.
    """

    def __init__(self, plan: Plan, *, prunes: bool = True, octets: int = SHORTEST_PROBE) -> None:
        """`octets`: the length of the flows' packets.

        `prunes=False` is for tests: compute each set, each flow direction and each timing anew. The result is the same.
        """
        self.plan = plan
        self._of_length: dict[int, Predictor] = {}
        self._prunes = prunes
        self.components = components(plan)
        self._network = Network(plan, prunes=prunes, octets=octets)
        self._conversations = Conversations(plan)
        self._trips = self._conversations.trips
        self._places = {trip: place for place, (_, _, trip) in enumerate(self._trips)}
        self._healthy = Forwarding(self._network, self._network.drawn)
        self._raw = {trip: self._healthy.walked(trip) for _, _, trip in self._trips}
        drawn = self._talk(self._healthy, range(len(self._trips)))
        self._before = drawn.all()
        self._drawn = tuple(
            _flow(flow, direction, self._before[trip].ways, None, _dropped(drawn, trip)) for flow, direction, trip in self._trips
        )
        self._through: dict[str, list[int]] = {}
        """For each node, the flow directions through it in the healthy network, by their places in `_trips`."""
        self._to: dict[int, list[int]] = {}
        """For each prefix by its number, the flow directions whose destination it contains."""
        for place, (_, _, trip) in enumerate(self._trips):
            for number in self._network.around(trip.target):
                self._to.setdefault(number, []).append(place)
            for node in self._before[trip].nodes:
                self._through.setdefault(node, []).append(place)
        self._damages: dict[Component, Damage] = {}
        self._relevant_damages: dict[Component, Damage] = {}
        self._outcomes: dict[Damage, _Outcome] = {}

    def for_packets(self, octets: int) -> "Predictor":
        """The predictor for flows whose packets have this length. This one, if such packets fit everywhere."""
        if all(octets <= hop.mtu for hop in self._network.wires.hops.values()):
            return self
        if octets not in self._of_length:
            self._of_length[octets] = Predictor(self.plan, octets=octets)
        return self._of_length[octets]

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
        outcome = self._outcome_of(failures)
        if outcome.flows is None:
            flows = list(self._drawn)
            for place, flow in outcome.affected.items():
                flows[place] = flow
            outcome.flows = tuple(flows)
        return SetPrediction(failed=tuple(each.name for each in failures), flows=outcome.flows, affected=tuple(outcome.affected.values()))

    def affected(self, failures: Sequence[Component]) -> tuple[FlowPrediction, ...]:
        """Of the prediction for one set only what differs from the healthy network: `SetPrediction.affected`.

        For many sets of a large network: the predictions of all flows for each set would need much memory.
        """
        return tuple(self._outcome_of(failures).affected.values())

    @property
    def computed(self) -> int:
        """How many tables have been computed: how often BGP has converged on the routes to a prefix."""
        return self._network.computed

    def losses(self, failures: Iterable[Component]) -> tuple[Loss, ...]:
        """Every session and tunnel that some node will find lost when these components fail together."""
        damage = self.damage(failures)
        at_once = self._forwarding(self._network.drawn, damage, Noticed(damage))
        return Failure(self._network, at_once, self._talk(at_once, ()), self._network.after(damage)).losses

    def changed_routes(self, failures: Iterable[Component]) -> Iterator[tuple[str, Prefix]]:
        """Each router whose route to a prefix is another one in the end, or gone, with the prefix."""
        damage = self.damage(failures)
        tables = self._network.after(damage)
        for number in sorted(tables.changed):
            before, turned = self._network.healthy[number], tables.turned(number) - damage.dead
            for router in (each for each in self._network.speakers.routers if each in turned):
                if before.decision(router).hops != tables.decision(number, router).hops:
                    yield router, before.prefix

    @property
    def keeps_state(self) -> bool:
        """Whether a site has firewalls that keep state."""
        return self._conversations.keep_state

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
        """The network in all states of these components. Component number n is level n of the diagrams.

        Raises LabError if firewalls keep state: what they let through depends on the states before.
        """
        if self._conversations.keep_state:
            reason = "what firewalls let through depends on the past, so no state of the network says which flows are up"
            way_out = "remove it to compute the availability without firewalls"
            raise LabError(f"{self.plan.name}: a site has stateful: true; {reason} ({way_out})")
        return EveryState(self._network, [self.damage((each,)) for each in components], diagrams)

    def dropped(self, failures: Sequence[Component]) -> dict[str, tuple[str, ...]]:
        """For each flow whose replies a firewall drops when these components have failed, or may drop: these firewalls."""
        damage = self.damage(failures)
        talk = self._talk(self._forwarding(self._network.after(damage), damage), range(len(self._trips)))
        found = {flow.name: talk.dropped_by(trip) for flow, direction, trip in self._trips if direction == "reverse"}
        return {flow: firewalls for flow, firewalls in found.items() if firewalls}

    def lost_in(self, states: EveryState, flow: Flow) -> int:
        """The states in which packets of a flow do not arrive in at least one direction. Raises TooLargeError."""
        return states.diagrams.either(*(states.lost(trip) for each, _, trip in self._trips if each is flow))

    def explained(self, failures: Sequence[Component]) -> Explained:
        """Why each direction of each flow takes its path when these components have failed."""
        damage = self.damage(failures)
        tables = self._network.after(damage)
        forwarding = self._forwarding(tables, damage)
        why = Why(self._network, tables, forwarding, self._healthy)
        talk = self._talk(forwarding, range(len(self._trips)))
        found = []
        for flow, direction, trip in self._trips:
            because = (*why.in_full(talk.raw[trip].ways, trip.target), *filter(None, (_dropped(talk, trip),)))
            found.append(Explanation(flow=flow.name, direction=direction, paths=_paths(talk.now(trip).ways), because=because))
        return Explained(topology=self.plan.name, failed=tuple(each.name for each in failures), flows=tuple(found))

    def _outcome_of(self, failures: Sequence[Component]) -> "_Outcome":
        damage = self._relevant(failures)
        if damage not in self._outcomes or not self._prunes:
            self._outcomes[damage] = self._outcome(damage)
        return self._outcomes[damage]

    def _outcome(self, damage: Damage) -> "_Outcome":
        tables = self._network.after(damage)
        forwarding = self._forwarding(tables, damage)
        talk = self._talk(forwarding, self._touched(damage, tables))
        found = {self._places[trip]: walked.ways for trip, walked in talk.all().items()}
        touched = [place for place, ways in found.items() if self._is_touched(place, ways, damage)]
        timed = self._outages(damage, tables, [self._trips[place][2] for place in touched])
        why = Why(self._network, tables, forwarding, self._healthy)
        affected = {}
        for place in touched:
            flow, direction, trip = self._trips[place]
            because = _dropped(talk, trip) or why.in_short(found[place], trip.target)
            affected[place] = _flow(flow, direction, found[place], timed[trip], because)
        return _Outcome(affected)

    def _touched(self, damage: Damage, tables: Tables) -> Sequence[int]:
        """The flow directions that a failure can change. A walk asks only the nodes that it reaches.

        So one of these nodes has a broken hop, is dead, or has another decision about a prefix of the destination.
        """
        if not self._prunes:
            return range(len(self._trips))
        near = damage.dead.union(hop.node for hop in (*damage.broken, *damage.dark))
        found = {place for node in near for place in self._through.get(node, ())}
        for table, numbers in tables.groups.items():
            turned = tables.turned(table.number)
            to = (place for number in numbers for place in self._to.get(number, ()))
            found.update(place for place in to if not turned.isdisjoint(self._before[self._trips[place][2]].nodes))
        return sorted(found)

    def _outages(self, damage: Damage, tables: Tables, touched: Sequence[Trip]) -> dict[Trip, Outage]:
        """The outages of the flow directions in `touched`. No other direction loses a packet, so only these are simulated."""
        if not touched:
            return {}
        at_once = self._forwarding(self._network.drawn, damage, Noticed(damage))
        places = [self._places[trip] for trip in touched] if self._prunes else range(len(self._trips))
        timed = outages(Failure(self._network, at_once, self._talk(at_once, places), tables), simulates_all=not self._prunes)
        return {trip: timed[trip] for trip in touched}

    def _talk(self, forwarding: Forwarding, places: Iterable[int]) -> Talk:
        """The paths of these flow directions. If firewalls keep state, also those of the other directions of the same flows."""
        wanted = {place ^ other for place in places for other in ((0, 1) if self._conversations.keep_state else (0,))}
        trips = [self._trips[place][2] for place in sorted(wanted)]
        return self._conversations.talk(self._raw, {trip: forwarding.walked(trip) for trip in trips})

    def _forwarding(self, tables: Tables, damage: Damage, view: View | None = None) -> Forwarding:
        return self._healthy.after(tables, damage, view) if self._prunes else Forwarding(self._network, tables, damage, view)

    def _relevant(self, failures: Iterable[Component]) -> Damage:
        """What these components break together, without the parts that can change no prediction."""
        if not self._prunes:
            return self.damage(failures)
        for each in failures:
            if each not in self._relevant_damages:
                self._relevant_damages[each] = self.damage((each,)).within(self._network.used)
        return all_damage(self._relevant_damages[each] for each in failures).of_living_nodes()

    def _is_touched(self, place: int, after: tuple[Way, ...], damage: Damage) -> bool:
        before = self._before[self._trips[place][2]].ways
        return before != after or not all(damage.broken.isdisjoint(way.hops) for way in before)


@dataclass(slots=True)
class _Outcome:
    """What a failure does to the flows.

    - `affected`: the directions of flows that lose packets or change their paths, by their places in `_trips`
    - `flows`: all directions of all flows. None: nobody has asked for them
    """

    affected: dict[int, FlowPrediction]
    flows: tuple[FlowPrediction, ...] | None = None


def _dropped(talk: Talk, trip: Trip) -> str:
    """Which firewalls drop packets of a flow direction, in words. "" if none does."""
    firewalls = talk.dropped_by(trip)
    verb = "keep state and have" if len(firewalls) > 1 else "keeps state and has"
    return f"{' and '.join(firewalls)} {verb} not seen the start of the flow" if firewalls else ""


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
