"""Hollow announcements: a site announces a default route or a summary, and goes on when it can no longer reach what is behind."""

from collections.abc import Iterable, Iterator

from lab.model.interconnect import Interconnect
from lab.model.ip import Prefix, lies_in
from lab.model.prediction import FlowPrediction
from lab.model.topology import DEFAULT_ROUTE, DataCenter
from lab.predict.audit.design import Design, Line, edge_of


def beyond_own(design: Design, center: DataCenter) -> tuple[Prefix, ...]:
    """What a site announces to AWS in its own name, whether or not it has it: everything that is no part of its own prefixes."""
    router = design.plan.node(f"{center.name}-core").router
    networks = (network.prefix for network in router.networks) if router else ()
    given = {DEFAULT_ROUTE} if any(each.default_route_from == center.name for each in design.topology.data_centers) else set()
    own = (*center.prefixes, *center.ipv6_prefixes)
    inside = given.difference(center.announce)
    return tuple(each for each in networks if each not in inside and not any(lies_in(each, prefix) for prefix in own))


def kept_from_others(design: Design, interconnect: Interconnect) -> Iterator[tuple[DataCenter, tuple[FlowPrediction, ...]]]:
    """The sites that keep flows when an interconnect fails. Without the connections of such a site, AWS would send them another way.

    A flow counts also if only a part of its packets is lost, because AWS shares it over several sites.
    """
    cut = [each for each in design.affected.get(interconnect.name, ()) if not each.reachable and each.flow not in design.broken]
    for center in design.topology.data_centers if cut else ():
        if center.name not in interconnect.between or not beyond_own(design, center):
            continue
        if flows := _kept(design, cut, interconnect.name, design.lines_of(center.name)):
            yield center, flows


def kept_without_lan(design: Design) -> Iterator[tuple[DataCenter, str, tuple[FlowPrediction, ...]]]:
    """The edges that keep flows when their link to the site fails. Without connections of such an edge, others would carry the flows."""
    for center in (each for each in design.topology.data_centers if each.edges_originate):
        for edge in center.edges:
            lan = f"{center.name}-core--{edge}"
            lines = [line for line in design.lines_of(center.name) if edge_of(line) == edge]
            if flows := _kept(design, design.cut_by(lan), lan, lines):
                yield center, edge, flows


def _kept(design: Design, cut: Iterable[FlowPrediction], failed: str, lines: Iterable[Line]) -> tuple[FlowPrediction, ...]:
    """Those of the flows cut off by a failure that would get through if these connections failed, too."""
    prediction = design.failing((failed, *(line.name for line in lines)))
    saved = {(each.flow, each.direction) for each in prediction.flows if each.reachable}
    return tuple(each for each in cut if (each.flow, each.direction) in saved)
