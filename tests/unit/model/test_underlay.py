"""The underlay of a tunnel: the cables from its customer gateway to AWS's endpoint, through its own provider."""

from dataclasses import replace
from itertools import pairwise

import pytest

from lab.model.nat import Nat
from lab.model.underlay import underlay
from tests.networks import STATIC, planned, vpn
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_an_underlay_is_one_cable_after_the_other(topology: str) -> None:
    plan = shipped_plan(topology)
    cables = {frozenset((link.a.node, link.b.node)) for link in plan.links}
    for tunnel in plan.tunnels:
        way = underlay(plan, tunnel)
        assert (way[0], way[-1]) == (tunnel.customer.node, tunnel.aws.node)
        assert {frozenset(hop) for hop in pairwise(way)} <= cables


def test_tunnels_of_one_gateway_go_by_their_own_providers() -> None:
    plan = planned(replace(STATIC, vpn_connections=(vpn("vpn1", "dc1-gw1"), replace(vpn("vpn2", "dc1-gw1"), provider="isp-b"))))
    assert [underlay(plan, plan.tunnel(name)) for name in ("vpn1-2", "vpn2-1")] == [
        ("dc1-gw1", "isp-a", "internet", "vpn1-2"),
        ("dc1-gw1", "isp-b", "internet", "vpn2-1"),
    ]


def test_the_internet_itself_may_be_the_provider() -> None:
    plan = planned(replace(STATIC, vpn_connections=(replace(vpn("vpn1", "dc1-gw1"), provider="internet"),)))
    assert underlay(plan, plan.tunnel("vpn1-1")) == ("dc1-gw1", "internet", "vpn1-1")


def test_a_tunnel_may_pass_a_nat_box_first() -> None:
    gateways = tuple(replace(each, nat=(Nat(name="nat1", behind=each.edges),)) for each in STATIC.data_centers)
    plan = planned(replace(STATIC, data_centers=gateways, vpn_connections=(vpn("vpn1", "dc1-gw1"),)))
    assert underlay(plan, plan.tunnel("vpn1-1")) == ("dc1-gw1", "nat1", "isp-a", "internet", "vpn1-1")
