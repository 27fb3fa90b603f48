"""Choose the gateways that a topology can say, and their VPCs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lab.importers.account import Account, Attachment, RouteTable, Vpc
from lab.importers.build.choosing_tables import vpc_table
from lab.importers.build.chosen import Gateway
from lab.importers.build.remark import Remark, in_part, left_out

_TABLES = "an import brings in one, in which every attachment learns all routes (write route_tables by hand)"


def choose_gateways(account: Account, remarks: list[Remark]) -> tuple[tuple[Gateway, ...], tuple[Vpc, ...]]:
    """The gateways, each with the VPCs that come in with it, and all VPCs of the account."""
    vpcs = {vpc.id: vpc for vpc in account.vpcs}
    attached = _attached(account, remarks)
    found = [*_virtual_private_gateways(account, attached, vpcs, remarks), *_transit_gateways(account, attached, vpcs, remarks)]
    for gateway in found:
        for vpc in gateway.vpcs:
            remarks += _vpc_remarks(vpcs[vpc])
            remarks += _route_remarks(gateway.id, vpc, account.route_tables)
    remarks += _transit_remarks(account)
    return tuple(found), account.vpcs


def _attached(account: Account, remarks: list[Remark]) -> dict[str, list[str]]:
    """The gateways of each VPC. None for a VPC with several whose route table a topology cannot have: it gets a remark."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for vgw in account.virtual_private_gateways:
        for vpc in vgw.vpcs:
            found[vpc].append(vgw.id)
    transit = {tgw.id for tgw in account.transit_gateways}
    for each in account.attachments:
        if each.kind == "vpc" and each.transit_gateway in transit and each.transit_gateway not in found[each.resource]:
            found[each.resource].append(each.transit_gateway)
    for vpc, gateways in found.items():
        table = vpc_table(account, vpc, gateways) if len(gateways) > 1 else None
        if isinstance(table, str):
            remarks.append(left_out(vpc, f"VPC with the gateways {', '.join(gateways)}", table))
            found[vpc] = []
    return found


def _virtual_private_gateways(
    account: Account, attached: dict[str, list[str]], vpcs: dict[str, Vpc], remarks: list[Remark]
) -> Iterator[Gateway]:
    for vgw in account.virtual_private_gateways:
        here = tuple(vpc for vpc in vgw.vpcs if vgw.id in attached.get(vpc, ()) and vpc in vpcs)
        if len(here) == 1:
            yield Gateway(id=vgw.id, name=vgw.name, kind="vgw", region=vgw.region, asn=vgw.asn, vpcs=here)
        elif not vgw.vpcs:
            remarks.append(left_out(vgw.id, "virtual private gateway without a VPC", "a topology needs a VPC on it"))
        elif vgw.vpcs[0] not in vpcs:
            why = f"its VPC {vgw.vpcs[0]} is in no file (add the output of `aws ec2 describe-vpcs`)"
            remarks.append(left_out(vgw.id, "virtual private gateway", why))
        else:
            remarks.append(left_out(vgw.id, "virtual private gateway", "its VPC was not imported"))


def _transit_gateways(account: Account, attached: dict[str, list[str]], vpcs: dict[str, Vpc], remarks: list[Remark]) -> Iterator[Gateway]:
    for tgw in account.transit_gateways:
        there = [each.resource for each in account.attachments if each.transit_gateway == tgw.id and each.kind == "vpc"]
        here = dict.fromkeys(vpc for vpc in there if tgw.id in attached.get(vpc, ()) and vpc in vpcs)
        for vpc in there:
            if vpc not in vpcs:
                why = "no file has its CIDR. It may belong to another account (add the output of `aws ec2 describe-vpcs` there)"
                remarks.append(left_out(vpc, f"VPC on {tgw.id}", why))
        yield Gateway(id=tgw.id, name=tgw.name, kind="tgw", region=tgw.region, asn=tgw.asn, vpcs=tuple(here), vpn_ecmp=tgw.vpn_ecmp)


def _vpc_remarks(vpc: Vpc) -> Iterator[Remark]:
    if len(vpc.cidrs) > 1:
        more = ", ".join(map(str, vpc.cidrs[1:]))
        yield in_part(vpc.id, f"VPC with further CIDRs {more}", "a topology has one CIDR for a VPC. The first one comes in")
    if vpc.has_ipv6:
        yield in_part(vpc.id, "VPC with IPv6", "an import brings in no IPv6 yet")


def _route_remarks(gateway: str, vpc: str, tables: tuple[RouteTable, ...]) -> Iterator[Remark]:
    """A remark if the VPC cannot send to its gateway. In a topology, every VPC sends everything there."""
    here = [table for table in tables if table.vpc == vpc]
    if here and not any(gateway in table.propagating or any(route.target == gateway for route in table.routes) for table in here):
        yield in_part(
            vpc, f"VPC without a route to {gateway}", "in the topology the VPC has routes to its gateway, so flows get through there"
        )


def _transit_remarks(account: Account) -> Iterator[Remark]:
    for tgw in account.transit_gateways:
        attachments = [each for each in account.attachments if each.transit_gateway == tgw.id]
        tables = sorted({each.route_table for each in attachments} - {""})
        if len(tables) > 1:
            yield in_part(tgw.id, f"transit gateway with {len(tables)} route tables in use", _TABLES)
        if len(tables) == 1:
            yield from _propagation_remarks(account, attachments, tables)
        loose = [each.resource for each in attachments if not each.route_table and each.kind in {"vpc", "vpn"}]
        if tables and loose:
            yield in_part(tgw.id, f"attachments without a route table: {', '.join(loose)}", _TABLES)
        for each in attachments:
            if each.kind not in {"vpc", "vpn", "direct-connect-gateway", "peering"}:
                yield left_out(each.id, f"attachment of the kind {each.kind}", "a topology cannot have one")


def _propagation_remarks(account: Account, attachments: Sequence[Attachment], tables: Sequence[str]) -> Iterator[Remark]:
    """A remark for each attachment that does not propagate its routes into the table. Nothing if no file says which ones do."""
    propagating = {each.attachment for each in account.propagations if each.table in tables}
    for each in attachments:
        if propagating and each.id not in propagating and each.kind in {"vpc", "vpn", "direct-connect-gateway"}:
            what = "attachment that propagates its routes into no route table"
            yield in_part(each.resource, what, "in a topology every attachment does, so flows get through there")
