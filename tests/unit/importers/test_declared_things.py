"""What several declared resources together say: attachments, tables, LAGs, hosted virtual interfaces, defaults of AWS."""

from collections.abc import Sequence
from ipaddress import IPv4Network

from lab.importers.account import Account, Thing, Unread, account_of
from lab.importers.declared import Circuit, Resource, things_of

REGION = "eu-west-1"


def resource(kind: str, id_: str, unknown: dict[str, str] | None = None, **values: object) -> Resource:
    return Resource(kind=kind, id=id_, written=id_, file="f", region=REGION, values=values, unknown=unknown or {})


def things(*resources: Resource, circuits: Sequence[Circuit] = ()) -> list[Thing]:
    problems: list[object] = []
    found = [thing for _, thing in things_of(resources, circuits, problems, "way out")]  # type: ignore[arg-type]
    assert problems == []
    return found


def account(*resources: Resource) -> Account:
    return account_of(things(*resources))


def unread(*resources: Resource) -> list[str]:
    return [f"{each.id}: {each.why}" for each in things(*resources) if isinstance(each, Unread)]


TGW = resource("aws_ec2_transit_gateway", "tgw-1", amazon_side_asn=64512, association_default_route_table_id="tgw-rtb-default")
VPN = resource("aws_vpn_connection", "vpn-1", customer_gateway_id="cgw-1", transit_gateway_id="tgw-1", static_routes_only=True)


def test_an_attachment_has_the_table_that_is_associated_and_else_the_default_one() -> None:
    attached = resource("aws_ec2_transit_gateway_vpc_attachment", "tgw-attach-1", transit_gateway_id="tgw-1", vpc_id="vpc-1")
    associated = resource(
        "aws_ec2_transit_gateway_route_table_association",
        "a",
        transit_gateway_attachment_id="vpn-1",
        transit_gateway_route_table_id="tgw-rtb-sites",
    )
    tables = {each.resource: each.route_table for each in account(TGW, VPN, attached, associated).attachments}
    assert tables == {"vpc-1": "tgw-rtb-default", "vpn-1": "tgw-rtb-sites"}


def test_without_a_default_table_and_an_association_an_attachment_has_no_table() -> None:
    closed = resource("aws_ec2_transit_gateway", "tgw-1", amazon_side_asn=64512, default_route_table_association="disable")
    assert [each.route_table for each in account(closed, VPN).attachments] == [""]
    own = resource(
        "aws_ec2_transit_gateway_vpc_attachment",
        "tgw-attach-1",
        transit_gateway_id="tgw-1",
        vpc_id="vpc-1",
        transit_gateway_default_route_table_association=False,
    )
    assert [each.route_table for each in account(TGW, own).attachments] == [""]


def test_an_attachment_that_propagates_nowhere_is_told() -> None:
    closed = resource("aws_ec2_transit_gateway", "tgw-1", amazon_side_asn=64512, default_route_table_propagation="disable")
    propagated = resource("aws_ec2_transit_gateway_route_table_propagation", "p", transit_gateway_attachment_id="vpn-1")
    assert [each.what for each in account(closed, VPN).unread] == ["attachment that propagates its routes into no route table"]
    assert account(closed, VPN, propagated).unread == ()
    assert account(TGW, VPN).unread == ()


def test_a_static_route_leads_to_what_is_attached() -> None:
    route = resource(
        "aws_ec2_transit_gateway_route",
        "r",
        destination_cidr_block="10.1.0.0/16",
        transit_gateway_attachment_id="vpn-1 attachment",
        transit_gateway_route_table_id="tgw-rtb-default",
    )
    hole = resource(
        "aws_ec2_transit_gateway_route", "h", destination_cidr_block="10.9.0.0/16", blackhole=True, transit_gateway_route_table_id="t"
    )
    lost = resource("aws_ec2_transit_gateway_route", "l", destination_cidr_block="10.8.0.0/16", transit_gateway_route_table_id="t")
    assert [(str(each.prefix), each.resource) for each in account(TGW, VPN, route, hole).transit_routes] == [
        ("10.9.0.0/16", ""),
        ("10.1.0.0/16", "vpn-1"),
    ]
    assert unread(lost) == ["l: it leads to no attachment, and it is no blackhole route"]


def test_a_lag_has_the_connections_that_other_resources_put_into_it() -> None:
    lag = resource("aws_dx_lag", "dxlag-1", name="lag", location="EqDC2", connections_bandwidth="10Gbps", connection_id="dxcon-1")
    first = resource("aws_dx_connection", "dxcon-1", name="a", location="EqDC2", bandwidth="10Gbps", aws_device="EqDC2-x")
    second = resource("aws_dx_connection", "dxcon-2", name="b", location="EqDC2", bandwidth="10Gbps", aws_device="EqDC2-x")
    joined = resource("aws_dx_connection_association", "x", connection_id="dxcon-2", lag_id="dxlag-1")
    found = account(lag, first, second, joined)
    assert found.lags[0].members == ("dxcon-1", "dxcon-2")
    assert found.lags[0].hardware == "EqDC2-x"
    assert [each.lag for each in found.connections] == ["dxlag-1", "dxlag-1"]


CIRCUIT = resource("aws_dx_connection", "dxcon-1", name="a", location="EqDC2", bandwidth="1Gbps")
MADE = resource("aws_dx_hosted_private_virtual_interface", "dxvif-1", name="v", connection_id="dxcon-1", vlan=7, bgp_asn=65001)
TAKEN = resource("aws_dx_hosted_private_virtual_interface_accepter", "dxvif-1", virtual_interface_id="dxvif-1", dx_gateway_id="dxgw-1")


def test_the_two_halves_of_a_hosted_virtual_interface_are_joined() -> None:
    found = account(CIRCUIT, MADE, TAKEN)
    assert [(each.id, each.kind, each.gateway, each.location) for each in found.virtual_interfaces] == [
        ("dxvif-1", "private", "dxgw-1", "EqDC2")
    ]
    assert found.unread == ()


def test_one_half_of_a_hosted_virtual_interface_is_told() -> None:
    assert "another account accepts this hosted virtual interface" in unread(CIRCUIT, MADE)[0]
    assert "another account made this hosted virtual interface" in unread(TAKEN)[0]


def test_a_virtual_interface_needs_its_circuit_which_another_file_may_have() -> None:
    vif = resource("aws_dx_private_virtual_interface", "dxvif-1", connection_id="dxcon-9", vlan=7, bgp_asn=65001, vpn_gateway_id="vgw-1")
    assert unread(vif)[0].startswith("dxvif-1: its connection dxcon-9 is in no file")
    printed = Circuit(id="dxcon-9", region="us-east-1", location="EqDC2", device="", hardware="EqDC2-x")
    found = account_of(things(vif, circuits=[printed])).virtual_interfaces
    assert [(each.location, each.region, each.hardware) for each in found] == [("EqDC2", "us-east-1", "EqDC2-x")]


def test_a_further_peer_gives_a_virtual_interface_its_family() -> None:
    vif = resource("aws_dx_private_virtual_interface", "dxvif-1", connection_id="dxcon-1", vlan=7, bgp_asn=65001, address_family="ipv4")
    peer = resource("aws_dx_bgp_peer", "p", virtual_interface_id="dxvif-1", address_family="ipv6")
    assert account(CIRCUIT, vif, peer).virtual_interfaces[0].families == ("ipv4", "ipv6")


def test_an_asn_that_nobody_wrote_is_the_default_of_aws_and_told() -> None:
    found = account(resource("aws_vpn_gateway", "vgw-1", vpc_id="vpc-1"), resource("aws_customer_gateway", "cgw-1", ip_address="x"))
    assert (found.virtual_private_gateways[0].asn, found.customer_gateways[0].asn) == (64512, 65000)
    assert [(each.id, each.is_left_out) for each in found.unread] == [("cgw-1", False), ("vgw-1", False)]


def test_a_vpc_has_the_cidrs_that_other_resources_give_it() -> None:
    vpc = resource("aws_vpc", "vpc-1", cidr_block="10.0.0.0/16")
    more = resource("aws_vpc_ipv4_cidr_block_association", "m", vpc_id="vpc-1", cidr_block="100.64.0.0/16")
    six = resource("aws_vpc_ipv6_cidr_block_association", "s", vpc_id="vpc-1")
    found = account(vpc, more, six).vpcs[0]
    assert found.cidrs == (IPv4Network("10.0.0.0/16"), IPv4Network("100.64.0.0/16"))
    assert found.has_ipv6


def test_nothing_is_said_of_a_route_table_whose_routes_are_not_all_known() -> None:
    table = resource("aws_route_table", "rtb-1", vpc_id="vpc-1")
    known = resource("aws_route", "r", route_table_id="rtb-1", destination_cidr_block="10.0.0.0/8", transit_gateway_id="tgw-1")
    unknown = resource("aws_route", "u", {"transit_gateway_id": "not known"}, route_table_id="rtb-1", destination_cidr_block="10.0.0.0/8")
    assert [route.target for route in account(TGW, table, known).route_tables[0].routes] == ["tgw-1"]
    assert account(TGW, table, known, unknown).route_tables == ()


def test_what_is_needed_and_not_known_leaves_a_resource_out_with_the_reason() -> None:
    vague = resource("aws_vpn_connection", "v", {"customer_gateway_id": "customer_gateway_id is not known"}, transit_gateway_id="tgw-1")
    assert unread(vague) == ["v: customer_gateway_id is not known"]
    assert account(vague).vpn_connections == ()


def test_a_data_source_gives_way_to_the_resource_itself() -> None:
    read = Resource(
        kind="aws_vpc", id="vpc-1", written="d", file="g", region=REGION, values={"cidr_block": "10.9.0.0/16"}, unknown={}, is_data=True
    )
    assert [each.cidrs for each in account(read, resource("aws_vpc", "vpc-1", cidr_block="10.0.0.0/16")).vpcs] == [
        (IPv4Network("10.0.0.0/16"),)
    ]


def test_resources_that_no_reader_knows_are_told_one_by_one_if_they_have_to_do_with_sites() -> None:
    others = [resource(kind, kind) for kind in ("aws_dx_macsec_key_association", "aws_instance", "aws_subnet")]
    assert unread(*others) == [
        "aws_dx_macsec_key_association: the importer does not know resources of the type aws_dx_macsec_key_association",
        "1 aws_instance, 1 aws_subnet: resources of these kinds are no part of a topology",
    ]


def test_a_vpc_whose_cidr_a_pool_chooses_is_told() -> None:
    assert unread(resource("aws_vpc", "vpc-1", ipv4_ipam_pool_id="pool")) == ["vpc-1: its CIDR is not written. A pool of IPAM chooses it"]
