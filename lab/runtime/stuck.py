"""Free BGP sessions that FRR 10.3 would keep Idle for ever.

This happens on an overloaded host, for instance while several labs are deployed. For a neighbor in its own AS, a router first asks bfdd for
a multihop BFD session. When the router knows that the neighbor is one hop away, it asks for a session of one hop, and bfdd ends the
multihop session. If the neighbor hears of this end before its BGP session is established, the neighbor's bgpd believes that the
connection failed. It then waits for the multihop session, which no longer exists (bgp_bfd.c, `peer_active` of bgpd.c).
"""

import time
from collections.abc import Callable
from typing import Protocol

from lab.model.bgp import BgpSession
from lab.model.ip import Address
from lab.model.status import SessionStatus
from lab.runtime.capabilities import Planned

_STUCK_SECONDS = 8.0
"""A session that is Idle for so long is stuck. BFD is up within three seconds on an idle host."""

_LOOK_SECONDS = 1.0


class Sessions(Planned, Protocol):
    """The BGP sessions of a lab."""

    def bgp_states(self) -> tuple[SessionStatus, ...]:
        """The state of every planned session."""
        ...

    def ask_for_bfd(self, session: BgpSession) -> None:
        """Let the session's router ask bfdd for BFD again."""
        ...


class Stuck:
    """The sessions of a lab that are stuck. Call `free` repeatedly while you wait for the lab. `clock` gives seconds."""

    def __init__(self, lab: Sessions, clock: Callable[[], float] = time.monotonic) -> None:
        self._lab = lab
        self._clock = clock
        self._idle: dict[tuple[str, Address], float] = {}
        self._next = clock()

    def free(self) -> None:
        """Let bgpd ask for BFD again, for each session that is stuck. Looks at most once a second."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _LOOK_SECONDS
        idle = {(state.node, state.neighbor) for state in self._lab.bgp_states() if state.state == "Idle"}
        self._idle = {each: self._idle.get(each, now) for each in idle}
        for session in self._lab.plan.sessions:
            since = self._idle.get((session.node, session.neighbor), now)
            if now - since > _STUCK_SECONDS and self._has_bfd(session.node, session.neighbor):
                self._lab.ask_for_bfd(session)
                self._idle[session.node, session.neighbor] = now

    def _has_bfd(self, node: str, neighbor: Address) -> bool:
        router = self._lab.plan.node(node).router
        return router is not None and any(each.address == neighbor and each.bfd for each in router.neighbors)
