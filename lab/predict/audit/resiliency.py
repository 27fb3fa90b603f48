"""Resiliency: the level that AWS gives to the Direct Connect connections of a design, with AWS's SLA for that level (aws-behaviour 3.5)."""

from collections.abc import Iterable

from lab.model.audit import Resiliency
from lab.model.topology import Connection, FlowIntent
from lab.predict.audit.design import Design

_LEVELS = (
    ("none", None, "two connections on different devices, for development and test"),
    ("development and test", None, "a second location"),
    ("high", "99.9 %", "two connections on different devices in each of two locations"),
    ("maximum", "99.99 %", ""),
)
"""Each level: its name, its SLA, and what reaches the next one. A single connection has an SLA of 95 % and no level."""


def resiliency(design: Design) -> Resiliency:
    """The lowest level that a flow between a data centre and a VPC has.

    A site may use the circuits of sites that interconnects join with it.
    """
    reached = [(_rank(_circuits(design, flow)), flow.name) for flow in design.topology.flows if _to_vpc(design, flow)]
    rank, name = min(reached, default=(0, ""), key=lambda each: each[0])
    level, sla, missing = _LEVELS[rank]
    alike = len({each for each, _ in reached}) < 2
    return Resiliency(level=level, sla=sla, limited_by="" if alike else name, missing=(missing,) if missing and reached else ())


def _rank(circuits: Iterable[Connection]) -> int:
    """The number of the level. It depends on how many locations the circuits use, and how many devices at each location."""
    devices: dict[str, set[int]] = {}
    for circuit in circuits:
        devices.setdefault(circuit.location, set()).add(circuit.device)
    doubled = sum(len(each) > 1 for each in devices.values())
    if doubled > 1:
        return 3
    return 2 if len(devices) > 1 else min(doubled, 1)


def _circuits(design: Design, flow: FlowIntent) -> list[Connection]:
    """The circuits from the flow's data centre, or from one that is joined with it, to a gateway of the flow's VPC."""
    sites, vpc = _joined(design, _to_vpc(design, flow)), flow.target if flow.target in _vpcs(design) else flow.source
    edges = {edge for center in design.topology.data_centers if center.name in sites for edge in center.edges}
    behind = {gateway.name for gateway in design.topology.gateways if vpc in gateway.vpcs}
    behind |= {each.name for each in design.topology.direct_connect_gateways if behind & {one.gateway for one in each.associations}}
    used = {vif.connection for vif in design.topology.virtual_interfaces if vif.gateway in behind}
    return [each for each in design.topology.connections if each.edge in edges and each.name in used]


def _to_vpc(design: Design, flow: FlowIntent) -> str:
    """The name of the flow's data centre. "" if the flow is not between a data centre and a VPC."""
    ends = (flow.source, flow.target)
    centers = [end for end in ends if end in {center.name for center in design.topology.data_centers}]
    return centers[0] if len(centers) == 1 and any(end in _vpcs(design) for end in ends) else ""


def _vpcs(design: Design) -> set[str]:
    return {vpc.name for vpc in design.topology.vpcs}


def _joined(design: Design, site: str) -> set[str]:
    """The names of this site and of all sites that interconnects join with it, directly or through other sites."""
    found = {site}
    for _ in design.topology.interconnects:
        found |= {name for each in design.topology.interconnects if found & set(each.between) for name in each.between}
    return found
