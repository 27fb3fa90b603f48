"""Rules for flows. A flow has two different ends, AWS routes between them, and there is a path from one to the other."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.ways import ways
from lab.model.customer_side import USUAL
from lab.model.topology import DirectConnectGateway, FlowIntent, GatewayKind, Topology


def make_sense(draft: Draft) -> Iterator[Finding]:
    """Rule: a flow has two different ends. A VPC at an end has a gateway. Two VPCs share a transit gateway."""
    vpcs = draft.known.names("VPC")
    attached = {name for gateway in draft.topology.gateways for name in gateway.vpcs}
    all_read = len(draft.topology.gateways) == len(draft.known.names("gateway")) and "gateway" not in draft.known.unsure
    for flow in draft.topology.flows:
        if flow.source == flow.target:
            yield Finding(
                where=where(flow), message=f"both ends of the flow are {flow.source!r}; expected two different sites (change one end)"
            )
        elif not all_read or not attached.issubset(vpcs):
            continue  # a VPC may only seem to have no gateway, because its name is misspelt there
        elif flow.source in vpcs and flow.target in vpcs:
            yield from _between_vpcs(draft, flow)
        else:
            yield from _unattached(flow, attached, vpcs)


def _between_vpcs(draft: Draft, flow: FlowIntent) -> Iterator[Finding]:
    transit = [gateway for gateway in draft.topology.gateways if gateway.kind is GatewayKind.TGW]
    if any({flow.source, flow.target}.issubset(gateway.vpcs) for gateway in transit):
        return
    if draft.topology.peerings and all(any(end in gateway.vpcs for gateway in transit) for end in (flow.source, flow.target)):
        return  # whether static routes lead over peerings is checked later
    if any({flow.source, flow.target}.intersection(gateway.vpcs) for gateway in transit):
        message = "both ends are VPCs; AWS routes between them only by transit gateways (attach both VPCs to one, or peer theirs)"
    else:
        message = "both ends are VPCs; a virtual private gateway does not route between VPCs (use a data centre as one end)"
    yield Finding(where=where(flow), message=message)


def _unattached(flow: FlowIntent, attached: set[str], vpcs: tuple[str, ...]) -> Iterator[Finding]:
    for key, end in (("from", flow.source), ("to", flow.target)):
        if end in vpcs and end not in attached:
            message = f"VPC {end!r} has no gateway, so nothing outside can reach it (attach a virtual private gateway)"
            yield Finding(where=(*where(flow), key), message=message)


def have_a_way(draft: Draft) -> Iterator[Finding]:
    """Rule: interconnects, gateways and Direct Connect gateways lead from one end of a flow to the other."""
    found = ways(draft)
    for flow in draft.topology.flows:
        if frozenset({flow.source, flow.target}) not in found:
            message = f"there is no path from {flow.source} to {flow.target}{_missing(draft, flow)}"
            yield Finding(where=where(flow), message=message)


def _missing(draft: Draft, flow: FlowIntent) -> str:
    """Why a flow has no path: a setting that would give it one, or else that a connection is missing."""
    topology = draft.topology
    more: tuple[tuple[Topology, str], ...] = (
        (
            _announcing_hosts(topology),
            ": by the longest prefix that is announced, AWS sends packets elsewhere or nowhere (announce the site's prefix where it is)",
        ),
        (
            replace(topology, data_centers=tuple(replace(center, allowas_in=99) for center in topology.data_centers)),
            ": one site discards the other's routes, because these contain its own ASN (add allowas_in, or give each site its own ASN)",
        ),
        (
            replace(topology, virtual_interfaces=tuple(replace(vif, sitelink=True) for vif in topology.virtual_interfaces)),
            ": SiteLink is not on for both sites (write sitelink: true on a virtual interface of each site)",
        ),
        (
            replace(topology, direct_connect_gateways=tuple(_allowing_all(dxgw) for dxgw in topology.direct_connect_gateways)),
            ": the allowed_prefixes of a DX gateway leave out a prefix that the flow needs (add this prefix)",
        ),
        (
            replace(topology, vpn_connections=tuple(replace(vpn, static_routes=()) for vpn in topology.vpn_connections)),
            ": the static_routes of a VPN connection leave out a prefix that the flow needs (add this prefix, or remove static_routes)",
        ),
        (
            replace(topology, gateways=tuple(replace(gateway, static_routes=()) for gateway in topology.gateways)),
            ": a static route of a transit gateway drops the packets, or leads elsewhere (change static_routes of the gateway)",
        ),
        (
            replace(topology, gateways=tuple(replace(gateway, tables=()) for gateway in topology.gateways)),
            ": the route tables of a transit gateway keep them apart (remove the flow, or let each propagate into the table of the other)",
        ),
        (
            replace(
                topology,
                virtual_interfaces=tuple(replace(vif, customer=USUAL) for vif in topology.virtual_interfaces),
                vpn_connections=tuple(replace(vpn, customer=USUAL) for vpn in topology.vpn_connections),
            ),
            ": accept leaves out a prefix that the flow needs (add this prefix, or remove accept)",
        ),
    )
    ends = frozenset({flow.source, flow.target})
    reasons = (reason for changed, reason in more if ends in ways(replace(draft, topology=changed)))
    if topology.peerings:
        return next(reasons, ": static routes must lead over a peering both ways (add static_routes to both transit gateways)")
    return next(reasons, " (add a VPN connection or an interconnect)")


def _announcing_hosts(topology: Topology) -> Topology:
    """The same topology in which every site announces the prefix of its host, and nothing else."""
    return replace(
        topology,
        data_centers=tuple(replace(each, prefixes=each.prefixes[:1], announce=()) for each in topology.data_centers),
        virtual_interfaces=tuple(replace(each, customer=replace(each.customer, announce=())) for each in topology.virtual_interfaces),
        vpn_connections=tuple(replace(each, customer=replace(each.customer, announce=())) for each in topology.vpn_connections),
    )


def _allowing_all(dxgw: DirectConnectGateway) -> DirectConnectGateway:
    everything = (ip_network("0.0.0.0/0"), ip_network("::/0"))
    return replace(dxgw, associations=tuple(replace(each, allowed_prefixes=everything) for each in dxgw.associations))
