"""Timing: when each router notices a failure, decides and announces, simulated from the instant of the failure.

Two things take time: a detector (aws-behaviour 7.2), and bgpd's queue, which delays each decision by 50 ms (measured: 52 ms for each
router). A message to a neighbor takes a millisecond. The simulation runs with the shortest and with the longest times.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf
from operator import itemgetter
from typing import NamedTuple

from lab.model.plan import GATEWAY_ROLES, Role
from lab.predict.decisions import KernelRoute
from lab.predict.forwarding import Forwarding
from lab.predict.speakers import Session
from lab.predict.tables import Network, Table
from lab.predict.walks import Trip, Walked
from lab.predict.wires import Damage, Hop

_DECIDING = (0.05, 0.06)
"""Seconds from a router's first news to its new table: shortest and longest."""
_AWS = frozenset({Role.VPN_ENDPOINT, Role.DX_DEVICE}) | GATEWAY_ROLES
_BFD = (0.6, 0.95)
"""Seconds until BFD notices: three packets of 300 ms after the last one that arrived, each up to a quarter early (RFC 5880 6.8.7)."""
_DPD = (30.0, 60.0)
"""Seconds until DPD notices: AWS's probe after 10 s of silence, and two more, 10 s apart (1.3). On a busy tunnel the silence begins at the
failure.
"""
_CARRIER = (0.0, 0.02)
"""Seconds until a kernel sees that a link has lost its carrier.

Packets sent until then are lost, even if an equal path takes over at once.
"""
_LATE = 0.1
"""bgpd's hold timer may be this late, in seconds."""
_DECIMALS = 6
"""Outages are rounded to this many decimals, because sums of floats depend on their order."""


class Notice(NamedTuple):
    """A detector: its name, and its shortest and longest time in seconds."""

    by: str
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The outage of one direction of a flow. `seconds` is None if the flow does not come back. `by`: the detector that ended the outage."""

    seconds: tuple[float, float] | None
    by: str | None


def outages(network: Network, healthy: Forwarding, damage: Damage, trips: Iterable[Trip]) -> dict[Trip, Outage]:
    """The outage of each trip when some components of the healthy network fail at one instant."""
    wanted = tuple(trips)
    if not wanted:
        return {}
    failure = _Failure(network, healthy, damage, wanted)
    plays = [_Play(failure, _Pace(*ends)).lost() for ends in product((0, 1), (0, 1))]
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
    """How long a trip was out until `since`, in seconds: on the best and on the worst of its equal paths.

    `walked`: its paths from then on. `by`: the detector that ended the outage.
    """

    walked: Walked
    least: float = 0.0
    most: float = 0.0
    since: float = 0.0
    by: str | None = None

    def turn(self, walked: Walked, cause: str, at: float) -> None:
        """Note that the trip takes these paths from now on."""
        if walked is not self.walked:
            self.until(at)
            self.by = cause if all(walked.fates) and not all(self.walked.fates) else self.by
            self.walked = walked

    def until(self, at: float) -> None:
        """Add the loss since the last call."""
        self.least += 0.0 if any(self.walked.fates) else at - self.since
        self.most += 0.0 if all(self.walked.fates) else at - self.since
        self.since = at


class _Unnoticed:
    """The state of kernels that have noticed lost carriers and nothing else."""

    def __init__(self, damage: Damage) -> None:
        self.damage = damage

    def has(self, kernel: KernelRoute) -> bool:
        return kernel.hop is None or kernel.hop.tunnel is not None or kernel.hop not in self.damage.dark


class _Loss(NamedTuple):
    """A session (or without one, a tunnel) that a node will find lost, and by which detector."""

    hop: Hop
    session: Session | None
    notice: Notice
    is_aws: bool


class _Failure:
    """The instant of a failure: the paths at once, and everything that will be noticed. All simulations begin with it."""

    def __init__(self, network: Network, healthy: Forwarding, damage: Damage, trips: Sequence[Trip]) -> None:
        self.network = network
        self.damage = damage
        self.forwarding = healthy.after(network.healthy, damage, _Unnoticed(damage))
        self.walked = {trip: self.forwarding.walked(trip) for trip in trips}
        self.hosts = tuple(dict.fromkeys(trip.target for trip in trips))
        self.trips_to = tuple(tuple(trip for trip in trips if trip.target == host) for host in self.hosts)
        self.inside = tuple(tuple(place for place, host in enumerate(self.hosts) if host in prefix) for prefix in network.prefixes)
        self.losses = (*self._sessions(), *self._tunnels())

    def _sessions(self) -> Iterator[_Loss]:
        for session in self.network.speakers.sessions:
            if session.hop in self.damage.broken and session.hearer not in self.damage.dead:
                yield _Loss(session.hop, session, self._notice(session), self._is_aws(session.hearer))

    def _tunnels(self) -> Iterator[_Loss]:
        for hop in self.network.kernel_tunnels:
            if hop in self.damage.broken and hop.node not in self.damage.dead:
                notice = Notice("IKE", _CARRIER) if hop in self.damage.dark else Notice("DPD", _DPD)
                yield _Loss(hop, None, notice, self._is_aws(hop.node))

    def _notice(self, session: Session) -> Notice:
        """Which detector tells the hearer that the session is lost, and when (7.2)."""
        if session.hop in self.damage.dark and session.ends_with_link:
            return Notice("IKE" if session.hop.tunnel else "link", _CARRIER)
        if session.heard_as.bfd and session.told_as.bfd:
            return Notice("BFD", _BFD)
        hold = min(session.heard_as.hold, session.told_as.hold)
        return Notice("hold time", (hold - min(session.told_as.keepalive, hold / 3), hold + _LATE))

    def _is_aws(self, node: str) -> bool:
        return self.network.roles[node] in _AWS


class _News(NamedTuple):
    """The content of a router's queue: the changed tables, and which detector noticed the first of them."""

    cause: str
    tables: dict[Table, None]


class _Play:
    """A simulation of the network from the failure on. It knows what each router has noticed so far."""

    def __init__(self, failure: _Failure, pace: _Pace) -> None:
        self.damage = failure.damage
        self._network = failure.network
        self._failure = failure
        self._pace = pace
        self._tables = tuple(table.copy() for table in self._network.healthy)
        forwarding = failure.forwarding.after(self._tables, failure.damage, self)
        self._answers = tuple(forwarding.answers(host) for host in failure.hosts)
        self._lost_tunnels: set[Hop] = set()
        self._deciding = _DECIDING[min(pace)]
        self._due: deque[tuple[float, str]] = deque()
        self._news: dict[str, _News] = {}
        self._changed_at = 0.0
        self._lost = {trip: _Lost(walked) for trip, walked in failure.walked.items()}

    def has(self, kernel: KernelRoute) -> bool:
        hop = kernel.hop
        return hop is None or hop not in (self._lost_tunnels if hop.tunnel else self.damage.dark)

    def lost(self) -> dict[Trip, _Lost]:
        """Run the simulation to its end. Return the outage of each trip. Routers decide in the order in which they got news."""
        for at, loss in self._losses():
            self._decide_until(at)
            if loss.session:
                self._lose_session(loss.session, loss.notice.by, at)
            else:
                self._lose_tunnel(loss.hop, loss.notice.by, at)
        self._decide_until(inf)
        for lost in self._lost.values():
            lost.until(self._changed_at)
        return self._lost

    def _losses(self) -> list[tuple[float, _Loss]]:
        """When each loss is noticed, in order of time."""
        timed = [(loss.notice.seconds[self._pace[loss.is_aws]], loss) for loss in self._failure.losses]
        return sorted(timed, key=itemgetter(0))

    def _decide_until(self, end: float) -> None:
        """Let routers decide whose queues are due before `end`."""
        while self._due and self._due[0][0] < end:
            at, router = self._due.popleft()
            self._decide(router, at)

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
        self._changed(hop.node, range(len(self._answers)), by, at)

    def _stir(self, router: str, table: Table, cause: str, at: float) -> None:
        """Put news of a prefix into a router's queue. The router decides when the first news has been there for its time."""
        if router in self._news:
            self._news[router].tables[table] = None
        elif router not in self.damage.dead:
            self._news[router] = _News(cause, {table: None})
            self._due.append((at + self._deciding, router))

    def _decide(self, router: str, at: float) -> None:
        cause, tables = self._news.pop(router)
        changed = []
        for table in tables:
            before = table.decisions[router].shared
            for hearer in self._network.decide(router, self, table):
                self._stir(hearer, table, cause, at)
            if table.decisions[router].shared != before:
                changed.append(table.number)
        if changed:
            self._changed(router, {place for number in changed for place in self._failure.inside[number]}, cause, at)

    def _changed(self, node: str, places: Iterable[int], cause: str, at: float) -> None:
        """A node sends packets to some hosts another way now. Compute the paths of the trips through it again."""
        self._changed_at = at
        for place in places:
            if self._answers[place].renew(node):
                for trip in self._failure.trips_to[place]:
                    lost = self._lost[trip]
                    if node in lost.walked.nodes:
                        lost.turn(self._network.walks.walked(trip, self._answers[place]), cause, at)
