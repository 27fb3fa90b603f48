"""Every shipped topology under both timer profiles."""

import pytest

from lab.model.plan import Plan, Timers
from tests.shipped import TOPOLOGIES, shipped_plan


@pytest.fixture(params=[(name, timers) for name in TOPOLOGIES for timers in Timers], ids=lambda param: f"{param[0]}-{param[1].value}")
def plan(request: pytest.FixtureRequest) -> Plan:
    return shipped_plan(*request.param)
