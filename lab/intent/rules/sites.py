"""Sites: nothing stands idle, and every flow has a way that AWS would route."""

from collections.abc import Iterator

from lab.intent.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import FlowIntent


def edges_connected(draft: Draft) -> Iterator[Finding]:
    """An edge is there for a connection."""
    used = {vpn.customer_gateway for vpn in draft.topology.vpn_connections}
    all_read = (
        len(draft.topology.vpn_connections) == len(draft.known.names("VPN connection")) and "VPN connection" not in draft.known.unsure
    )
    if not all_read or not used.issubset(draft.known.names("edge")):
        return  # an edge may only seem idle: the connection that means it is misspelt
    for center in draft.topology.data_centers:
        for index, edge in enumerate(center.edges):
            if edge not in used:
                message = f"edge {edge} has no connection: give it one or remove it"
                yield Finding(where=(*where(center), "edges", index), message=message)


def interconnects_join_two(draft: Draft) -> Iterator[Finding]:
    """An interconnect has two different ends."""
    for interconnect in draft.topology.interconnects:
        if interconnect.between[0] == interconnect.between[1]:
            message = f"both ends are {interconnect.between[0]!r}, expected two data centres (for instance [dc1, dc2])"
            yield Finding(where=(*where(interconnect), "between"), message=message)


def flows_make_sense(draft: Draft) -> Iterator[Finding]:
    """A flow has two different ends, at least one of them a data centre, and a VPC among them has a gateway."""
    vpcs = draft.known.names("VPC")
    attached = {name for gateway in draft.topology.gateways for name in gateway.vpcs}
    all_read = len(draft.topology.gateways) == len(draft.known.names("gateway")) and "gateway" not in draft.known.unsure
    for flow in draft.topology.flows:
        if flow.source == flow.target:
            yield Finding(where=where(flow), message=f"goes from {flow.source!r} to itself, expected two sites (choose another end)")
        elif flow.source in vpcs and flow.target in vpcs:
            message = "both ends are VPCs; a virtual private gateway does not route between VPCs (let one end be a data centre)"
            yield Finding(where=where(flow), message=message)
        elif all_read and attached.issubset(vpcs):
            yield from _unattached(flow, attached, vpcs)


def _unattached(flow: FlowIntent, attached: set[str], vpcs: tuple[str, ...]) -> Iterator[Finding]:
    for key, end in (("from", flow.source), ("to", flow.target)):
        if end in vpcs and end not in attached:
            message = f"VPC {end!r} has no gateway, so nothing outside reaches it (attach a virtual private gateway to it)"
            yield Finding(where=(*where(flow), key), message=message)


def flows_have_a_way(draft: Draft) -> Iterator[Finding]:
    """Interconnects and gateways lead from one end of a flow to the other."""
    for flow in draft.topology.flows:
        if flow.target not in _reached(draft, flow.source):
            message = f"nothing leads from {flow.source} to {flow.target} (add a VPN connection or an interconnect)"
            yield Finding(where=where(flow), message=message)


def _reached(draft: Draft, start: str) -> set[str]:
    groups = [{first.name, second.name} for first, second in draft.joined()]
    for gateway in draft.topology.gateways:
        groups.append({*gateway.vpcs, *(center.name for center in draft.connected(gateway.name))})
    reached = {start}
    while more := {name for group in groups if group & reached for name in group} - reached:
        reached |= more
    return reached
