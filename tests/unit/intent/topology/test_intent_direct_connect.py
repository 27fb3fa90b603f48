"""Direct Connect and transit gateways: the keys of the file become these objects, and missing keys get these defaults."""

from ipaddress import IPv4Network

import pytest

from lab.intent import read_topology
from lab.model.dx_session import LocalPreference
from lab.model.topology import (
    Association,
    Connection,
    DirectConnectGateway,
    GatewayKind,
    Location,
    VifKind,
    VirtualInterface,
)
from tests.unit.intent.networks import ACTIVE_ACTIVE_VPN_TGW, HYBRID_BACKUP, HYBRID_BACKUP_TGW, NETWORKS, REDUNDANT_DX, SITELINK


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_aws_would_build_is_read(problems, name):
    assert problems(NETWORKS[name]) == []


def test_circuits_mean_what_they_say(written):
    topology = read_topology(written(REDUNDANT_DX))
    assert topology.locations == (Location(name="loc-a", region="us-east-1"), Location(name="loc-b", region="us-west-2"))
    assert topology.direct_connect_gateways == (
        DirectConnectGateway(name="dxgw", asn=64513, associations=(Association(gateway="vgw", allowed_prefixes=()),)),
    )
    assert topology.connections[1] == Connection(
        name="dx2", edge="dc2-r1", location="loc-b", device=1, provider="carrier-b", shared_risk=("conduit-7", "building-1")
    )
    assert topology.virtual_interfaces == (
        VirtualInterface(
            name="vif1",
            connection="dx1",
            kind=VifKind.PRIVATE,
            gateway="dxgw",
            vlan=101,
            bfd=True,
            sitelink=False,
            local_preference=LocalPreference.HIGH,
            as_path_prepend=0,
        ),
        VirtualInterface(
            name="vif2",
            connection="dx2",
            kind=VifKind.PRIVATE,
            gateway="dxgw",
            vlan=101,
            bfd=True,
            sitelink=False,
            local_preference=None,
            as_path_prepend=2,
        ),
    )


def test_a_circuit_says_only_where_it_goes_and_the_rest_has_defaults(written):
    topology = read_topology(written(SITELINK))
    assert topology.connections[0] == Connection(name="dx1", edge="dc1-r1", location="loc-a", device=1, provider="carrier", shared_risk=())
    assert topology.direct_connect_gateways[0].associations == ()
    assert (topology.virtual_interfaces[0].bfd, topology.virtual_interfaces[0].sitelink) == (False, True)


@pytest.mark.parametrize("word", ["low", "medium", "high"])
def test_a_local_preference_is_one_of_three_communities(written, word):
    topology = read_topology(written(REDUNDANT_DX.replace("local_preference: high", f"local_preference: {word}")))
    assert topology.virtual_interfaces[0].local_preference is LocalPreference[word.upper()]


def test_prefixes_are_allowed_by_associated_gateway(written):
    topology = read_topology(written(HYBRID_BACKUP_TGW))
    assert topology.gateways[0].kind is GatewayKind.TGW
    assert topology.direct_connect_gateways[0].associations == (
        Association(gateway="tgw", allowed_prefixes=(IPv4Network("172.31.0.0/16"),)),
    )
    assert topology.virtual_interfaces[0].kind is VifKind.TRANSIT


def test_a_vpn_is_static_only_with_static_routes(written):
    assert read_topology(written(HYBRID_BACKUP_TGW)).vpn_connections[0].static_routes == (IPv4Network("10.2.0.0/16"),)
    assert read_topology(written(HYBRID_BACKUP)).vpn_connections[0].static_routes == ()


def test_a_transit_gateway_shares_among_tunnels_unless_it_is_told_not_to(written):
    assert read_topology(written(ACTIVE_ACTIVE_VPN_TGW)).gateways[0].vpn_ecmp
    assert not read_topology(written(ACTIVE_ACTIVE_VPN_TGW.replace("kind: tgw", "kind: tgw, vpn_ecmp: false"))).gateways[0].vpn_ecmp


def test_a_data_centre_takes_its_own_asn_from_aws_as_often_as_it_says(written):
    topology = read_topology(written(SITELINK.replace("asn: 65001", "asn: 65001, allowas_in: 2")))
    assert [center.allowas_in for center in topology.data_centers] == [2, 0]
