"""One lab for all rows that need it. It is deployed once, and must be healthy again after each row."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from lab.api.labs import UpOptions, bring_down, bring_up
from lab.api.running import opened
from lab.runtime.lab import RunningLab
from lab.runtime.readiness import missing
from tests.live.behaviour.labs import TOPOLOGIES, VPN
from tests.live.behaviour.row import Row
from tests.waiting import wait_for

Routes = frozenset[tuple[str, str, frozenset[str]]]
"""(node, prefix, next hops) of every BGP route in a kernel. The order of next hops does not count."""

_ALIKE = 20
_BACK_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A lab and the routes that it has when it is healthy."""

    lab: RunningLab
    routes: Routes

    def is_back(self) -> bool:
        """Whether sessions, tunnels, routes, configurations and drops are as before. Rows change nothing else, and this is fast to read."""
        return next(self.changed(), None) is None

    def changed(self) -> Iterator[str]:
        """What is not as before."""
        yield from missing(self.lab)
        yield from (f"{'now' if route not in self.routes else 'no more'}: {route}" for route in routes_of(self.lab) ^ self.routes)
        for node in (node.name for node in self.lab.plan.nodes):
            if self.lab.is_reconfigured(node):
                yield f"{node} is reconfigured"
            yield from (f"{node} drops {name}" for name in self.lab.view(node).drop_names())


class AtHand:
    """Keeps one lab at a time. If a row needs another lab, the present one is removed and the other one deployed."""

    def __init__(self) -> None:
        self._name = ""
        self._stack = ExitStack()

    def whole(self, name: str, shared: Callable[[], RunningLab]) -> Whole:
        """The lab of a topology. The shipped one is shared with all live tests."""
        if name != self._name:
            self.close()
            self._name = name
            lab = shared() if name == VPN else self._stack.enter_context(_deployed(name))
            self._whole = Whole(lab=lab, routes=_settled(lab))
        return self._whole

    def close(self) -> None:
        """Compare the lab with its whole plan after its last row, and remove it."""
        with self._stack:
            if self._name:
                self._name = ""
                assert self._whole.lab.differences() == ()


@contextmanager
def _deployed(name: str) -> Iterator[RunningLab]:
    bring_up(str(TOPOLOGIES / f"{name}.yaml"), UpOptions(), print)
    try:
        with opened(name) as lab:
            yield lab
    finally:
        bring_down(name, print, every=False)


@pytest.fixture(scope="module")
def at_hand() -> Iterator[AtHand]:
    """The object that gives each row its lab."""
    labs = AtHand()
    yield labs
    labs.close()


@pytest.fixture
def running(at_hand: AtHand, row: Row, request: pytest.FixtureRequest) -> Iterator[RunningLab]:
    """The row's lab, healthy before and after. If it does not recover by itself, it is repaired for the next row, and this row fails."""
    whole = at_hand.whole(row.lab, lambda: request.getfixturevalue("lab"))
    yield whole.lab
    try:
        wait_for(whole.is_back, "the lab as it was before the row", _BACK_SECONDS)
    except AssertionError as error:
        error.add_note("; ".join(whole.changed()))
        whole.lab.heal()
        wait_for(whole.is_back, "the lab as it was, healed", _BACK_SECONDS)
        raise


def routes_of(lab: RunningLab) -> Routes:
    """The lab's routes now."""
    return frozenset((route.node, str(route.prefix), frozenset(route.via)) for route in lab.routes())


def _settled(lab: RunningLab) -> Routes:
    """The routes, when they have been the same many times in a row, with every session up each time.

    On a busy host a session may go down once more after the lab is up. Without its routes the lab is not whole.
    """
    looks: list[Routes] = []

    def alike() -> bool:
        if missing(lab):
            looks.clear()
        looks.append(routes_of(lab))
        return len(looks) >= _ALIKE and len(set(looks[-_ALIKE:])) == 1

    wait_for(alike, "routes that stay as they are", 120.0)
    return looks[-1]
