"""Choose the part of an account that a topology can say. Law: what is left out gets a remark, but for what the user wants left out."""

from collections.abc import Sequence
from dataclasses import fields, replace

from lab.importers.account import Account
from lab.importers.build.choosing_dx import choose_dx, circuits_of
from lab.importers.build.choosing_gateways import choose_gateways
from lab.importers.build.choosing_tables import choose_peerings, kept_with_peerings, vpc_tables, with_static_routes
from lab.importers.build.choosing_vpn import choose_vpns
from lab.importers.build.chosen import Chosen
from lab.importers.build.remark import Remark, in_part, left_out

_CERTIFICATE = "in the lab its tunnels have pre-shared keys, and its address is fixed. Nothing else on a path differs"


def chosen(account: Account, leave_out: Sequence[str] = ()) -> Chosen:
    """What comes into the topology. `leave_out`: ids of things that the user does not want. What needs them goes, too."""
    unwanted = frozenset(leave_out)
    rest = _without(account, unwanted)
    remarks: list[Remark] = []
    gateways, vpcs = choose_gateways(rest, remarks)
    vpns = choose_vpns(rest, gateways, unwanted, remarks)
    dx = choose_dx(rest, gateways, unwanted, remarks)
    used = {vpn.gateway for vpn in vpns} | {each.gateway for each in dx.associations} | {vif.gateway for vif in dx.virtual_interfaces}
    peerings = choose_peerings(rest, gateways, remarks)
    used = kept_with_peerings(used, peerings)
    peerings = tuple(each for each in peerings if used.issuperset(each.between))
    kept = with_static_routes(rest, [gateway for gateway in gateways if gateway.id in used], peerings, vpns, remarks)
    remarks += [
        left_out(each.id, "gateway", "no imported VPN connection and no imported virtual interface uses it")
        for each in gateways
        if each.id not in used
    ]
    attached = {vpc for gateway in kept for vpc in gateway.vpcs}
    here = tuple(vpc for vpc in vpcs if vpc.id in attached)
    told = {each.id for each in remarks}
    apart = [vpc.id for vpc in vpcs if vpc.id not in attached and vpc.id not in told]
    if apart:
        remarks.append(left_out(" ".join(apart), "VPC", "it has no imported connection to a site"))
    ends = {vpn.customer_gateway for vpn in vpns}
    customer_gateways = tuple(each for each in rest.customer_gateways if each.id in ends)
    remarks += [in_part(each.id, "customer gateway with a certificate", _CERTIFICATE) for each in customer_gateways if each.has_certificate]
    circuits = circuits_of(rest, dx.virtual_interfaces, remarks)
    remarks += [Remark(id=each.id, what=each.what, why=each.why, is_left_out=each.is_left_out) for each in rest.unread]
    return replace(
        dx,
        vpn_connections=vpns,
        customer_gateways=customer_gateways,
        gateways=kept,
        vpcs=here,
        circuits=circuits,
        peerings=peerings,
        vpc_tables=vpc_tables(rest, kept, here),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _without(account: Account, unwanted: frozenset[str]) -> Account:
    sections = {field.name: tuple(each for each in getattr(account, field.name) if each.id not in unwanted) for field in fields(Account)}
    return Account(**sections)
