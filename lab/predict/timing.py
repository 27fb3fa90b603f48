"""Timing: when each router notices, decides and tells, played forward from the instant of the failure.

What takes time: a detector (aws-behaviour 7.2), and bgpd's queue, which holds each decision for 50 ms (measured: 52 ms a router). A message
to a neighbor takes a millisecond. The play is run with the shortest and with the longest times.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network
from itertools import count, product
from typing import NamedTuple

from lab.model.plan import GATEWAY_ROLES, Role
from lab.predict.forwarding import Forwarding
from lab.predict.speakers import Session
from lab.predict.tables import KernelRoute, Network, Table
from lab.predict.walks import Trip, Walked
from lab.predict.wires import Damage, Hop

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
_DECIMALS = 6
"""Of an outage's seconds. The sums of binary fractions differ after them, by the order in which they are added."""


class Notice(NamedTuple):
    """A detector: its name, and its shortest and longest time in seconds."""

    by: str
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """An outage of one direction of a flow, in seconds. None if the flow does not come back. `by`: the detector that ended it."""

    seconds: tuple[float, float] | None
    by: str | None


def outages(network: Network, damage: Damage, trips: Iterable[Trip]) -> dict[Trip, Outage]:
    """The outage of each trip when some components fail at one instant in the healthy network."""
    wanted = tuple(trips)
    if not wanted:
        return {}
    plays = [_Play(network, damage, wanted, pace).lost() for pace in (_Pace(*ends) for ends in product((0, 1), (0, 1)))]
    return {trip: _outage([play[trip] for play in plays]) for trip in wanted}


def _outage(losses: Sequence["_Lost"]) -> Outage:
    if not all(any(lost.walked.fates) for lost in losses):
        return Outage(seconds=None, by=None)
    ends = (min(lost.least for lost in losses), max(_CARRIER[1], *(lost.most for lost in losses)))
    return Outage(seconds=(round(ends[0], _DECIMALS), round(ends[1], _DECIMALS)), by=losses[-1].by)


class _Pace(NamedTuple):
    """Whether the customer's and AWS's detectors take their shortest (0) or longest (1) time."""

    customer: int
    aws: int


@dataclass(slots=True)
class _Lost:
    """What a trip has lost until `since`, in seconds: by the best and by the worst of its equal paths. `by`: what ended the loss.

    `walked`: where it goes from then on.
    """

    walked: Walked
    least: float = 0.0
    most: float = 0.0
    since: float = 0.0
    by: str | None = None

    def until(self, at: float) -> None:
        """Count what was lost since."""
        self.least += 0.0 if any(self.walked.fates) else at - self.since
        self.most += 0.0 if all(self.walked.fates) else at - self.since
        self.since = at


class _Play:
    """The network from the failure on. It is a view: what each router has noticed so far."""

    def __init__(self, network: Network, damage: Damage, trips: Sequence[Trip], pace: _Pace) -> None:
        self.damage = damage
        self._network = network
        self._pace = pace
        self._tables = tuple(table.copy() for table in network.healthy)
        self._forwarding = Forwarding(network, self._tables, damage, self)
        self._lost_tunnels: set[Hop] = set()
        self._dirty: dict[str, dict[Table, None]] = {}
        self._causes: dict[str, str] = {}
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()
        self._changed_at = 0.0
        self._lost = {trip: _Lost(self._forwarding.walked(trip)) for trip in trips}

    def has(self, kernel: KernelRoute) -> bool:
        hop = kernel.hop
        return hop is None or hop not in (self._lost_tunnels if hop.tunnel else self.damage.dark)

    def lost(self) -> dict[Trip, _Lost]:
        """Play to the end. Return what each trip has lost."""
        self._plan_notices()
        while self._events:
            at, _, happens = heapq.heappop(self._events)
            happens(at)
        for lost in self._lost.values():
            lost.until(self._changed_at)
        return self._lost

    def _plan_notices(self) -> None:
        for session in self._network.speakers.sessions:
            if session.hop in self.damage.broken and session.hearer not in self.damage.dead:
                notice = self._notice(session)
                self._at(notice.seconds[self._side(session.hearer)], partial(self._lose_session, session, notice.by))
        for node, routes in self._network.kernel.items():
            for hop in dict.fromkeys(each.hop for each in routes if each.hop and each.hop.tunnel):
                if node not in self.damage.dead and hop in self.damage.broken:
                    by, seconds = ("IKE", _CARRIER) if hop in self.damage.dark else ("DPD", _DPD)
                    self._at(seconds[self._side(node)], partial(self._lose_tunnel, hop, by))

    def _notice(self, session: Session) -> Notice:
        """Who tells the hearer that the session is lost, and when (7.2)."""
        if session.hop in self.damage.dark:
            return Notice("IKE" if session.hop.tunnel else "link", _CARRIER)
        if session.heard_as.bfd and session.told_as.bfd:
            return Notice("BFD", _BFD)
        hold = min(session.heard_as.hold, session.told_as.hold)
        return Notice("hold time", (hold - min(session.told_as.keepalive, hold / 3), hold + _LATE))

    def _side(self, node: str) -> int:
        return self._pace.aws if self._network.roles[node] in _AWS else self._pace.customer

    def _at(self, at: float, happens: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (at, next(self._order), happens))

    def _lose_session(self, session: Session, by: str, at: float) -> None:
        for table in self._tables:
            if table.lose(session):
                self._stir(session.hearer, table, by, at)

    def _lose_tunnel(self, hop: Hop, by: str, at: float) -> None:
        self._lost_tunnels.add(hop)
        lost = {each.route.prefix for each in self._network.kernel[hop.node] if each.hop is hop}
        if hop.node in self._network.speakers.routers:
            for table in self._tables:
                if table.prefix in lost:
                    self._stir(hop.node, table, by, at)
        self._changed(hop.node, lost, by, at)

    def _stir(self, router: str, table: Table, cause: str, at: float) -> None:
        """A router has news of a prefix. It decides when its queue has held the first news for its time."""
        if router in self.damage.dead:
            return
        if router not in self._dirty:
            self._dirty[router] = {}
            self._causes[router] = cause
            self._at(at + _DECIDING[min(self._pace)], partial(self._decide, router))
        self._dirty[router][table] = None

    def _decide(self, router: str, at: float) -> None:
        tables, cause = self._dirty.pop(router), self._causes.pop(router)
        changed = []
        for table in tables:
            before = table.decisions[router].shared
            for hearer in self._network.decide(router, self, table):
                self._stir(hearer, table, cause, at)
            if table.decisions[router].shared != before:
                changed.append(table.prefix)
        if changed:
            self._changed(router, changed, cause, at)

    def _changed(self, node: str, prefixes: Collection[IPv4Network], cause: str, at: float) -> None:
        """A node sends packets to some prefixes another way now. Look at the trips that pass it."""
        self._changed_at = at
        for trip, lost in self._lost.items():
            if node in lost.walked.nodes and any(trip.target in prefix for prefix in prefixes):
                walked = self._forwarding.walked(trip)
                if walked is not lost.walked:
                    lost.until(at)
                    lost.by = cause if all(walked.fates) and not all(lost.walked.fates) else lost.by
                    lost.walked = walked
