"""A lab for all rows that ask for it: deployed once, and whole again after each of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from lab.api.labs import bring_down, bring_up
from lab.api.running import opened
from lab.model.plan import Ipsec, Timers
from lab.runtime.lab import RunningLab
from lab.runtime.readiness import missing
from tests.live.behaviour.labs import TOPOLOGIES, VPN
from tests.live.waiting import wait_for

Routes = frozenset[tuple[str, str, frozenset[str]]]
"""(node, prefix, next hops) of every route BGP has put into a kernel; several next hops have no order."""

_ALIKE = 20
_BACK_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A lab and its routes as they are while nothing is done to it."""

    lab: RunningLab
    routes: Routes

    def is_back(self) -> bool:
        """Whether sessions, tunnels, routes, configurations and drops are as they were: what rows touch, and soon asked."""
        nodes = [node.name for node in self.lab.plan.nodes]
        return (
            missing(self.lab) == ()
            and routes_of(self.lab) == self.routes
            and not any(self.lab.is_reconfigured(name) for name in nodes)
            and not any(self.lab.network(name).drops.names() for name in nodes)
        )


@pytest.fixture(scope="module")
def shared(request: pytest.FixtureRequest) -> Iterator[Whole]:
    """The lab of the rows that name it; when they are through it is compared with its plan, thing by thing."""
    if request.param == VPN:
        lab = request.getfixturevalue("lab")
        yield Whole(lab=lab, routes=_settled(lab))
        assert lab.differences() == ()
        return
    bring_up(str(TOPOLOGIES / f"{request.param}.yaml"), Timers.TUNED, Ipsec.USERSPACE, print)
    try:
        with opened(request.param) as lab:
            yield Whole(lab=lab, routes=_settled(lab))
            assert lab.differences() == ()
    finally:
        bring_down(request.param, print, every=False)


@pytest.fixture
def running(shared: Whole) -> Iterator[RunningLab]:
    """The row's lab, whole before and after; one that does not come back by itself is healed for the next row, and told."""
    yield shared.lab
    try:
        wait_for(shared.is_back, "the lab as it was before the row", _BACK_SECONDS)
    except AssertionError:
        shared.lab.heal()
        wait_for(shared.is_back, "the lab as it was, healed", _BACK_SECONDS)
        raise


def routes_of(lab: RunningLab) -> Routes:
    """The lab's routes just now."""
    return frozenset((route.node, str(route.prefix), frozenset(route.via)) for route in lab.routes())


def _settled(lab: RunningLab) -> Routes:
    """The routes, once many looks in a row have shown the same ones."""
    looks: list[Routes] = []

    def alike() -> bool:
        looks.append(routes_of(lab))
        return len(looks) >= _ALIKE and len(set(looks[-_ALIKE:])) == 1

    wait_for(alike, "routes that stay as they are", 120.0)
    return looks[-1]
