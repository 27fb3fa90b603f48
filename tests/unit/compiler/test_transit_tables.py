"""Several route tables of a transit gateway: a node each, with the sessions that associations and propagations say."""

from dataclasses import replace
from ipaddress import IPv4Network

from lab.model.by_tables import by_tables
from lab.model.plan import Plan, Route
from lab.model.route_tables import BLACKHOLE, TransitRoute, TransitTable
from lab.model.topology import Topology
from tests.networks import TGW, VPN_TGW, planned
from tests.unit.compiler.reading import bgpd_lines

APP = VPN_TGW.vpcs[0]
VPNS = tuple(vpn.name for vpn in VPN_TGW.vpn_connections)
OUTER = TransitTable(
    name="outer",
    associations=VPNS,
    propagations=(APP.name,),
    static_routes=(TransitRoute(prefix=IPv4Network("10.9.0.0/16"), attachment=BLACKHOLE),),
)
INNER = TransitTable(name="inner", associations=(APP.name,), propagations=VPNS)
TABLED: Topology = replace(VPN_TGW, gateways=(replace(TGW, tables=(OUTER, INNER)),))


def _maps(plan: Plan, table: str) -> set[tuple[str | None, str | None]]:
    router = plan.node(f"{TGW.name}-{table}").router
    assert router
    return {(each.map_in, each.map_out) for each in router.neighbors}


def test_one_table_is_the_same_topology() -> None:
    assert by_tables(VPN_TGW) is VPN_TGW


def test_the_table_of_an_association_tells_and_that_of_a_propagation_learns() -> None:
    plan = planned(TABLED)
    assert _maps(plan, "outer") == {("NOTHING", "TO-VPN")}
    assert _maps(plan, "inner") == {("FROM-VPN", "NOTHING")}
    assert any(str(APP.cidr) in line for line in bgpd_lines(plan.node(f"{TGW.name}-outer")) if line.startswith("network"))
    assert not any(line.startswith("network") for line in bgpd_lines(plan.node(f"{TGW.name}-inner")))


def test_a_vpc_sends_to_its_table_and_static_routes_are_in_their_own() -> None:
    plan = planned(TABLED)
    default = next(each for each in plan.node(f"{APP.name}-router").routes if each.prefix.prefixlen == 0 and each.via)
    inner = {each.address.ip for each in plan.node(f"{TGW.name}-inner").interfaces if each.address}
    assert default.via in inner
    blackhole = Route(prefix=IPv4Network("10.9.0.0/16"))
    assert blackhole in plan.node(f"{TGW.name}-outer").routes
    assert blackhole not in plan.node(f"{TGW.name}-inner").routes


def test_the_name_of_the_gateway_means_all_its_tables() -> None:
    target = next(each for each in planned(TABLED).targets if each.name == TGW.name)
    assert target.nodes == (f"{TGW.name}-outer", f"{TGW.name}-inner")
