"""Rules for transit gateways with several route tables: what is attached, associated once, and supported by the lab."""

from collections.abc import Iterable, Iterator

from lab.intent.document.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.prefixes import reserved
from lab.model.by_tables import table_node
from lab.model.ip import Prefix
from lab.model.route_tables import BLACKHOLE, TransitTable
from lab.model.topology import Gateway
from lab.spelling import way_out


def of_attachments(draft: Draft) -> Iterator[Finding]:
    """Rule: tables have attachments of their own gateway, and static routes to its VPCs (T23)."""
    if draft.known.unsure.intersection(("VPC", "VPN connection")):
        return
    for gateway, table, at in _tables(draft):
        ours = _attachments(draft, gateway)
        for key, names in (("associations", table.associations), ("propagations", table.propagations)):
            for index, name in enumerate(names):
                if name not in ours:
                    message = f"{gateway.name} has no attached VPC or VPN connection named {name[:60]!r} {way_out(name, ours)}"
                    yield Finding(where=(*at, key, index), message=message)
        yield from _static_routes(draft, gateway, table, at)


def _static_routes(draft: Draft, gateway: Gateway, table: TransitTable, at: Where) -> Iterator[Finding]:
    first: dict[Prefix, Where] = {}
    for name in dict.fromkeys(route.attachment for route in table.static_routes):
        place = (*at, "static_routes", name)
        if any(vpn.name == name and vpn.gateway == gateway.name for vpn in draft.topology.vpn_connections):
            message = (
                f"{name} is a VPN connection; one of several tables has static routes only to VPCs in the lab (write it in propagations)"
            )
            yield Finding(where=place, message=message)
        elif name not in (*gateway.vpcs, BLACKHOLE):
            message = f"{gateway.name} has no attached VPC named {name[:60]!r} {way_out(name, (*gateway.vpcs, BLACKHOLE))}"
            yield Finding(where=place, message=message)
        for index, prefix in enumerate(route.prefix for route in table.static_routes if route.attachment == name):
            reason = reserved(prefix) if prefix.prefixlen else None
            if reason:
                yield Finding(where=(*place, index), message=f"{reason} (write prefixes of sites and VPCs)")
            if first.setdefault(prefix, place) != place:
                message = f"{dotted(first[prefix])} has a static route to {prefix} already (AWS takes only one for a prefix: remove one)"
                yield Finding(where=(*place, index), message=message)


def associated_once(draft: Draft) -> Iterator[Finding]:
    """Rule: each attachment is associated with exactly one table, if its gateway has several (T23)."""
    first: dict[tuple[str, str], str] = {}
    for gateway, table, at in _tables(draft):
        for index, name in enumerate(table.associations):
            other = first.setdefault((gateway.name, name), table.name)
            if other != table.name:
                message = f"{name} is associated with {other} already; AWS associates an attachment with one table (remove one)"
                yield Finding(where=(*at, "associations", index), message=message)
    for gateway in draft.topology.gateways:
        for name in _attachments(draft, gateway) if gateway.tables else ():
            if (gateway.name, name) not in first:
                message = f"no table has {name} in its associations, so AWS drops what {name} sends (add it to one table)"
                yield Finding(where=(*where(gateway), "route_tables"), message=message)


def supported(draft: Draft) -> Iterator[Finding]:
    """Rule: what the lab cannot yet do together with several route tables is not there."""
    for gateway in (each for each in draft.topology.gateways if each.tables):
        if gateway.static_routes:
            message = "with route_tables, each table has static routes of its own (write them there)"
            yield Finding(where=(*where(gateway), "static_routes"), message=message)
        for at, what in (*_beside(draft, gateway), *_of_vpcs(draft, gateway)):
            yield Finding(where=at, message=f"{gateway.name} has several route tables; beside these the lab does not support {what}")


def _beside(draft: Draft, gateway: Gateway) -> Iterator[tuple[Where, str]]:
    topology = draft.topology
    for dxgw in topology.direct_connect_gateways:
        if any(association.gateway == gateway.name for association in dxgw.associations):
            yield (*where(dxgw), "associations"), "Direct Connect (associate another transit gateway)"
    for peering in topology.peerings:
        if gateway.name in peering.between:
            yield (*where(peering), "between"), "peerings (peer another transit gateway)"
    for vpn in topology.vpn_connections:
        if vpn.gateway == gateway.name and vpn.static_routes:
            yield (*where(vpn), "static_routes"), "a VPN without BGP (remove static_routes)"


def _of_vpcs(draft: Draft, gateway: Gateway) -> Iterator[tuple[Where, str]]:
    for vpc in (each for each in draft.topology.vpcs if each.name in gateway.vpcs):
        if vpc.ipv6_cidr:
            yield (*where(vpc), "ipv6_cidr"), "IPv6 (remove ipv6_cidr)"
        if vpc.static_routes:
            yield (*where(vpc), "static_routes"), "static routes of a VPC (remove static_routes)"
        if sum(vpc.name in each.vpcs for each in draft.topology.gateways) > 1:
            yield where(vpc), f"a VPC with further gateways (attach {vpc.name} only to {gateway.name})"


def added_nodes(gateways: Iterable[Gateway]) -> dict[str, str]:
    """The nodes that the lab adds for several tables, each with a description."""
    found: dict[str, str] = {}
    for gateway in (each for each in gateways if each.tables):
        found |= {table_node(gateway.name, table.name): f"the route table {table.name} of {gateway.name}" for table in gateway.tables}
        found |= {f"{name}-router": f"the router of {name}" for name in gateway.vpcs}
        found[BLACKHOLE] = "static routes that drop packets"
    return found


def _tables(draft: Draft) -> Iterator[tuple[Gateway, TransitTable, Where]]:
    for gateway in draft.topology.gateways:
        for table in gateway.tables:
            yield gateway, table, (*where(gateway), "route_tables", table.name)


def _attachments(draft: Draft, gateway: Gateway) -> tuple[str, ...]:
    return (*gateway.vpcs, *(vpn.name for vpn in draft.topology.vpn_connections if vpn.gateway == gateway.name))
