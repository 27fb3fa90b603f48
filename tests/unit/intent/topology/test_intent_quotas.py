"""Quotas: as many as AWS allows are accepted, one more is refused."""

import pytest

from tests.unit.intent.networks import ACTIVE_ACTIVE_VPN_TGW, HYBRID_BACKUP_TGW, SITELINK


def _vifs(count, kind="private", gateway="dxgw", first=200):
    line = "    v{n}: {{connection: dx1, kind: {kind}, gateway: {gateway}, vlan: {n}}}\n"
    return "".join(line.format(n=number, kind=kind, gateway=gateway) for number in range(first, first + count))


def _dxgws(count):
    return "".join(f"dxgw{number}: {{asn: 64513}}, " for number in range(count))


def _on_dx1(private, transit):
    """A network with this many virtual interfaces on dx1, and enough DX gateways for them."""
    spread = [_vifs(private - 1, gateway="dxgw0", first=200)] if private <= 30 else []
    spread += [_vifs(25, gateway="dxgw0", first=200), _vifs(private - 26, gateway="dxgw1", first=300)] if private > 30 else []
    text = SITELINK.replace("{dxgw: ", f"{{{_dxgws(3)}dxgw: ")
    return text.replace("flows:", "".join([*spread, _vifs(transit, kind="transit", gateway="dxgw2", first=400), "flows:"]))


@pytest.mark.parametrize(
    ("private", "transit", "reason"),
    [
        (50, 1, None),
        (51, 0, "has 51 private virtual interfaces; AWS allows 50"),
        (1, 4, None),
        (1, 5, "has 5 transit virtual interfaces; AWS allows 4"),
        (47, 4, None),
        (48, 4, "has 52 virtual interfaces; AWS allows 51 of all kinds"),
    ],
)
def test_a_connection_carries_so_many_virtual_interfaces(problems, private, transit, reason):
    told = problems(_on_dx1(private, transit))
    assert len(told) == (reason is not None)
    assert all(reason in problem for problem in told)


@pytest.mark.parametrize("count", [30, 31])
def test_a_dx_gateway_has_thirty_virtual_interfaces(problems, count):
    told = problems(SITELINK.replace("flows:", f"{_vifs(count - 2)}flows:"))
    assert ["has 31 virtual interfaces; AWS allows 30" in problem for problem in told] == [True] * (count > 30)


def _with_gateways(kind, count):
    """A network with a DX gateway that is associated with this many gateways, each with a VPC."""
    vpcs = "".join(f"vpc{n}: {{cidr: 172.16.{n}.0/24}}, " for n in range(count))
    gateways = "".join(f"gw{n}: {{kind: {kind}, asn: {64600 + n}, vpcs: [vpc{n}]}}, " for n in range(count))
    names = ", ".join(f"gw{n}" for n in range(count))
    allowed = ", ".join(f"gw{n}: [172.16.{n}.0/24]" for n in range(count))
    text = SITELINK.replace("direct_connect:", f"regions: {{us-east-1: {{vpcs: {{{vpcs}}}, gateways: {{{gateways}}}}}}}\ndirect_connect:")
    text = text.replace("kind: private", "kind: transit") if kind == "tgw" else text
    return text.replace("asn: 64513}", f"asn: 64513, associations: [{names}], allowed_prefixes: {{{allowed}}}}}")


@pytest.mark.parametrize(("kind", "most"), [("vgw", 20), ("tgw", 6)])
def test_a_dx_gateway_is_associated_with_so_many_gateways(problems, kind, most):
    assert problems(_with_gateways(kind, most)) == []
    assert [f"{most + 1} gateways of kind {kind}; AWS" in problem for problem in problems(_with_gateways(kind, most + 1))] == [True]


@pytest.mark.parametrize("count", [20, 21])
def test_a_transit_gateway_is_on_twenty_dx_gateways(problems, count):
    more = "".join(f"g{n}: {{asn: 64513, associations: [tgw], allowed_prefixes: {{tgw: [172.31.0.0/16]}}}}, " for n in range(count - 1))
    told = problems(HYBRID_BACKUP_TGW.replace("{dxgw: ", f"{{{more}dxgw: "))
    assert ["is associated with 21 DX gateways; AWS allows 20" in problem for problem in told] == [True] * (count > 20)


@pytest.mark.parametrize("count", [200, 201])
def test_two_hundred_prefixes_are_allowed_for_a_transit_gateway(problems, count):
    allowed = ", ".join(["172.31.0.0/16", *(f"10.9.{n}.0/24" for n in range(count - 1))])
    told = problems(HYBRID_BACKUP_TGW.replace("tgw: [172.31.0.0/16]", f"tgw: [{allowed}]"))
    assert ["there are 201 allowed prefixes; AWS allows 200 for a transit gateway" in problem for problem in told] == [True] * (count > 200)


@pytest.mark.parametrize("count", [100, 101])
def test_a_vpn_connection_has_a_hundred_static_routes(problems, count):
    routes = ", ".join(f"10.2.{n}.0/24" for n in range(count))
    told = problems(HYBRID_BACKUP_TGW.replace("static_routes: [10.2.0.0/16]", f"static_routes: [{routes}]"))
    assert ["there are 101 static routes; AWS allows 100" in problem for problem in told] == [True] * (count > 100)


def _prefixes(count):
    return ", ".join(f"10.{64 + n // 256}.{n % 256}.0/24" for n in range(count))


@pytest.mark.parametrize("count", [100, 101])
def test_a_virtual_interface_takes_a_hundred_prefixes(problems, count):
    told = problems(SITELINK.replace("[10.1.0.0/16]", f"[{_prefixes(count)}]"))
    assert ["announces 101 prefixes; AWS accepts 100 over a virtual" in problem for problem in told] == [True] * (count > 100)


@pytest.mark.parametrize("count", [999, 1000])
def test_a_transit_gateway_takes_a_thousand_prefixes(problems, count):
    told = problems(ACTIVE_ACTIVE_VPN_TGW.replace("[10.1.0.0/16]", f"[{_prefixes(count)}]"))
    assert len(told) == 2 * (count > 999)
    assert all("announces 1001 prefixes (dc" in problem for problem in told)


def test_a_static_vpn_announces_nothing(problems):
    text = HYBRID_BACKUP_TGW.replace("interconnects: {dci: {between: [dc1, dc2]}}", "").replace("  dc1-dc2: {from: dc1, to: dc2}\n", "")
    text = text.replace("prefixes: [10.2.0.0/16]", f"prefixes: [10.2.0.0/16, {_prefixes(150)}]")
    assert problems(text) == []
