"""Availability: the exact probability that a flow gets through, computed from how often each component is up.

Components fail independently of each other. A group (a location, a carrier, a duct) fails as a whole, in addition to its members. A
component that contains an end of a flow never fails for that flow, because a dead site has no traffic.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lab.model.availability import MINUTES_A_YEAR, Availability, Contribution, Dominating, FlowAvailability, Reliability
from lab.model.plan import Flow
from lab.model.prediction import Component, FlowPrediction
from lab.model.topology import Stated
from lab.predict.chances import Chances
from lab.predict.diagram import Diagrams, TooLargeError
from lab.predict.prediction import Predictor
from lab.predict.reliability import reliabilities

MOST_NODES = 300_000
"""The largest diagrams, in nodes. They take about 6 s and 150 MB."""
AT_MOST: tuple[int | None, ...] = (None, 2, 1, 0)
"""How many components may fail at once in the states that are computed: any number (None), or fewer if there are too many states."""
_DOMINATING_SIZE, _MOST_DOMINATING = 3, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Study:
    """The study of a plan: the components that can fail, in the order of the levels, and the states in which each flow is cut off."""

    predictor: Predictor
    components: tuple[Component, ...]
    figures: dict[str, Reliability]
    diagrams: Diagrams
    lost: dict[str, int]
    most_failures: int | None


def availability(
    predictor: Predictor, stated: Iterable[Stated], at_most: Sequence[int | None] = AT_MOST, most_nodes: int = MOST_NODES
) -> Availability:
    """The availability of every flow. `stated`: what the topology says of components and kinds of components."""
    study = _studied(predictor, stated, at_most, most_nodes)
    outages = _single_outages(study)
    return Availability(
        topology=predictor.plan.name,
        timers=predictor.plan.timers,
        components=tuple(study.figures[each.name] for each in predictor.components if each.name in study.figures),
        flows=tuple(_flow(study, flow, outages) for flow in predictor.plan.flows),
        most_failures=study.most_failures,
    )


def _studied(predictor: Predictor, stated: Iterable[Stated], at_most: Sequence[int | None], most_nodes: int) -> _Study:
    """The study of every state. If the diagrams would be too large, of all states with fewer failures. The last limit is always used."""
    figures = {each.component: each for each in reliabilities(predictor.components, stated) if _can_fail(each)}
    components = _in_good_order(predictor, [each for each in predictor.components if each.name in figures])
    for most in at_most:
        diagrams = Diagrams(None if most == at_most[-1] else most_nodes)
        try:
            within = None if most is None else diagrams.at_most(most, len(components))
            lost = predictor.lost_in_every_state(components, diagrams, within)
        except TooLargeError:
            continue
        break
    return _Study(predictor=predictor, components=components, figures=figures, diagrams=diagrams, lost=lost, most_failures=most)


def _can_fail(figure: Reliability) -> bool:
    return figure.availability < 1 or figure.failures_a_year > 0


def _in_good_order(predictor: Predictor, components: Sequence[Component]) -> tuple[Component, ...]:
    """The components in an order that keeps the diagrams small: those that break tunnels first, then the others, by the first hop they
    break.
    """
    places = {hop: place for place, hop in enumerate(predictor.hops)}

    def key(component: Component) -> tuple[bool, str, int, int]:
        broken = predictor.damage((component,)).broken
        tunnels = sorted({hop.tunnel for hop in broken if hop.tunnel})
        return not tunnels, min(tunnels, default=""), min((places[hop] for hop in broken), default=0), -len(broken)

    return tuple(sorted(components, key=key))


def _single_outages(study: _Study) -> dict[str, tuple[FlowPrediction, ...]]:
    """For each component that fails alone: the prediction for every flow."""
    return {each.name: study.predictor.of((each,)).flows for each in study.components}


def _flow(study: _Study, flow: Flow, outages: dict[str, tuple[FlowPrediction, ...]]) -> FlowAvailability:
    ends = {flow.source.node, flow.target.node}
    without = frozenset(level for level, each in enumerate(study.components) if ends.intersection(each.nodes))
    lost = study.diagrams.without(study.lost[flow.name], without)
    chances = Chances(study.diagrams, [1 - study.figures[each.name].availability for each in study.components])
    cut = chances.of(lost, study.diagrams.yes)
    adds = chances.of_each(lost)
    contributions = [
        Contribution(
            component=each.name,
            what=each.what,
            minutes_a_year=adds.get(level, 0.0) * MINUTES_A_YEAR,
            failover_minutes=_failovers(study.figures[each.name], [one for one in outages[each.name] if one.flow == flow.name]),
        )
        for level, each in enumerate(study.components)
        if level not in without
    ]
    told = [each for each in contributions if each.minutes_a_year or each.failover_minutes[1]]
    return FlowAvailability(
        flow=flow.name,
        probability=1 - cut,
        minutes_a_year=cut * MINUTES_A_YEAR,
        unknown_minutes=chances.of(lost, study.diagrams.unknown) * MINUTES_A_YEAR,
        failover_minutes=_sum(each.failover_minutes for each in contributions),
        contributions=tuple(sorted(told, key=lambda each: (-each.minutes_a_year, -each.failover_minutes[1], each.component))),
        dominated_by=_dominating(study, chances, lost),
    )


def _failovers(figure: Reliability, alone: Sequence[FlowPrediction]) -> tuple[float, float]:
    """Minutes a year until the flow has another path, shortest and longest. Minutes in which it is cut off are counted elsewhere."""
    outages = [each.outage_seconds for each in alone]
    if any(each is None for each in outages):
        return 0.0, 0.0
    seconds = [each for each in outages if each is not None]
    shortest, longest = max(each[0] for each in seconds), max(each[1] for each in seconds)
    return figure.failures_a_year * shortest / 60, figure.failures_a_year * longest / 60


def _sum(intervals: Iterable[tuple[float, float]]) -> tuple[float, float]:
    each = tuple(intervals)
    return sum(one[0] for one in each), sum(one[1] for one in each)


def _dominating(study: _Study, chances: Chances, lost: int) -> tuple[Dominating, ...]:
    """The smallest sets that cut the flow off, at most 20. The one that fails for the most minutes is first."""
    sets = (
        Dominating(
            failed=tuple(study.components[level].name for level in sorted(each)), minutes_a_year=chances.all_failed(each) * MINUTES_A_YEAR
        )
        for each in chances.smallest_sets(lost, _DOMINATING_SIZE)
    )
    counted = sorted((each for each in sets if each.minutes_a_year), key=lambda each: (-each.minutes_a_year, each.failed))
    return tuple(counted[:_MOST_DOMINATING])
