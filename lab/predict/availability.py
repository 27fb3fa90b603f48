"""Availability: the exact probability that packets of a flow arrive, computed from how often each component is up.

Components fail independently of each other. A group (a location, a carrier, a duct) can fail as a whole, and each member can also fail
alone. For one flow, a component that contains an end of the flow never fails, because a dead site has no traffic.

A state of the network says which components have failed. A set of states is computed as a decision diagram (see `diagram`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.model.availability import MINUTES_A_YEAR, Availability, Contribution, Dominating, FlowAvailability, Reliability
from lab.model.flow import Flow
from lab.model.prediction import Component, FlowPrediction
from lab.model.stated import Stated
from lab.predict.chances import Chances
from lab.predict.diagram import Diagrams, Steps, TooLargeError
from lab.predict.every_state import EveryState
from lab.predict.prediction import Predictor
from lab.predict.reliability import reliabilities

MOST_NODES, MOST_STEPS = 300_000, 2_000_000
"""The largest diagrams, in nodes, and the most steps for all flows together. One flow may use half of the steps that are left.

If one flow alone needs more, only its single failures are computed.
"""
_DOMINATING_SIZE, _MOST_DOMINATING = 3, 20


@dataclass(slots=True, kw_only=True)
class _Study:
    """The values from which the availability of all flows of a plan is computed.

    - `components`: all that can fail, in the order of the levels of the diagrams. `figures`: how often each component is up
    - `drawn`: for each flow, the prediction of its directions in the healthy network
    - `alone`: for each flow, the components (by level) that affect it if only they fail, each with its prediction
    - `most_nodes`: the limit for the size of the diagrams. `steps`: how many steps the computation may still take, for all flows together
    - `states`: the network in all states. None: not computed yet, or discarded because the last flow needed too much
    """

    predictor: Predictor
    components: tuple[Component, ...]
    figures: dict[str, Reliability]
    drawn: dict[str, tuple[FlowPrediction, ...]]
    alone: dict[str, dict[int, tuple[FlowPrediction, ...]]]
    most_nodes: int
    steps: Steps
    states: EveryState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lost:
    """The states of the network in which a flow is cut off, as the number of a function (`diagram`).

    `most_failures`: only states with at most this many failed components are computed. None: all states are computed.
    """

    diagrams: Diagrams
    function: int
    most_failures: int | None


def availability(
    predictor: Predictor, stated: Iterable[Stated], most_nodes: int = MOST_NODES, most_steps: int = MOST_STEPS
) -> Availability:
    """The availability of every flow. `stated`: the figures that the topology's file states for components and for kinds of components.

    `most_nodes`: the largest number of diagram nodes in memory at one time. `most_steps`: the largest number of steps for all flows
    together.
    """
    figures = {each.component: each for each in reliabilities(predictor.components, stated) if _can_fail(each)}
    components = _in_good_order(predictor, [each for each in predictor.components if each.name in figures])
    study = _Study(
        predictor=predictor,
        components=components,
        figures=figures,
        drawn=_by_flow(predictor.of(()).flows),
        alone=_alone(predictor, components),
        most_nodes=most_nodes,
        steps=Steps(most_steps),
    )
    return Availability(
        topology=predictor.plan.name,
        timers=predictor.plan.timers,
        components=tuple(figures[each.name] for each in predictor.components if each.name in figures),
        flows=tuple(_flow(study, flow, _lost(study, flow)) for flow in predictor.plan.flows),
    )


def _by_flow(flows: Iterable[FlowPrediction]) -> dict[str, tuple[FlowPrediction, ...]]:
    found: dict[str, list[FlowPrediction]] = {}
    for each in flows:
        found.setdefault(each.flow, []).append(each)
    return {flow: tuple(directions) for flow, directions in found.items()}


def _alone(predictor: Predictor, components: Sequence[Component]) -> dict[str, dict[int, tuple[FlowPrediction, ...]]]:
    """For each flow, the levels of the components that affect it alone, each with the predictions of all its directions."""
    drawn = _by_flow(predictor.of(()).flows)
    found: dict[str, dict[int, tuple[FlowPrediction, ...]]] = {flow: {} for flow in drawn}
    for level, each in enumerate(components):
        for flow, affected in _by_flow(predictor.affected((each,))).items():
            now = {one.direction: one for one in affected}
            found[flow][level] = tuple(now.get(one.direction, one) for one in drawn[flow])
    return found


def _lost(study: _Study, flow: Flow) -> _Lost:
    """The states in which a flow is cut off. All states are computed if that does not need too much, otherwise only those with one failure.

    Flows use the same diagrams. If a flow does not fit into them, it is tried once more with diagrams of its own.
    """
    is_alone = study.states is None
    lost = _lost_in_all(study, flow)
    if lost is None and not is_alone:
        lost = _lost_in_all(study, flow)
    return lost or _lost_alone(study, flow)


def _lost_in_all(study: _Study, flow: Flow) -> _Lost | None:
    """The states in which a flow is cut off, of all states. The present diagrams are used, or new ones if there are none.

    None if the diagrams become too large. Then they are discarded.
    """
    allowed = study.steps.left // 2
    kept = study.steps.left - allowed
    study.steps.left = allowed
    try:
        study.states = study.states or study.predictor.every_state(study.components, Diagrams(study.most_nodes, study.steps))
        function = study.predictor.lost_in(study.states, flow)
        return _Lost(diagrams=study.states.diagrams, function=function, most_failures=None)
    except TooLargeError:
        study.states = None
        return None
    finally:
        study.steps.left += kept


def _lost_alone(study: _Study, flow: Flow) -> _Lost:
    """The states in which a flow is cut off, of the states with at most one failed component."""
    diagrams = Diagrams()

    def cut(directions: Iterable[FlowPrediction]) -> int:
        return diagrams.no if all(each.reachable for each in directions) else diagrams.yes

    healthy, alone = cut(study.drawn[flow.name]), study.alone[flow.name]
    ends = [cut(alone[level]) if level in alone else healthy for level in range(len(study.components))]
    function = diagrams.of_single_failures(healthy, ends)
    return _Lost(diagrams=diagrams, function=function, most_failures=1)


def _can_fail(figure: Reliability) -> bool:
    return figure.availability < 1 or figure.failures_a_year > 0


def _in_good_order(predictor: Predictor, components: Sequence[Component]) -> tuple[Component, ...]:
    """The components in an order that keeps the diagrams small.

    First come those that break tunnels, then the others by the first hop of the network that they break.
    """
    places = {hop: place for place, hop in enumerate(predictor.hops)}

    def key(component: Component) -> tuple[bool, str, int, int]:
        broken = predictor.damage((component,)).broken
        tunnels = sorted({hop.tunnel for hop in broken if hop.tunnel})
        return not tunnels, min(tunnels, default=""), min((places[hop] for hop in broken), default=0), -len(broken)

    return tuple(sorted(components, key=key))


def _flow(study: _Study, flow: Flow, lost: _Lost) -> FlowAvailability:
    ends = {flow.source.node, flow.target.node}
    without = frozenset(level for level, each in enumerate(study.components) if ends.intersection(each.nodes))
    function = lost.diagrams.without(lost.function, without)
    chances = Chances(lost.diagrams, [1 - study.figures[each.name].availability for each in study.components])
    cut = chances.of(function, lost.diagrams.yes)
    adds = chances.of_each(function)
    alone = study.alone[flow.name]
    contributions = [
        Contribution(
            component=study.components[level].name,
            what=study.components[level].what,
            minutes_a_year=adds.get(level, 0.0) * MINUTES_A_YEAR,
            failover_minutes=_failovers(study.figures[study.components[level].name], alone.get(level, study.drawn[flow.name])),
        )
        for level in sorted(adds.keys() | alone.keys())
        if level not in without
    ]
    told = [each for each in contributions if each.minutes_a_year or each.failover_minutes[1]]
    return FlowAvailability(
        flow=flow.name,
        probability=1 - cut,
        minutes_a_year=cut * MINUTES_A_YEAR,
        unknown_minutes=chances.of(function, lost.diagrams.unknown) * MINUTES_A_YEAR,
        most_failures=lost.most_failures,
        failover_minutes=_sum(each.failover_minutes for each in contributions),
        contributions=tuple(sorted(told, key=lambda each: (-each.minutes_a_year, -each.failover_minutes[1], each.component))),
        dominated_by=_dominating(study, chances, function),
    )


def _failovers(figure: Reliability, alone: Sequence[FlowPrediction]) -> tuple[float, float]:
    """The shortest and the longest minutes a year in which a failure of this component stops the flow until the flow uses another path.

    (0, 0) if the flow has no other path: the minutes in which it is cut off are counted elsewhere.
    """
    seconds = [each.outage_seconds for each in alone if each.reachable and each.outage_seconds]
    if len(seconds) < len(alone):
        return 0.0, 0.0
    shortest, longest = max(each[0] for each in seconds), max(each[1] for each in seconds)
    return figure.failures_a_year * shortest / 60, figure.failures_a_year * longest / 60


def _sum(intervals: Iterable[tuple[float, float]]) -> tuple[float, float]:
    each = tuple(intervals)
    return sum(one[0] for one in each), sum(one[1] for one in each)


def _dominating(study: _Study, chances: Chances, function: int) -> tuple[Dominating, ...]:
    """The smallest sets of components that cut the flow off together, at most 20. The set that does so for the most minutes is first."""
    sets = (
        Dominating(
            failed=tuple(study.components[level].name for level in sorted(each)), minutes_a_year=chances.all_failed(each) * MINUTES_A_YEAR
        )
        for each in chances.smallest_sets(function, _DOMINATING_SIZE)
    )
    counted = sorted((each for each in sets if each.minutes_a_year), key=lambda each: (-each.minutes_a_year, each.failed))
    return tuple(counted[:_MOST_DOMINATING])
