"""Every metric of AWS is read at the right place."""

import pytest

from lab.feed.spots import spots_of
from lab.model.plan import Endpoint
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_every_object_of_aws_in_every_topology_has_a_place(name: str) -> None:
    plan = shipped_plan(name)
    spots = spots_of(plan)
    assert [spot.name for spot in spots.vifs] == [vif.name for vif in plan.vifs]
    assert {spot.name for spot in spots.connections} == {vif.circuit for vif in plan.vifs}
    assert [spot.tunnel for spot in spots.tunnels] == list(plan.tunnels)
    assert all(spot.ports for spot in (*spots.connections, *spots.attachments))
    assert set(spots.asked()) <= set(spots.metered())


def test_a_connection_is_looked_at_from_awss_device() -> None:
    first = spots_of(shipped_plan("redundant-dx")).connections[0]
    assert (first.name, first.location, first.ports) == ("dx1", "loc-a", (Endpoint(node="loc-a-1", interface="eth0"),))


def test_a_tunnel_is_looked_at_from_awss_endpoint() -> None:
    first = spots_of(shipped_plan("active-active-vpn")).tunnels[0]
    assert first.device.node == first.tunnel.aws.node
    assert first.session is not None
    assert first.session.neighbor == first.tunnel.customer.inside.ip


def test_a_static_tunnel_has_no_session() -> None:
    plan = shipped_plan("hybrid-backup-tgw")
    spots = spots_of(plan)
    assert [spot.session is None for spot in spots.tunnels] == [tunnel.shown is None for tunnel in plan.tunnels]


def test_the_attachments_of_a_transit_gateway_have_awss_names() -> None:
    assert [spot.name for spot in spots_of(shipped_plan("hybrid-backup-tgw")).attachments] == ["vpn1", "dxgw", "app", "db"]


def test_the_interfaces_of_a_site_are_those_of_the_plan() -> None:
    found = spots_of(shipped_plan("active-active-vpn")).site
    assert [each.interface for each in found if each.node == "dc1-gw1"] == ["eth0", "eth1", "ipsec0", "ipsec1"]
    assert "vgw" not in {each.node for each in found}
