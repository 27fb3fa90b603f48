"""Limits: each is reported for the networks that it matters for, and for no other."""

from dataclasses import replace

import pytest

from lab.analysis.limits import limits
from lab.model.dx import DxGateway
from lab.model.sketch import sketch_of
from tests.shipped import shipped_plan

WORDS = {
    "firewall": "No firewall keeps state",
    "restart": "Graceful restart is off",
    "initiate": "Customer gateways always initiate",
    "order": "A site prefers Direct Connect to VPN",
    "tags": "Tags (7224:7100-7300)",
}


@pytest.mark.parametrize(
    ("topology", "near"),
    [
        ("active-active-vpn", ["firewall", "initiate", "order"]),
        ("redundant-dx", ["firewall", "restart"]),
        ("maximum-resiliency", ["firewall", "restart", "order"]),
        ("hybrid-backup", ["firewall", "restart", "initiate"]),
    ],
)
def test_a_network_tells_the_limits_that_it_comes_near(topology: str, near: list[str]) -> None:
    told = limits(sketch_of(shipped_plan(topology)))
    assert [name for name, words in WORDS.items() if any(limit.words.startswith(words) for limit in told)] == near
    assert {limit.topology for limit in told} == {topology}
    assert len(told) == len(near)


def test_two_dx_gateways_on_one_gateway_compare_tags() -> None:
    sketch = sketch_of(shipped_plan("redundant-dx"))
    (one,) = sketch.dx_gateways
    both = replace(sketch, dx_gateways=(one, DxGateway(name="other", asn=64999, associations=one.associations)))
    assert [limit.words for limit in limits(both) if limit.words.startswith(WORDS["tags"])]


def test_one_edge_keeps_no_state_that_could_matter() -> None:
    sketch = sketch_of(shipped_plan("redundant-dx"))
    one_edge = replace(sketch, nodes=tuple(node for node in sketch.nodes if node.name != "dc2-r1"))
    assert not [limit for limit in limits(one_edge) if limit.words.startswith(WORDS["firewall"])]
