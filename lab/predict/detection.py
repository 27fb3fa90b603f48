"""Detection: what a failure breaks at its instant, which detectors notice it, and after how many seconds (aws-behaviour 7.2)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lab.model.ip import Address
from lab.model.plan import GATEWAY_ROLES, Role
from lab.model.router import Bfd
from lab.predict.conversations import Talk
from lab.predict.decisions import KernelRoute
from lab.predict.forwarding import Forwarding
from lab.predict.network import Network
from lab.predict.speakers import Session
from lab.predict.tables import Tables
from lab.predict.walks import Trip
from lab.predict.wires import Damage, Hop

CARRIER = (0.0, 0.02)
"""Seconds until a kernel sees that a link has lost its carrier.

Packets sent until then are lost, even if an equal path takes over at once.
"""
_AWS = frozenset({Role.VPN_ENDPOINT, Role.DX_DEVICE, Role.VPC_ROUTER}) | GATEWAY_ROLES
_BFD_LATE_MS = 50
"""bfdd may notice this late, in milliseconds."""
_DPD = (-10.0, 20.0)
"""Seconds by which DPD may notice earlier or later than its time-out (aws-behaviour 1.3): by default it probes after 10 s of silence, and
twice more, 10 s apart. On a busy tunnel the silence begins at the failure.
"""
_LATE = 0.1
"""bgpd's hold timer may be this late, in seconds."""


class Notice(NamedTuple):
    """A detector by its name, and the shortest and the longest time in seconds until it notices.

    `kept`: so many seconds before, the session has ended, but graceful restart has kept its routes (RFC 4724).
    """

    by: str
    seconds: tuple[float, float]
    kept: int = 0


class Loss(NamedTuple):
    """A lost session, or if `session` is None, a lost tunnel.

    The node at one end will notice the loss. `is_aws`: this node belongs to AWS.
    """

    hop: Hop
    session: Session | None
    notice: Notice
    is_aws: bool


def silent(session: Session) -> Notice:
    """The detector that ends a session whose packets no longer arrive, and its times. A slow BFD may be later than the hold time."""
    here, there = session.at_receiver, session.at_sender
    kept = (there.restart_time or 0) if here.restart_time is not None else 0
    hold = min(here.hold, there.hold)
    until_hold = (hold - min(there.keepalive, hold / 3), hold + _LATE)
    if here.bfd and there.bfd and not (here.bfd.checks_control_plane and kept):
        until_bfd = _until_bfd(here.bfd, there.bfd)
        if until_bfd[1] <= until_hold[1]:
            return Notice("BFD", (min(until_bfd[0], until_hold[0]), until_bfd[1]))
    seconds = (until_hold[0] + kept, until_hold[1] + kept)
    return Notice("restart time" if kept else "hold time", seconds, kept)


class Failure:
    """The instant at which components of the healthy network fail. Each simulation begins with it.

    - `forwarding`: where each node sends packets before any detector has noticed the failure
    - `talk`: the paths of each direction of each flow (`Trip`) at that time, and what firewalls have seen
    - `walked`: the same paths, with what firewalls do to them
    - `losses`: every lost session and tunnel, once for each node that will notice
    - `hosts`: the destinations of all flow directions. `trips_to`: for each host in `hosts`, the flow directions to this host
    - `inside`: for each prefix of the network that contains such hosts, these hosts, each given as its place in `hosts`
    - `groups`: the prefixes to which a router loses a route. Those that may be alike are in one group.
    """

    def __init__(self, network: Network, forwarding: Forwarding, talk: Talk, tables: Tables) -> None:
        """`tables`: those of the end, when every router has noticed the failure."""
        self.network = network
        self.damage = forwarding.damage
        self.forwarding = forwarding
        self.talk = talk
        self.walked = {trip: talk.now(trip) for trip in talk.raw}
        to: dict[Address, list[Trip]] = {}
        for trip in talk.raw:
            to.setdefault(trip.target, []).append(trip)
        self.hosts, self.trips_to = tuple(to), tuple(to.values())
        self.inside: dict[int, list[int]] = {}
        for place, host in enumerate(self.hosts):
            for number in network.around(host):
                self.inside.setdefault(number, []).append(place)
        self.groups = sorted(tables.groups.values())
        self.losses = (*self._sessions(tables.lost), *self._tunnels())

    def _sessions(self, lost: Iterable[Session]) -> Iterator[Loss]:
        for session in lost:
            if session.receiver not in self.damage.dead:
                yield Loss(session.hop, session, self._notice(session), self._is_aws(session.receiver))

    def _tunnels(self) -> Iterator[Loss]:
        for hop in sorted(self.damage.broken & self.network.kernel_tunnels.keys(), key=self.network.kernel_tunnels.__getitem__):
            notice = Notice("IKE", CARRIER) if hop in self.damage.dark else _silence_of(hop)
            if notice and hop.node not in self.damage.dead:
                yield Loss(hop, None, notice, self._is_aws(hop.node))

    def _notice(self, session: Session) -> Notice:
        """The detector by which the receiver notices that the session is lost, and its times (aws-behaviour 7.2)."""
        if session.hop in self.damage.dark and session.ends_with_link:
            return Notice("IKE" if session.hop.tunnel else "link", CARRIER)
        return silent(session)

    def _is_aws(self, node: str) -> bool:
        return self.network.roles[node] in _AWS


def _silence_of(hop: Hop) -> Notice | None:
    """When an end of a tunnel notices that the other end is silent. None: it never does."""
    return Notice("DPD", (hop.dead_after + _DPD[0], hop.dead_after + _DPD[1])) if hop.dead_after else None


def _until_bfd(here: Bfd, there: Bfd) -> tuple[float, float]:
    """Seconds until BFD notices: the sender's multiplier times the slower interval, after the last packet that arrived (RFC 5880 6.8.4)."""
    interval = max(here.interval, there.interval)
    return (there.multiplier - 1) * interval / 1000, (there.multiplier * interval + _BFD_LATE_MS) / 1000


class Noticed:
    """A state during a failure: the kernels have noticed every lost carrier, and of the lost tunnels only those in `tunnels`."""

    def __init__(self, damage: Damage) -> None:
        self.damage = damage
        self.tunnels: set[Hop] = set()

    def has(self, kernel: KernelRoute) -> bool:
        hop = kernel.hop
        return hop is None or hop not in (self.tunnels if hop.tunnel else self.damage.dark)
