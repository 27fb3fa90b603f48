"""The facts that a deployment derives from a plan."""

import pytest

from lab.model.plan import Role
from lab.runtime.deploy import hosts_of
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_every_host_is_known_by_name_at_the_address_its_flows_use(topology: str) -> None:
    plan = shipped_plan(topology)
    hosts = hosts_of(plan)
    assert set(hosts) == {node.name for node in plan.nodes if node.role in {Role.HOST, Role.VPC_HOST}}
    ends = [end for flow in plan.flows for end in (flow.source, flow.target)]
    assert all(hosts[end.node] == str(end.address) for end in ends)
