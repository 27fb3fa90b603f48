"""Rules: quotas of AWS (Direct Connect quotas, Site-to-Site VPN quotas)."""

from collections import Counter
from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.aws import DX_GATEWAY_PREFIX_POOL, LARGEST_PREFIX_POOL, PREFIX_ALLOCATIONS, PREFIX_POOLS
from lab.model.topology import Connection, DirectConnectGateway, GatewayKind, VifKind

VIFS_OF_A_CONNECTION = {VifKind.PRIVATE: 50, VifKind.TRANSIT: 4}
"""How many virtual interfaces of each kind a dedicated connection may have."""

ALL_VIFS_OF_A_CONNECTION = 51

VIFS_OF_A_DX_GATEWAY = 30

GATEWAYS_OF_A_DX_GATEWAY = {GatewayKind.VGW: 20, GatewayKind.TGW: 6}

DX_GATEWAYS_OF_A_TRANSIT_GATEWAY = 20

ALLOWED_PREFIXES = 200
"""How many prefixes may be allowed for one transit gateway on a Direct Connect gateway."""

STATIC_ROUTES = 100
"""How many static routes a VPN connection may have."""


def of_connections(draft: Draft) -> Iterator[Finding]:
    """Rule: the quotas of one connection, for its virtual interfaces."""
    counts = Counter((vif.connection, vif.kind) for vif in draft.topology.virtual_interfaces)
    for connection in draft.topology.connections:
        kinds = {kind: counts[connection.name, kind] for kind in VifKind}
        over = [kind for kind, most in VIFS_OF_A_CONNECTION.items() if kinds[kind] > most]
        for kind in over:
            message = f"this connection has {kinds[kind]} {kind.value} virtual interfaces; AWS allows {VIFS_OF_A_CONNECTION[kind]}"
            yield Finding(where=where(connection), message=f"{message} (use a second connection)")
        total = sum(kinds.values())
        if not over and total > ALL_VIFS_OF_A_CONNECTION:
            message = f"this connection has {total} virtual interfaces; AWS allows {ALL_VIFS_OF_A_CONNECTION} of all kinds together"
            yield Finding(where=where(connection), message=f"{message} (use a second connection)")


def of_dx_gateways(draft: Draft) -> Iterator[Finding]:
    """Rule: the quotas of one Direct Connect gateway, for its virtual interfaces, associations and allowed prefixes."""
    vifs = Counter(vif.gateway for vif in draft.topology.virtual_interfaces)
    for dxgw in draft.topology.direct_connect_gateways:
        if vifs[dxgw.name] > VIFS_OF_A_DX_GATEWAY:
            message = (
                f"this DX gateway has {vifs[dxgw.name]} virtual interfaces; AWS allows {VIFS_OF_A_DX_GATEWAY} (use a second DX gateway)"
            )
            yield Finding(where=where(dxgw), message=message)
        gateways = [gateway for association in dxgw.associations if (gateway := draft.gateway(association.gateway))]
        for kind, most in GATEWAYS_OF_A_DX_GATEWAY.items():
            count = sum(gateway.kind is kind for gateway in gateways)
            if count > most:
                message = f"there are {count} gateways of kind {kind.value}; AWS allows {most} on a DX gateway (use a second DX gateway)"
                yield Finding(where=(*where(dxgw), "associations"), message=message)
        transit = {gateway.name for gateway in gateways if gateway.kind is GatewayKind.TGW}
        for association in dxgw.associations:
            count = len(association.allowed_prefixes)
            if association.gateway in transit and count > ALLOWED_PREFIXES:
                message = f"there are {count} allowed prefixes; AWS allows {ALLOWED_PREFIXES} for a transit gateway (summarize them)"
                yield Finding(where=(*where(dxgw), "allowed_prefixes", association.gateway), message=message)


def of_prefix_pools(draft: Draft) -> Iterator[Finding]:
    """Rule: the prefixes that AWS allocates to virtual interfaces come from a pool of their connection, and of their DX gateway."""
    least, most = PREFIX_ALLOCATIONS
    chosen = [vif for vif in draft.topology.virtual_interfaces if vif.prefix_limit != least]
    for vif in chosen:
        if not least <= vif.prefix_limit <= most:
            words = f"AWS allocates {least} to {most} prefixes to a virtual interface, found {vif.prefix_limit}"
            yield Finding(where=(*where(vif), "prefix_limit"), message=f"{words} (write {least} to {most})")
    for owner, pool in _pools(draft):
        vifs = [vif for vif in draft.topology.virtual_interfaces if owner.name in {vif.connection, vif.gateway}]
        total = sum(vif.prefix_limit for vif in vifs)
        if total > pool and any(vif in chosen for vif in vifs):
            message = f"its virtual interfaces have {total} prefixes together; AWS allocates {pool} (lower their prefix_limit)"
            yield Finding(where=where(owner), message=message)


def _pools(draft: Draft) -> Iterator[tuple[Connection | DirectConnectGateway, int]]:
    for connection in draft.topology.connections:
        rate = connection.bandwidth
        sizes = (size for below, size in PREFIX_POOLS if rate and rate < below)
        yield connection, next(sizes, LARGEST_PREFIX_POOL)
    yield from ((dxgw, DX_GATEWAY_PREFIX_POOL) for dxgw in draft.topology.direct_connect_gateways)


def of_gateways(draft: Draft) -> Iterator[Finding]:
    """Rule: the quota of one transit gateway, for its Direct Connect gateways."""
    counts = Counter(
        association.gateway for dxgw in draft.topology.direct_connect_gateways for association in dict.fromkeys(dxgw.associations)
    )
    for gateway in draft.topology.gateways:
        count = counts[gateway.name]
        if gateway.kind is GatewayKind.TGW and count > DX_GATEWAYS_OF_A_TRANSIT_GATEWAY:
            message = f"this gateway is associated with {count} DX gateways; AWS allows {DX_GATEWAYS_OF_A_TRANSIT_GATEWAY} (use fewer)"
            yield Finding(where=where(gateway), message=message)


def of_vpn_connections(draft: Draft) -> Iterator[Finding]:
    """Rule: the quota of one VPN connection, for its static routes."""
    for vpn in draft.topology.vpn_connections:
        count = len(vpn.static_routes)
        if count > STATIC_ROUTES:
            message = f"there are {count} static routes; AWS allows {STATIC_ROUTES} on a VPN connection (summarize them)"
            yield Finding(where=(*where(vpn), "static_routes"), message=message)
