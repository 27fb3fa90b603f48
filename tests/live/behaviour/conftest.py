"""A lab for all rows that ask for it: deployed once, and whole again after each of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from lab.api.labs import bring_down, bring_up
from lab.api.running import opened
from lab.model.plan import Ipsec, Timers
from lab.runtime.lab import RunningLab
from lab.runtime.readiness import missing
from tests.live.behaviour.labs import TOPOLOGIES, VPN
from tests.live.behaviour.row import Row
from tests.waiting import wait_for

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


class AtHand:
    """One lab at a time: the next one is deployed when a row asks for it, and the last one removed."""

    def __init__(self) -> None:
        self._name = ""
        self._stack = ExitStack()

    def whole(self, name: str, shared: Callable[[], RunningLab]) -> Whole:
        """The lab of a topology; the shipped one is that which the whole tier shares."""
        if name != self._name:
            self.close()
            self._name = name
            lab = shared() if name == VPN else self._stack.enter_context(_deployed(name))
            self._whole = Whole(lab=lab, routes=_settled(lab))
        return self._whole

    def close(self) -> None:
        """Compare the lab with its plan, thing by thing, now that its rows are through; and remove it."""
        with self._stack:
            if self._name:
                self._name = ""
                assert self._whole.lab.differences() == ()


@contextmanager
def _deployed(name: str) -> Iterator[RunningLab]:
    bring_up(str(TOPOLOGIES / f"{name}.yaml"), Timers.TUNED, Ipsec.USERSPACE, print)
    try:
        with opened(name) as lab:
            yield lab
    finally:
        bring_down(name, print, every=False)


@pytest.fixture(scope="module")
def at_hand() -> Iterator[AtHand]:
    """Where the rows' labs come from."""
    labs = AtHand()
    yield labs
    labs.close()


@pytest.fixture
def running(at_hand: AtHand, row: Row, request: pytest.FixtureRequest) -> Iterator[RunningLab]:
    """The row's lab, whole before and after; one that does not come back by itself is healed for the next row, and told."""
    whole = at_hand.whole(row.lab, lambda: request.getfixturevalue("lab"))
    yield whole.lab
    try:
        wait_for(whole.is_back, "the lab as it was before the row", _BACK_SECONDS)
    except AssertionError:
        whole.lab.heal()
        wait_for(whole.is_back, "the lab as it was, healed", _BACK_SECONDS)
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
