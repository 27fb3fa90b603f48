"""Timing: when each router notices, decides and tells, played forward from the instant of the failure.

What takes time: a detector (aws-behaviour 7.2), and bgpd's queue, which holds each decision for 50 ms (measured: 52 ms a router). A message
to a neighbor takes a millisecond. The play is run with the shortest and with the longest times.
"""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv4Network
from itertools import count, product
from typing import NamedTuple

from lab.model.plan import GATEWAY_ROLES, Role
from lab.predict.forwarding import Forwarding
from lab.predict.speakers import Session
from lab.predict.tables import KernelRoute, Network
from lab.predict.wires import Failed

_DECIDING = (0.05, 0.06)
"""Seconds from the first news to a router's new table."""
_AWS = frozenset({Role.VPN_ENDPOINT, Role.DX_DEVICE}) | GATEWAY_ROLES
_BFD = (0.6, 0.95)
"""Three packets of 300 ms, each up to a quarter early (RFC 5880 6.8.7), after the last that arrived."""
_DPD = (30.0, 60.0)
"""AWS's probe after 10 s of silence and two more, 10 s apart (1.3). On a busy tunnel the silence begins at the failure."""
_CARRIER = (0.0, 0.02)
"""Until a kernel sees that a link has lost its carrier. Packets sent meanwhile are lost, even if an equal path takes over at once."""
_LATE = 0.1
"""How late bgpd's hold timer may be."""


class Notice(NamedTuple):
    """A detector: its name, and its shortest and longest time in seconds."""

    by: str
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """An outage of one direction of a flow, in seconds. None if the flow does not come back. `by`: the detector that ended it."""

    seconds: tuple[float, float] | None
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One direction of a flow: where its packets start, and where they are to arrive."""

    source: str
    target: IPv4Address


def outages(network: Network, failed: Failed, trips: Iterable[Trip]) -> dict[Trip, Outage]:
    """The outage of each trip when some components fail at one instant in the healthy network."""
    wanted = tuple(trips)
    plays = [_Play(network, failed, wanted, pace).lost() for pace in (_Pace(*ends) for ends in product((0, 1), (0, 1)))]
    return {trip: _outage([play[trip] for play in plays]) for trip in wanted}


def _outage(losses: Sequence["_Lost"]) -> Outage:
    if not all(lost.fates[-1:] for lost in losses) or not all(any(lost.fates) for lost in losses):
        return Outage(seconds=None, by=None)
    ends = (min(lost.least for lost in losses), max(_CARRIER[1], *(lost.most for lost in losses)))
    return Outage(seconds=ends, by=losses[-1].by)


class _Pace(NamedTuple):
    """Whether the customer's and AWS's detectors take their shortest (0) or longest (1) time."""

    customer: int
    aws: int


@dataclass(slots=True)
class _Lost:
    """What a trip has lost so far, in seconds: by the best and by the worst of its equal paths. `by`: what ended the loss."""

    least: float = 0.0
    most: float = 0.0
    fates: tuple[bool, ...] = ()
    by: str | None = None


class _Play:
    """The network from the failure on. It is a view: what each router has noticed so far."""

    def __init__(self, network: Network, failed: Failed, trips: Sequence[Trip], pace: _Pace) -> None:
        self._network = network
        self._failed = failed
        self._pace = pace
        self._tables = {prefix: table.copy() for prefix, table in network.healthy.items()}
        self._noticed_sessions: set[int] = set()
        self._noticed_tunnels: set[tuple[str, str]] = set()
        self._dirty: dict[str, dict[IPv4Network, None]] = {}
        self._causes: dict[str, str] = {}
        self._events: list[tuple[float, int, Callable[[float], str | None]]] = []
        self._order = count()
        self._lost = {trip: _Lost() for trip in trips}
        self.dead = failed.nodes

    def hears(self, session: Session) -> bool:
        return session.number not in self._noticed_sessions

    def passes(self, session: Session) -> bool:
        return self._network.wires.passes(session.hop, self._failed)

    def has(self, kernel: KernelRoute) -> bool:
        hop = kernel.hop
        if hop is None:
            return True
        return (hop.node, hop.tunnel) not in self._noticed_tunnels if hop.tunnel else self._network.wires.has_carrier(hop, self._failed)

    def lost(self) -> dict[Trip, _Lost]:
        """Play to the end. Return what each trip has lost."""
        self._plan_notices()
        before = 0.0
        self._look(before, before, None)
        while self._events:
            at, _, happens = heapq.heappop(self._events)
            cause = happens(at)
            if cause:
                self._look(before, at, cause)
                before = at
        return self._lost

    def _plan_notices(self) -> None:
        for session in self._network.speakers.sessions:
            if session.hearer not in self.dead and not self.passes(session):
                notice = self._notice(session)
                self._at(notice.seconds[self._side(session.hearer)], partial(self._lose_session, session, notice.by))
        for node, routes in self._network.kernel.items():
            for tunnel in dict.fromkeys(each.hop.tunnel for each in routes if each.hop and each.hop.tunnel):
                hop = next(each.hop for each in routes if each.hop and each.hop.tunnel == tunnel)
                if node not in self.dead and not self._network.wires.passes(hop, self._failed):
                    deleted = tunnel in self._failed.tunnels
                    by, seconds = ("IKE", _CARRIER) if deleted else ("DPD", _DPD)
                    self._at(seconds[self._side(node)], partial(self._lose_tunnel, node, tunnel, by))

    def _notice(self, session: Session) -> Notice:
        """Who tells the hearer that the session is lost, and when (7.2)."""
        if not self._network.wires.has_carrier(session.hop, self._failed):
            return Notice("IKE" if session.hop.tunnel else "link", _CARRIER)
        if session.heard_as.bfd and session.told_as.bfd:
            return Notice("BFD", _BFD)
        hold = min(session.heard_as.hold, session.told_as.hold)
        return Notice("hold time", (hold - min(session.told_as.keepalive, hold / 3), hold + _LATE))

    def _side(self, node: str) -> int:
        return self._pace.aws if self._network.roles[node] in _AWS else self._pace.customer

    def _at(self, at: float, happens: Callable[[float], str | None]) -> None:
        heapq.heappush(self._events, (at, next(self._order), happens))

    def _lose_session(self, session: Session, by: str, at: float) -> str | None:
        self._noticed_sessions.add(session.number)
        for prefix, table in self._tables.items():
            if table.heard.get(session.number):
                table.heard[session.number] = ()
                self._stir(session.hearer, prefix, by, at)
        return None

    def _lose_tunnel(self, node: str, tunnel: str, by: str, at: float) -> str | None:
        self._noticed_tunnels.add((node, tunnel))
        for prefix in dict.fromkeys(each.route.prefix for each in self._network.kernel[node] if each.hop and each.hop.tunnel == tunnel):
            if prefix in self._tables and node in self._network.speakers.routers:
                self._stir(node, prefix, by, at)
        return by

    def _stir(self, router: str, prefix: IPv4Network, cause: str, at: float) -> None:
        """A router has news of a prefix. It decides when its queue has held the first news for its time."""
        if router in self.dead:
            return
        if not self._dirty.get(router):
            self._dirty[router] = {}
            self._causes[router] = cause
            self._at(at + _DECIDING[min(self._pace)], partial(self._decide, router))
        self._dirty[router][prefix] = None

    def _decide(self, router: str, at: float) -> str | None:
        prefixes, cause = self._dirty.pop(router), self._causes.pop(router)
        changed = False
        for prefix in prefixes:
            table = self._tables[prefix]
            before = table.shared(router)
            for hearer in self._network.decide(router, prefix, self, table):
                self._stir(hearer, prefix, cause, at)
            changed = changed or table.shared(router) != before
        return cause if changed else None

    def _look(self, before: float, at: float, cause: str | None) -> None:
        """Count what each trip has lost since the look before, and see whether it gets through now."""
        forwarding = Forwarding(self._network, self._tables, self._failed, self)
        for trip, lost in self._lost.items():
            if lost.fates:
                lost.least += 0.0 if any(lost.fates) else at - before
                lost.most += 0.0 if all(lost.fates) else at - before
            fates = tuple(way.arrives for way in forwarding.ways(trip.source, trip.target))
            if all(fates) and lost.fates and not all(lost.fates):
                lost.by = cause
            lost.fates = fates
