"""The availability of flows as JSON, for programs."""

from collections.abc import Sequence

from lab.model.availability import Availability, Contribution, Dominating, FlowAvailability, Reliability
from lab.views.json_text import Json, Unrounded, json_text


def availabilities_json(availabilities: Sequence[Availability], seconds: float) -> str:
    """The availabilities as JSON. `seconds`: how long their computation took.

    One topology is an object. Several topologies are an object with a list under `topologies`.
    """
    made: list[dict[str, Json]] = [_availability(each) for each in availabilities]
    told: dict[str, Json] = made[0] if len(made) == 1 else {"topologies": [*made]}
    return json_text({"schema": 1, **told, "seconds": seconds})


def flow_json(flow: FlowAvailability) -> dict[str, Json]:
    """The availability of one flow as JSON."""
    return {
        "flow": flow.flow,
        "probability": Unrounded(flow.probability),
        "minutes_a_year": Unrounded(flow.minutes_a_year),
        "most_failures": flow.most_failures,
        "unknown_minutes_a_year": Unrounded(flow.unknown_minutes),
        "failover_minutes_a_year": [Unrounded(each) for each in flow.failover_minutes],
        "dominated_by": [_dominating(each) for each in flow.dominated_by],
        "contributions": [_contribution(each) for each in flow.contributions],
    }


def _availability(one: Availability) -> dict[str, Json]:
    return {
        "topology": one.topology,
        "timers": one.timers.value,
        "exact": all(each.most_failures is None for each in one.flows),
        "components": [_component(each) for each in one.components],
        "availability": [flow_json(each) for each in one.flows],
    }


def _component(each: Reliability) -> dict[str, Json]:
    return {
        "name": each.component,
        "what": each.what,
        "availability": Unrounded(each.availability),
        "failures_a_year": each.failures_a_year,
        "source": each.source,
        "failures_source": each.failures_source,
    }


def _dominating(each: Dominating) -> dict[str, Json]:
    return {"failed": list(each.failed), "minutes_a_year": Unrounded(each.minutes_a_year)}


def _contribution(each: Contribution) -> dict[str, Json]:
    return {
        "component": each.component,
        "what": each.what,
        "minutes_a_year": Unrounded(each.minutes_a_year),
        "failover_minutes_a_year": [Unrounded(one) for one in each.failover_minutes],
    }
