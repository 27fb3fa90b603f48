"""Wait until every tunnel and every BGP session of the plan is up."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lab.errors import NodeError
from lab.runtime.capabilities import LabUnderTest, StateView
from lab.runtime.stuck import Stuck

_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """One kind of thing that we wait for (sessions or tunnels): how many there are, and a text for each that is missing."""

    what: str
    of: int
    late: tuple[str, ...]


def awaited(lab: StateView) -> Awaited:
    """The BGP sessions that are missing. If none is missing: the tunnels that are missing.

    Sessions are asked first: they come up last, and FRR answers ten times faster than strongSwan.
    """
    sessions = lab.bgp_states()
    late = tuple(f"BGP {state.node} to {state.neighbor_node} ({state.state})" for state in sessions if state.state != "Established")
    if late:
        return Awaited(what="BGP sessions up", of=len(sessions), late=late)
    tunnels = lab.ike_states()
    late = tuple(f"tunnel {state.tunnel} (IKE {state.ike or 'none'}, child {state.child or 'none'})" for state in tunnels if not state.up)
    return Awaited(what="tunnels up", of=len(tunnels), late=late)


def missing(lab: StateView) -> tuple[str, ...]:
    """A text for each missing session or tunnel. () if everything is up."""
    return awaited(lab).late


def comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether a condition becomes true within this many seconds. It is checked repeatedly."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def wait_until_up(lab: LabUnderTest, seconds: float) -> None:
    """Wait until every tunnel and session is up. After `seconds`, raises one NodeError that lists all that are missing."""
    deadline = time.monotonic() + seconds
    stuck = Stuck(lab)
    while late := missing(lab):
        stuck.free()
        if time.monotonic() > deadline:
            raise NodeError(f"the lab is not up within {seconds:.0f} s: {'; '.join(late)}")
        time.sleep(_POLL_SECONDS)
