"""Flows: two different ends that AWS routes between, and a way from one to the other."""

from collections.abc import Iterator

from lab.intent.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import FlowIntent, GatewayKind


def make_sense(draft: Draft) -> Iterator[Finding]:
    """A flow has two different ends, a VPC among them has a gateway, and two VPCs share a transit gateway."""
    vpcs = draft.known.names("VPC")
    attached = {name for gateway in draft.topology.gateways for name in gateway.vpcs}
    all_read = len(draft.topology.gateways) == len(draft.known.names("gateway")) and "gateway" not in draft.known.unsure
    for flow in draft.topology.flows:
        if flow.source == flow.target:
            yield Finding(where=where(flow), message=f"goes from {flow.source!r} to itself, expected two sites (choose another end)")
        elif not all_read or not attached.issubset(vpcs):
            continue  # an end may only seem unattached: the gateway that means it is misspelt
        elif flow.source in vpcs and flow.target in vpcs:
            yield from _between_vpcs(draft, flow)
        else:
            yield from _unattached(flow, attached, vpcs)


def _between_vpcs(draft: Draft, flow: FlowIntent) -> Iterator[Finding]:
    transit = [gateway for gateway in draft.topology.gateways if gateway.kind is GatewayKind.TGW]
    if any({flow.source, flow.target}.issubset(gateway.vpcs) for gateway in transit):
        return
    if any({flow.source, flow.target}.intersection(gateway.vpcs) for gateway in transit):
        message = "both ends are VPCs, which AWS routes between only on a transit gateway that has both (attach both to one)"
    else:
        message = "both ends are VPCs; a virtual private gateway does not route between VPCs (let one end be a data centre)"
    yield Finding(where=where(flow), message=message)


def _unattached(flow: FlowIntent, attached: set[str], vpcs: tuple[str, ...]) -> Iterator[Finding]:
    for key, end in (("from", flow.source), ("to", flow.target)):
        if end in vpcs and end not in attached:
            message = f"VPC {end!r} has no gateway, so nothing outside reaches it (attach a virtual private gateway to it)"
            yield Finding(where=(*where(flow), key), message=message)


def have_a_way(draft: Draft) -> Iterator[Finding]:
    """Interconnects, gateways and Direct Connect gateways lead from one end of a flow to the other."""
    for flow in draft.topology.flows:
        if flow.target not in _reached(draft, flow.source):
            message = f"nothing leads from {flow.source} to {flow.target} (add a VPN connection or an interconnect)"
            yield Finding(where=where(flow), message=message)


def _reached(draft: Draft, start: str) -> set[str]:
    groups = [{first.name, second.name} for first, second in draft.joined()]
    for gateway in draft.topology.gateways:
        groups.append({*gateway.vpcs, *(center.name for center in draft.connected(gateway.name)), *_over_circuits(draft, gateway.name)})
    for dxgw in draft.topology.direct_connect_gateways:
        associated = [association.gateway for association in dxgw.associations]
        vpcs = {vpc for gateway in draft.topology.gateways if gateway.name in associated for vpc in gateway.vpcs}
        groups.append({*vpcs, *_over_circuits(draft, dxgw.name)})
    reached = {start}
    while more := {name for group in groups if group & reached for name in group} - reached:
        reached |= more
    return reached


def _over_circuits(draft: Draft, gateway: str) -> set[str]:
    return {center.name for center, _ in draft.circuits(gateway)}
