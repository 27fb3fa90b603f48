"""A flow over a LAG passes a broken member only if the LAG is down without it."""

from dataclasses import replace

import pytest

from lab.compiler import compile_topology
from lab.intent import read_topology
from lab.model.fault.crossed import crossed_cables
from lab.model.lag import Lag
from lab.model.plan import Ipsec, Plan, Timers
from tests.shipped import ROOT


def plan(minimum_links: int) -> Plan:
    topology = read_topology(ROOT / "tests" / "cases" / "lag-needs-both-members" / "topology.yaml")
    (circuit,) = topology.connections
    circuits = (replace(circuit, lag=Lag(members=2, minimum_links=minimum_links)),)
    return compile_topology(replace(topology, connections=circuits), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


@pytest.mark.parametrize(
    ("minimum", "dark", "is_crossed"),
    [(0, 1, False), (1, 1, False), (2, 1, True), (1, 2, True)],
)
def test_a_dark_member_is_passed_only_if_the_lag_needs_it(minimum: int, dark: int, is_crossed: bool) -> None:
    made = plan(minimum)
    bundle = made.bundles[0]
    ends = made.link(bundle.links[0])
    broken = crossed_cables(made, bundle.members[:dark])
    assert broken.links == bundle.members[:dark]
    assert broken.is_crossed_by((ends.a.node, ends.b.node), None) is is_crossed
