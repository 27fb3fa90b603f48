"""Reliability: how often each component is up, and how often it fails. If the topology states no figures, usual figures are taken."""

from collections.abc import Iterable, Mapping, Sequence

from lab.model.availability import HOURS_A_YEAR, USUAL, Reliability, Usual
from lab.model.prediction import Component
from lab.model.stated import Stated

STATED = "the topology"
_UNHEARD = Usual(availability=1.0, repair_hours=4, source="no figure is known for this kind")


def reliabilities(components: Sequence[Component], stated: Iterable[Stated]) -> tuple[Reliability, ...]:
    """The figures of each component: those that the topology states for the component, or else for its kind, or else usual ones.

    If only an availability is stated, the usual repair time is taken. The number of failures a year follows from these two.
    """
    said = {each.name: each for each in stated}
    nothing = Stated(name="")
    around: dict[tuple[str, str], list[Component]] = {}
    for each in components:
        for node in each.nodes:
            around.setdefault((each.what, node), []).append(each)
    return tuple(
        _reliability(each, said.get(each.name, nothing), said.get(each.what, nothing), _usual(each, around)) for each in components
    )


def _reliability(component: Component, own: Stated, kind: Stated, usual: Usual) -> Reliability:
    availability = next((each.availability for each in (own, kind) if each.availability is not None), None)
    failures = next((each.failures_a_year for each in (own, kind) if each.failures_a_year is not None), None)
    up = usual.availability if availability is None else availability
    source = usual.source if availability is None else STATED
    return Reliability(
        component=component.name,
        what=component.what,
        availability=up,
        failures_a_year=(1 - up) * HOURS_A_YEAR / usual.repair_hours if failures is None else failures,
        source=source,
        failures_source=source if failures is None else STATED,
    )


def _usual(component: Component, around: Mapping[tuple[str, str], Sequence[Component]]) -> Usual:
    """The usual figures for this kind of component. `around`: the components of a kind that contain a node.

    A component that is a part of another one of the same kind (one gateway's part of an AWS device) fails only together with the whole.
    """
    usual = USUAL.get(component.what, _UNHEARD)
    wider = around[component.what, component.nodes[0]] if component.nodes else ()
    whole = next((each for each in wider if set(component.nodes) < set(each.nodes)), None)
    if whole is None:
        return usual
    return Usual(availability=1.0, repair_hours=usual.repair_hours, source=f"counted in {whole.name}")
