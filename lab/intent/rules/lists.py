"""Rule: no list has an entry twice."""

from collections.abc import Iterator, Sequence

from lab.intent.document.finding import Finding, Where
from lab.intent.rules.draft import Draft, where
from lab.model.topology import GatewayKind


def nothing_twice(draft: Draft) -> Iterator[Finding]:
    """Rule: no list has a name or prefix twice. Reported at the second one."""
    for at, entries in _lists(draft):
        seen: set[object] = set()
        for index, entry in enumerate(entries):
            if entry in seen:
                yield Finding(where=(*at, index), message=f"{entry} is listed twice (remove one entry)")
            seen.add(entry)


def _lists(draft: Draft) -> Iterator[tuple[Where, Sequence[object]]]:
    for center in draft.topology.data_centers:
        yield (*where(center), "prefixes"), center.prefixes
        yield from (((*where(center), "nat", nat.name), nat.behind) for nat in center.nat)
    yield from draft.announce_lists
    for gateway in draft.topology.gateways:
        if gateway.kind is GatewayKind.TGW:
            yield (*where(gateway), "vpcs"), gateway.vpcs
    for dxgw in draft.topology.direct_connect_gateways:
        associations = {association.gateway: association for association in dxgw.associations}
        yield (*where(dxgw), "associations"), [association.gateway for association in dxgw.associations]
        for association in associations.values():
            yield (*where(dxgw), "allowed_prefixes", association.gateway), association.allowed_prefixes
    for connection in draft.topology.connections:
        yield (*where(connection), "shared_risk"), connection.shared_risk
    for vpn in draft.topology.vpn_connections:
        yield (*where(vpn), "shared_risk"), vpn.shared_risk
        yield (*where(vpn), "static_routes"), vpn.static_routes
    for each in draft.lines:
        yield (*where(each), "accept"), each.customer.accept
    yield from _static_routes(draft)


def _static_routes(draft: Draft) -> Iterator[tuple[Where, Sequence[object]]]:
    """The static routes of route tables, by what they lead to."""
    for vpc in draft.topology.vpcs:
        for name in dict.fromkeys(route.gateway for route in vpc.static_routes):
            yield (*where(vpc), "static_routes", name), [each.prefix for each in vpc.static_routes if each.gateway == name]
    for gateway in draft.topology.gateways:
        for name in dict.fromkeys(route.attachment for route in gateway.static_routes):
            yield (*where(gateway), "static_routes", name), [each.prefix for each in gateway.static_routes if each.attachment == name]
        for table in gateway.tables:
            at = (*where(gateway), "route_tables", table.name)
            yield (*at, "associations"), table.associations
            yield (*at, "propagations"), table.propagations
            for name in dict.fromkeys(route.attachment for route in table.static_routes):
                yield (*at, "static_routes", name), [each.prefix for each in table.static_routes if each.attachment == name]
