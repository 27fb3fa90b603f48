"""Rules: where the ASNs of a site and a gateway must differ. AWS requires it, or BGP's loop check would discard routes.

Two sites may have equal ASNs. Over an interconnect they speak iBGP then. Through AWS each discards the other's routes, so a flow between
them that has no interconnect needs `allowas_in`.
"""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import DataCenter, DirectConnectGateway, Gateway, GatewayKind

_VPN_REASON = {
    GatewayKind.VGW: "AWS requires different ASNs on a virtual private gateway and a customer gateway",
    GatewayKind.TGW: "equal ASNs make an iBGP session, which the lab does not emulate between AWS and a customer",
}


def across_connections(draft: Draft) -> Iterator[Finding]:
    """Rule: the two ends of a BGP session with AWS have different ASNs.

    This includes sites behind an interconnect of the customer's site, because they learn AWS's routes from it.
    """
    yield from _of_edges(draft)
    sessions = _sessions(draft)
    for center in draft.topology.data_centers:
        for owner, why in sessions[center].items():
            if owner.asn == center.asn:
                yield _at(center, f"ASN {center.asn} is also the ASN of {_called(owner)}; {why} (change one ASN)")
    for pair in draft.joined:
        for center, other in (pair, pair[::-1]):
            for owner in sessions[other]:
                if owner.asn == center.asn and owner not in sessions[center]:
                    why = f"{center.name} would discard its routes through {other.name}, because these contain the ASN of {center.name}"
                    yield _at(center, f"ASN {center.asn} is also the ASN of {_called(owner)}; {why} (change one ASN)")


def _of_edges(draft: Draft) -> Iterator[Finding]:
    """Edges with an ASN of their own that is also the ASN of a gateway at the other end of one of their sessions."""
    owners: tuple[Gateway | DirectConnectGateway, ...] = (*draft.topology.gateways, *draft.topology.direct_connect_gateways)
    by_name = {owner.name: owner for owner in owners}
    for edge, line in draft.lines_of_edges:
        center, owner = draft.center_of(edge), by_name.get(line.gateway)
        if center and owner and edge in dict(center.own_asns) and center.asn_of(edge) == owner.asn:
            why = "AWS requires different ASNs at the two ends of a session"
            message = f"ASN {owner.asn} is also the ASN of {_called(owner)}; {why} (change one ASN)"
            yield Finding(where=(*where(center), "routers", edge, "asn"), message=message)


def _sessions(draft: Draft) -> dict[DataCenter, dict[Gateway | DirectConnectGateway, str]]:
    """For every data centre: the gateways that it has BGP sessions with, and why the two ASNs must differ."""
    sessions: dict[DataCenter, dict[Gateway | DirectConnectGateway, str]] = {center: {} for center in draft.topology.data_centers}
    for gateway in draft.topology.gateways:
        for center in draft.connected(gateway.name):
            sessions[center][gateway] = _VPN_REASON[gateway.kind]
    owners: tuple[Gateway | DirectConnectGateway, ...] = (*draft.topology.gateways, *draft.topology.direct_connect_gateways)
    for owner in owners:
        for center, _ in draft.circuits(owner.name):
            sessions[center].setdefault(owner, "AWS requires different ASNs at the two ends of a virtual interface")
    return sessions


def _called(owner: Gateway | DirectConnectGateway) -> str:
    return f"{'gateway' if isinstance(owner, Gateway) else 'DX gateway'} {owner.name}"


def across_associations(draft: Draft) -> Iterator[Finding]:
    """Rule: a Direct Connect gateway and its transit gateways all have different ASNs."""
    for dxgw in draft.topology.direct_connect_gateways:
        taken: dict[int, str] = {dxgw.asn: dxgw.name}
        for index, association in enumerate(dxgw.associations):
            gateway = draft.gateway(association.gateway)
            if gateway is None or gateway.kind is not GatewayKind.TGW:
                continue
            other = taken.setdefault(gateway.asn, gateway.name)
            if other != gateway.name:
                message = (
                    f"{gateway.name} has ASN {gateway.asn}, and so has {other}; AWS requires different ASNs on a DX gateway and its "
                    "transit gateways (change one ASN)"
                )
                yield Finding(where=(*where(dxgw), "associations", index), message=message)


def _at(center: DataCenter, message: str) -> Finding:
    return Finding(where=(*where(center), "asn"), message=message)
