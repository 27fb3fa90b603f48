"""Readiness: wait until every tunnel and every BGP session of the plan is up."""

import time
from collections.abc import Callable

from lab.errors import NodeError
from lab.runtime.capabilities import StateView

_POLL_SECONDS = 0.05


def missing(lab: StateView) -> tuple[str, ...]:
    """What is not up yet, in plain words. () if everything is.

    Asks for sessions first: they come up last, and FRR answers ten times faster than strongSwan.
    """
    sessions = tuple(
        f"BGP {state.node} to {state.neighbor_node} ({state.state})" for state in lab.bgp_states() if state.state != "Established"
    )
    return sessions or tuple(
        f"tunnel {state.tunnel} (IKE {state.ike or 'none'}, child {state.child or 'none'})" for state in lab.ike_states() if not state.up
    )


def comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether a condition becomes true within this many seconds. It is checked repeatedly."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def wait_until_up(lab: StateView, seconds: float) -> None:
    """Wait until nothing is missing. NodeError with the missing parts after this many seconds."""
    deadline = time.monotonic() + seconds
    while late := missing(lab):
        if time.monotonic() > deadline:
            raise NodeError(f"not up within {seconds:.0f} s: {'; '.join(late)}")
        time.sleep(_POLL_SECONDS)
