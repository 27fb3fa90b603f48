"""Choose what a topology can say of route tables: peerings and static routes of transit gateways, tables of VPCs with several gateways."""

from collections.abc import Sequence
from dataclasses import replace

from lab.importers.account import Account, RouteTable, TransitRoute, Vpc, VpnConnection
from lab.importers.build.chosen import Gateway, Peering, VpcTable
from lab.importers.build.remark import Remark, left_out
from lab.model.route_tables import BLACKHOLE


def choose_peerings(account: Account, gateways: Sequence[Gateway], remarks: list[Remark]) -> tuple[Peering, ...]:
    """The peerings whose two transit gateways come in. Both ends of a peering have one id."""
    here = {each.id for each in gateways if each.kind == "tgw"}
    found: dict[str, Peering] = {}
    for each in account.attachments:
        if each.kind != "peering":
            continue
        ends = (each.transit_gateway, each.resource)
        if here.issuperset(ends) and len(set(ends)) == 2:
            found.setdefault(each.id, Peering(id=each.id, name=each.name, between=ends))
        else:
            other = next((end for end in ends if end not in here), each.resource)
            why = f"its other transit gateway {other} is in no file, or was not imported (add the files of its Region)"
            remarks.append(left_out(each.id, "peering attachment", why))
    return tuple(found.values())


def kept_with_peerings(used: set[str], peerings: Sequence[Peering]) -> set[str]:
    """The ids of the used gateways, and of those that peerings join with them."""
    found = set(used)
    for _ in peerings:
        found.update(end for each in peerings if found.intersection(each.between) for end in each.between)
    return found


def with_static_routes(
    account: Account, gateways: Sequence[Gateway], peerings: Sequence[Peering], vpns: Sequence[VpnConnection], remarks: list[Remark]
) -> tuple[Gateway, ...]:
    """The gateways, with the static routes of their route tables. Those into VPNs without BGP are at the VPN connection."""
    tables = _Tables(account, gateways, peerings, vpns)
    found: dict[str, list[tuple[str, TransitRoute]]] = {each.id: [] for each in gateways}
    for route in account.transit_routes:
        if any(vpn.id == route.resource and vpn.is_static for vpn in account.vpn_connections):
            continue
        gateway = tables.gateway(route)
        end = tables.end(route, gateway)
        why = tables.why_not(route, gateway, end)
        if why:
            what = f"static route {route.prefix} to {route.resource}" if route.resource else f"blackhole route {route.prefix}"
            remarks.append(left_out(route.table or route.resource or "transit gateway", what, why))
        else:
            found[gateway].append((end, route))
    return tuple(
        replace(
            each,
            static_routes=tuple((end, route.prefix) for end, route in found[each.id]),
            are_routes_known=bool(account.transit_routes) and tables.has_one(each.id),
        )
        for each in gateways
    )


class _Tables:
    """The route tables of the transit gateways that come in."""

    def __init__(self, account: Account, gateways: Sequence[Gateway], peerings: Sequence[Peering], vpns: Sequence[VpnConnection]) -> None:
        self._gateways = {each.id: each for each in gateways if each.kind == "tgw"}
        self._peerings, self._vpns = peerings, {each.id: each for each in vpns}
        self._owners = {each.route_table: each.transit_gateway for each in account.attachments if each.route_table}
        self._in_use = {name: {each.route_table for each in account.attachments if each.transit_gateway == name} for name in self._gateways}

    def has_one(self, gateway: str) -> bool:
        """Whether all attachments of a transit gateway use one route table."""
        return len(self._in_use.get(gateway, set()) - {""}) == 1

    def gateway(self, route: TransitRoute) -> str:
        """The id of the transit gateway that has the route. "" if it is not known."""
        if route.table:
            return self._owners.get(route.table, "")
        if route.resource in self._vpns:
            return self._vpns[route.resource].gateway
        owners = [each.id for each in self._gateways.values() if route.resource in each.vpcs]
        return owners[0] if len(owners) == 1 else next(iter(self._gateways)) if len(self._gateways) == 1 else ""

    def end(self, route: TransitRoute, gateway: str) -> str:
        """The id of the attachment to which the route leads, or `blackhole`. "" if it does not come in."""
        here = self._gateways.get(gateway)
        if not route.resource:
            return BLACKHOLE
        if here and (route.resource in here.vpcs or (route.resource in self._vpns and self._vpns[route.resource].gateway == gateway)):
            return route.resource
        peerings = [each.id for each in self._peerings if gateway in each.between and {route.resource} <= {each.id, *each.between}]
        return peerings[0] if len(peerings) == 1 else ""

    def why_not(self, route: TransitRoute, gateway: str, end: str) -> str:
        """Why a topology cannot have the route. "" if it can."""
        if gateway not in self._gateways:
            return "no file says which transit gateway has the route table, or nothing is associated with the table"
        if len(self._in_use[gateway] - {""}) > 1:
            return "an import brings in one route table of a transit gateway, and this one has several in use (write route_tables by hand)"
        return "" if end else "its attachment was not imported. In a topology, static routes lead to VPCs, VPN connections and peerings"


def vpc_tables(account: Account, gateways: Sequence[Gateway], vpcs: Sequence[Vpc]) -> tuple[VpcTable, ...]:
    """The route tables of the VPCs that come in with several gateways."""
    found = []
    for vpc in vpcs:
        here = [gateway.id for gateway in gateways if vpc.id in gateway.vpcs]
        table = vpc_table(account, vpc.id, here) if len(here) > 1 else ""
        found += [] if isinstance(table, str) else [table]
    return tuple(found)


def vpc_table(account: Account, vpc: str, gateways: Sequence[str]) -> VpcTable | str:
    """The route table of a VPC with several gateways. If a topology cannot have it: the reason."""
    tables = [table for table in account.route_tables if table.vpc == vpc]
    if not tables:
        return "no file has its route table (add the output of `aws ec2 describe-route-tables`)"
    found = dict.fromkeys(_to_gateways(table, vpc, gateways) for table in tables)
    routed = [each for each in found if each.routes or each.propagation]
    if len(routed) > 1:
        return "its route tables differ, and a topology has one for a VPC (list the gateways to omit under leave_out in the sites file)"
    transit = {each.id for each in account.transit_gateways}
    used = {gateway for each in routed for gateway, _ in each.routes}
    missing = [each for each in gateways if each in transit and each not in used]
    if missing or not routed:
        return f"it has no route to {missing[0] if missing else gateways[0]} (list this gateway under leave_out in the sites file)"
    return routed[0]


def _to_gateways(table: RouteTable, vpc: str, gateways: Sequence[str]) -> VpcTable:
    routes = {(route.target, route.prefix) for route in table.routes if route.target in gateways and not route.is_propagated}
    return VpcTable(vpc=vpc, routes=tuple(sorted(routes)), propagation=any(each in gateways for each in table.propagating))
