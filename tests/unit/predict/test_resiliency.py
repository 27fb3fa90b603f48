"""The resiliency level that AWS would give to the circuits of the shipped networks (aws-behaviour 3.5)."""

import pytest

from lab.predict import Predictor
from lab.predict.audit.design import Design
from lab.predict.audit.resiliency import resiliency
from tests.shipped import shipped_plan, shipped_topology

LEVELS = {
    "active-active-vpn": ("none", None),
    "hybrid-backup": ("none", None),
    "redundant-dx": ("high", "99.9 %"),
    "sitelink": ("high", "99.9 %"),
    "sitelink-only": ("none", None),
    "maximum-resiliency": ("maximum", "99.99 %"),
}


@pytest.mark.parametrize("name", LEVELS)
def test_a_network_has_its_level(name: str) -> None:
    """Two circuits in two locations count for a site only if an interconnect joins it with the other's."""
    design = Design(topology=shipped_topology(name), predictor=Predictor(shipped_plan(name)), budget_seconds=5.0)
    found = resiliency(design)
    assert (found.level, found.sla) == LEVELS[name]
    assert bool(found.missing) == (found.level != "maximum")
