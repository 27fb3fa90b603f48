"""FL1: single points of failure. The failure of one component cuts a flow off, because the flow has no other path."""

from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.direction import DIRECTIONS
from lab.model.topology import Connection, VpnConnection
from lab.model.where import where
from lab.predict.audit.design import Design, flows_of, listed
from lab.predict.audit.hollow import beyond_own, kept_from_others, kept_without_lan
from lab.predict.audit.rule import Hit, Rule


def _circuits(design: Design) -> Iterator[Hit]:
    for circuit in design.topology.connections:
        cut = design.cut_by(circuit.name)
        if cut:
            also = f"{circuit.location}, AWS's device {circuit.device} there, {circuit.provider} and {circuit.edge}"
            yield Hit(
                where=where(circuit),
                subject=circuit.name,
                message=f"the {_kind(circuit)} {circuit.name} is the only path of {flows_of(cut)}{_one_device(circuit)}",
                revealed_by=f"{circuit.name} goes dark; so does the loss of {also}",
            )


def _kind(circuit: Connection) -> str:
    return "LAG" if circuit.lag else "circuit"


def _one_device(circuit: Connection) -> str:
    """A LAG is no redundancy against its device."""
    return ", and all its members end on one of AWS's devices" if circuit.lag else ""


def _vpns(design: Design) -> Iterator[Hit]:
    for vpn in design.topology.vpn_connections:
        cut = design.cut_by(vpn.name)
        if cut:
            yield Hit(
                where=where(vpn),
                subject=vpn.name,
                message=f"the VPN {vpn.name} is the only path of {flows_of(cut)}: {_ending(vpn)} on {vpn.customer_gateway}",
                revealed_by=f"{vpn.customer_gateway} restarts; so does the loss of {_before(design, vpn)}{vpn.provider}",
            )


def _before(design: Design, vpn: VpnConnection) -> str:
    nat = design.nat(vpn.customer_gateway)
    return f"{nat} and " if nat else ""


def _ending(vpn: VpnConnection) -> str:
    return "its tunnels both end" if vpn.working == 2 else "its tunnel ends"


def _interconnects(design: Design) -> Iterator[Hit]:
    for interconnect in design.topology.interconnects:
        kept = {flow.flow for _, flows in kept_from_others(design, interconnect) for flow in flows}
        cut = [each for each in design.cut_by(interconnect.name) if each.flow not in kept]
        if cut:
            yield Hit(
                where=where(interconnect),
                subject=interconnect.name,
                message=f"the interconnect {interconnect.name} is the only path of {flows_of(cut)}",
                revealed_by=f"{interconnect.name} is cut",
            )


def _hollow(design: Design) -> Iterator[Hit]:
    """A site that announces more than its own prefixes, and keeps a flow from another site when an interconnect fails."""
    for interconnect in design.topology.interconnects:
        for center, flows in kept_from_others(design, interconnect):
            goes_on = f"goes on announcing {listed(map(str, beyond_own(design, center)))}"
            yield Hit(
                where=where(center),
                subject=center.name,
                message=f"without {interconnect.name}, {center.name} {goes_on}, and packets of {flows_of(flows)} end there",
                revealed_by=f"{interconnect.name} is cut",
            )


def _without_lan(design: Design) -> Iterator[Hit]:
    """An edge that announces the site without its LAN, and so keeps flows that other edges would carry."""
    for center, edge, flows in kept_without_lan(design):
        yield Hit(
            where=design.where_edge(edge),
            subject=edge,
            message=f"{edge} goes on announcing {center.name} when it loses its LAN, and packets of {flows_of(flows)} end there",
            revealed_by=f"the link between {edge} and the site is cut, or {edge} boots before its LAN works",
        )


def _sites(design: Design) -> Iterator[Hit]:
    """A site whose failure cuts off flows between other places. Flows that begin or end at the failed site do not count."""
    ends = {flow.name: {flow.source, flow.target} for flow in design.topology.flows}
    for center in design.topology.data_centers:
        cut = [each for each in design.cut_by(center.name) if center.name not in ends[each.flow] and each.flow not in design.hanging]
        if cut:
            yield Hit(
                where=where(center),
                subject=center.name,
                message=f"the data centre {center.name} is the only path of {flows_of(cut)}",
                revealed_by=f"{center.name} loses its power",
            )


def _broken(design: Design) -> Iterator[Hit]:
    for flow in design.topology.flows:
        ways = {direction for direction in DIRECTIONS if not design.drawn[flow.name, direction].reachable}
        if ways:
            which = "" if len(ways) > 1 else f" from {flow.source}" if ways == {"forward"} else f" from {flow.target}"
            yield Hit(where=where(flow), subject=flow.name, message=f"{flow.name} does not get through{which}, though nothing has failed")


RULES = (
    Rule(
        look=_circuits,
        code=Code(
            code="FL101",
            severity=Severity.ERROR,
            title="A circuit is a single point of failure",
            symptom="The flow is cut off until the circuit, its location or its carrier is repaired.",
            revealed_by="the circuit goes dark",
            remedy="Add a second circuit at another location, or a VPN as backup. Both need another router.",
        ),
    ),
    Rule(
        look=_vpns,
        code=Code(
            code="FL102",
            severity=Severity.ERROR,
            title="A VPN connection is a single point of failure",
            symptom="The flow is cut off until the customer gateway works again. The second tunnel does not help: it ends there, too.",
            revealed_by="the customer gateway restarts",
            remedy="Add a VPN connection from another customer gateway, by another internet provider.",
            section_8=(1,),
        ),
    ),
    Rule(
        look=_interconnects,
        code=Code(
            code="FL103",
            severity=Severity.ERROR,
            title="An interconnect is a single point of failure",
            symptom="The flow is cut off until the interconnect is repaired.",
            revealed_by="the interconnect is cut",
            remedy="Add a second interconnect by another way, SiteLink on the circuits of both sites, or a connection to AWS at each site.",
            section_8=(12,),
        ),
    ),
    Rule(
        look=_sites,
        code=Code(
            code="FL104",
            severity=Severity.ERROR,
            title="A site is a single point of failure of another site",
            symptom="The loss of one data centre also takes the other one off AWS.",
            revealed_by="the data centre loses its power",
            remedy="Give the other data centre a connection to AWS of its own.",
            section_8=(12,),
        ),
    ),
    Rule(
        look=_broken,
        code=Code(
            code="FL105",
            severity=Severity.ERROR,
            title="A flow does not get through as drawn",
            symptom="Packets of the flow are lost from the first day, at least in one direction.",
            revealed_by="the first packet",
            remedy="predict --explain '' says where it ends. A prefix is missing, too short, or too long.",
            section_8=(14, 32),
        ),
    ),
    Rule(
        look=_hollow,
        code=Code(
            code="FL106",
            severity=Severity.ERROR,
            title="A site announces what it can lose",
            symptom="AWS goes on sending packets to the site, where they are lost, though another site could carry them.",
            revealed_by="the interconnect is cut",
            remedy="Announce a default route only while the site has one: default_route_from. Announce the prefixes behind it instead of a "
            "summary: a site announces those of another site only while it learns them. Or let an automation withdraw the announcement.",
            section_8=(33,),
        ),
    ),
    Rule(
        look=_without_lan,
        code=Code(
            code="FL107",
            severity=Severity.ERROR,
            title="An edge announces its site without its LAN",
            symptom="AWS goes on sending packets to the edge, where they are lost, though another edge could carry them.",
            revealed_by="the edge loses its LAN, or boots before its LAN works",
            remedy="Let the core router originate the prefixes (originated_by: core), or announce them only while the LAN works.",
        ),
    ),
)
