"""Hollow announcements: a site announces a default route or a summary, and goes on when it can no longer reach what is behind."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from lab.model.prediction import FlowPrediction
from lab.model.topology import DataCenter, Interconnect
from lab.predict.audit.design import Design


def beyond_own(design: Design, center: DataCenter) -> tuple[IPv4Network, ...]:
    """What a site announces to AWS in its own name, whether or not it has it: everything that is no part of its own prefixes."""
    router = design.plan.node(f"{center.name}-core").router
    networks = (network.prefix for network in router.networks) if router else ()
    return tuple(each for each in networks if not any(each.subnet_of(prefix) for prefix in center.prefixes))


def kept_from_others(design: Design, interconnect: Interconnect) -> Iterator[tuple[DataCenter, tuple[FlowPrediction, ...]]]:
    """The sites that keep flows when an interconnect fails. Without the connections of such a site, AWS would send them another way.

    A flow counts also if only a part of its packets is lost, because AWS shares it over several sites.
    """
    cut = [each for each in design.affected.get(interconnect.name, ()) if not each.reachable and each.flow not in design.broken]
    for center in design.topology.data_centers if cut else ():
        if center.name in interconnect.between and beyond_own(design, center):
            names = (interconnect.name, *(line.name for line in design.lines_of(center.name)))
            saved = {(each.flow, each.direction) for each in design.failing(names).flows if each.reachable}
            flows = tuple(each for each in cut if (each.flow, each.direction) in saved)
            if flows:
                yield center, flows
