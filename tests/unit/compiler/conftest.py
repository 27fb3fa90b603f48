"""Fixtures of plans: every shipped topology and every test network, with both timer profiles."""

from collections.abc import Callable

import pytest

from lab.model.plan import Plan, Timers
from lab.model.topology import Topology
from tests.networks import NETWORKS, planned
from tests.shipped import TOPOLOGIES, shipped_topology

Case = tuple[Topology, Timers]


def _cases(fits: Callable[[Topology], bool] = lambda _: True) -> dict[str, Case]:
    every = (*map(shipped_topology, TOPOLOGIES), *NETWORKS.values())
    return {f"{each.name}-{timers.value}": (each, timers) for each in every for timers in Timers if fits(each)}


def _has_vpn(topology: Topology) -> bool:
    return any(not vpn.static_routes for vpn in topology.vpn_connections)


EVERY, TUNNELLED, BY_VPN = _cases(), _cases(lambda topology: bool(topology.vpn_connections)), _cases(_has_vpn)


@pytest.fixture(params=EVERY.values(), ids=EVERY)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@pytest.fixture
def plan(case: Case) -> Plan:
    """Any plan."""
    return planned(*case)


@pytest.fixture
def topology(case: Case) -> Topology:
    """The topology that `plan` was compiled from."""
    return case[0]


@pytest.fixture(params=TUNNELLED.values(), ids=TUNNELLED)
def tunnelled(request: pytest.FixtureRequest) -> Plan:
    """A plan with IPsec tunnels."""
    return planned(*request.param)


@pytest.fixture(params=BY_VPN.values(), ids=BY_VPN)
def by_vpn(request: pytest.FixtureRequest) -> Plan:
    """A plan with BGP over a VPN."""
    return planned(*request.param)
