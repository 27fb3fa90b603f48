"""FL4, the first half: flows whose two directions take different paths, and flows that use several equal paths.

Two paths are different if they pass different routers of the customer, because a firewall beside these routers may keep state. `preference`
has the other half of FL4.
"""

from collections.abc import Iterable, Iterator

from lab.model.audit import Code, Severity
from lab.model.direction import DIRECTIONS, Direction
from lab.model.plan import Role
from lab.model.prediction import FlowPrediction, SetPrediction
from lab.model.topology import FlowIntent
from lab.model.where import where
from lab.predict.audit.design import Design, listed
from lab.predict.audit.rule import Hit, Rule

_KINDS = {Role.EDGE, Role.CUSTOMER_GATEWAY}

_Edges = frozenset[tuple[str, ...]]
"""For each of several equal paths, the customer's routers on it."""


_Both = tuple[_Edges, _Edges]
"""The routers on the forward path and on the reverse path of a flow."""

_NOWHERE: _Both = (frozenset(), frozenset())


def _edges(design: Design, prediction: SetPrediction) -> dict[str, _Both]:
    """For each flow, the edge routers on its forward paths and on its reverse paths.

    Both are empty if one direction does not get through.
    """
    found: dict[str, dict[Direction, FlowPrediction]] = {}
    for each in prediction.flows:
        found.setdefault(each.flow, {})[each.direction] = each
    return {flow: _both(design, each["forward"], each["reverse"]) for flow, each in found.items()}


def _both(design: Design, forward: FlowPrediction, reverse: FlowPrediction) -> _Both:
    return (_of(design, forward), _of(design, reverse)) if forward.reachable and reverse.reachable else _NOWHERE


def _of(design: Design, flow: FlowPrediction) -> _Edges:
    return frozenset(tuple(sorted(node for node in path if design.roles[node] in _KINDS)) for path in flow.paths)


def _as_drawn(design: Design) -> Iterator[tuple[FlowIntent, _Edges, _Edges]]:
    """Each flow, with the edge routers on its forward paths and on its reverse paths, when nothing has failed."""
    edges = _edges(design, design.healthy)
    yield from ((flow, *edges[flow.name]) for flow in design.topology.flows)


def _asymmetric(design: Design) -> Iterator[Hit]:
    for flow, out, back in _as_drawn(design):
        if out != back and len(out) == len(back) == 1:
            yield Hit(
                where=where(flow),
                subject=flow.name,
                message=f"{flow.name} goes out by {_by(out)} and comes back by {_by(back)}",
            )


def _one_sided(design: Design) -> Iterator[Hit]:
    for flow, out, back in _as_drawn(design):
        if out != back and max(len(out), len(back)) > 1:
            yield Hit(
                where=where(flow),
                subject=flow.name,
                message=f"{flow.name} goes out by {_by(out)} and comes back by {_by(back)}: the ends do not share traffic alike",
            )


def _both_ends_share(design: Design) -> Iterator[Hit]:
    for flow, out, back in _as_drawn(design):
        if out == back and len(out) > 1:
            yield Hit(
                where=where(flow),
                subject=flow.name,
                message=f"both ends share {flow.name} over {_by(out, 'and')}, each by its own hash",
            )


def _asymmetric_later(design: Design) -> Iterator[Hit]:
    """A flow that is symmetric when nothing has failed, and asymmetric after the failure of one connection, router or interconnect."""
    units = [*(each.name for each in design.lines), *(each.name for each in design.topology.interconnects)]
    units += [edge for center in design.topology.data_centers for edge in center.edges]
    turned: dict[str, list[tuple[str, _Both]]] = {}
    symmetric = {flow for flow, (out, back) in _edges(design, design.healthy).items() if out == back}
    for unit in units:
        for name, both in _changed(design, unit):
            if name in symmetric and both[0] != both[1]:
                turned.setdefault(name, []).append((unit, both))
    for flow in design.topology.flows:
        if flow.name in turned:
            (unit, (out, back)), *more = turned[flow.name]
            also = f" (also when {listed(each for each, _ in more)} fails)" if more else ""
            yield Hit(
                where=where(flow),
                subject=flow.name,
                message=f"when {unit} fails, {flow.name} goes out by {_by(out)} and comes back by {_by(back)}{also}",
                revealed_by=f"{unit} fails, with a firewall that keeps state",
            )


def _changed(design: Design, unit: str) -> Iterator[tuple[str, _Both]]:
    """The flows whose paths change when a component fails. Each with its edge routers after the failure."""
    affected, drawn = design.affected.get(unit, ()), design.drawn
    now = {(each.flow, each.direction): each for each in affected}
    for name in dict.fromkeys(each.flow for each in affected if each.paths != drawn[each.flow, each.direction].paths):
        ways = [now.get((name, direction), drawn[name, direction]) for direction in DIRECTIONS]
        yield name, _both(design, ways[0], ways[1])


def _by(edges: Iterable[tuple[str, ...]], word: str = "or") -> str:
    """The edge routers of some paths in words:

    `dc1-r1`, `dc1-r1 or dc1-r2`. A path through another site passes several routers, or none.
    """
    names = sorted(" + ".join(each) or "no edge" for each in edges)
    return f" {word} ".join(names)


def _across_regions(design: Design) -> Iterator[Hit]:
    """A flow whose traffic AWS shares over circuits at locations of different Regions."""
    regions = {location.name: location.region for location in design.topology.locations}
    circuits = {circuit.name: circuit for circuit in design.topology.connections}
    told: set[frozenset[str]] = set()
    for each in design.healthy.flows:
        used = frozenset(circuits.keys() & {node for path in each.paths for node in path})
        if len(each.paths) > 1 and len({regions[circuits[name].location] for name in used}) > 1 and used not in told:
            told.add(used)
            last = max(used)
            yield Hit(
                where=where(circuits[last]),
                subject=last,
                message=f"{each.flow} is shared over {listed(sorted(used))}, whose locations belong to different Regions",
            )


RULES = (
    Rule(
        look=_asymmetric,
        code=Code(
            code="FL401",
            severity=Severity.WARNING,
            title="A flow comes back by another path",
            symptom="A firewall that keeps state drops the flow. Ping passes, TCP hangs.",
            revealed_by="the first connection through a firewall",
            remedy="Prefer the same connection in both directions, or let the firewalls of both paths share their state.",
            section_8=(23, 24),
        ),
    ),
    Rule(
        look=_one_sided,
        code=Code(
            code="FL402",
            severity=Severity.WARNING,
            title="Only one end shares traffic over equal paths",
            symptom="Half of the connections come back by another path. A firewall that keeps state drops them.",
            revealed_by="the first connections through firewalls",
            remedy="Share at both ends or at neither, or give one circuit a preference.",
            section_8=(23, 31),
        ),
    ),
    Rule(
        look=_both_ends_share,
        code=Code(
            code="FL403",
            severity=Severity.NOTE,
            title="Both ends share traffic over equal paths",
            symptom="The two directions of a connection may take different paths. A firewall that keeps state drops it then.",
            revealed_by="the first connections through firewalls",
            remedy="If a firewall stands on these paths, prefer one of them at both ends. Otherwise accept this.",
            section_8=(23, 31),
        ),
    ),
    Rule(
        look=_asymmetric_later,
        code=Code(
            code="FL404",
            severity=Severity.NOTE,
            title="After a failure a flow comes back by another path",
            symptom="The flow fails over, but a firewall that keeps state drops it. Ping passes, TCP hangs.",
            revealed_by="the failure, with a firewall that keeps state",
            remedy="Let the second choice be the same in both directions, or let the firewalls share their state.",
            section_8=(23,),
        ),
    ),
    Rule(
        look=_across_regions,
        code=Code(
            code="FL405",
            severity=Severity.WARNING,
            title="AWS shares traffic over circuits of different Regions",
            symptom="Delays differ from connection to connection: some go by a location of another Region.",
            revealed_by="a look at the delays of several connections",
            remedy="Write local_preference: high on the circuits that should carry the flow, and low on the others.",
            section_8=(27,),
        ),
    ),
)
