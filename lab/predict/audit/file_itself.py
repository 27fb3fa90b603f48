"""FL0: findings about the file itself. A part of the file has no effect, or no flow says what must survive failures."""

from collections import Counter
from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.where import where
from lab.predict.audit.design import Design
from lab.predict.audit.rule import Hit, Rule


def _nothing(_: Design) -> Iterator[Hit]:
    """Find nothing. The finding of this rule is made by `acceptance.placed`, because a design does not contain the comments of its file."""
    return iter(())


def _unused(design: Design) -> Iterator[Hit]:
    topology = design.topology
    ends = {circuit.location for circuit in topology.connections}
    for location in topology.locations:
        if location.name not in ends:
            yield Hit(where=where(location), subject=location.name, message=f"no circuit ends at the location {location.name}")
    with_vifs = {vif.gateway for vif in topology.virtual_interfaces}
    for dxgw in topology.direct_connect_gateways:
        if dxgw.name not in with_vifs:
            yield Hit(where=where(dxgw), subject=dxgw.name, message=f"no virtual interface leads to the DX gateway {dxgw.name}")
    behind = {each.gateway for dxgw in topology.direct_connect_gateways for each in dxgw.associations if dxgw.name in with_vifs}
    reached = behind | with_vifs | {vpn.gateway for vpn in topology.vpn_connections}
    reached |= {end for peering in topology.peerings for end in peering.between}
    for gateway in topology.gateways:
        if gateway.name not in reached and len(gateway.vpcs) < 2:
            yield Hit(where=where(gateway), subject=gateway.name, message=f"no connection leads to the gateway {gateway.name}")
    yield from _lonely_sitelink(design)


def _lonely_sitelink(design: Design) -> Iterator[Hit]:
    """A gateway with SiteLink on only one of its virtual interfaces. SiteLink then connects nothing."""
    for vif in design.topology.virtual_interfaces:
        others = (each for each in design.topology.virtual_interfaces if each is not vif and each.gateway == vif.gateway)
        if vif.sitelink and not any(each.sitelink for each in others):
            message = f"{vif.name} has SiteLink, but no other virtual interface of {vif.gateway} has it"
            yield Hit(where=(*where(vif), "sitelink"), subject=vif.name, message=message)


def _risk_of_one(design: Design) -> Iterator[Hit]:
    """A shared risk that only one connection has, so it is not shared."""
    counts = Counter(risk for line in design.lines for risk in line.shared_risk)
    for line in design.lines:
        for risk in line.shared_risk:
            if counts[risk] == 1:
                yield Hit(
                    where=(*where(line), "shared_risk"),
                    subject=risk,
                    message=f"only {line.name} has the shared risk {risk}",
                )


def _no_flow(design: Design) -> Iterator[Hit]:
    asked = {end for flow in design.topology.flows for end in (flow.source, flow.target)}
    passed = {node for flow in design.healthy.flows for path in flow.paths for node in path}
    for center in design.topology.data_centers:
        if center.name not in asked and f"{center.name}-core" not in passed:
            yield Hit(where=where(center), subject=center.name, message=f"no flow begins or ends in the data centre {center.name}")
    for vpc in design.topology.vpcs:
        if vpc.name not in asked:
            yield Hit(where=where(vpc), subject=vpc.name, message=f"no flow begins or ends in the VPC {vpc.name}")


ACCEPTS_NOTHING = Rule(
    look=_nothing,
    code=Code(
        code="FL001",
        severity=Severity.NOTE,
        title="A comment accepts nothing",
        symptom="A later finding of that code would be accepted without anybody having looked at it.",
        revealed_by="this audit",
        remedy="Remove the comment, or put it on the line of the finding or on the line above.",
    ),
)

RULES = (
    ACCEPTS_NOTHING,
    Rule(
        look=_unused,
        code=Code(
            code="FL002",
            severity=Severity.NOTE,
            title="Nothing uses a part of the design",
            symptom="The drawing shows more than traffic can use. Readers count it as redundancy.",
            revealed_by="this audit",
            remedy="Remove the part, or connect it. A misspelt name is refused already, so something is missing here.",
        ),
    ),
    Rule(
        look=_risk_of_one,
        code=Code(
            code="FL003",
            severity=Severity.NOTE,
            title="A shared risk is shared with nothing",
            symptom="If the name is misspelt, the audit and the checks believe that the connections are diverse.",
            revealed_by="the shared risk comes true",
            remedy="Write the same name at every connection that shares the risk, or remove it.",
            section_8=(11,),
        ),
    ),
    Rule(
        look=_no_flow,
        code=Code(
            code="FL004",
            severity=Severity.NOTE,
            title="A site has no flow",
            symptom="No prediction, no check and no finding is about the site.",
            revealed_by="this audit",
            remedy="Add a flow that begins or ends there.",
        ),
    ),
)
