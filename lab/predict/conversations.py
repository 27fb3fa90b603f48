"""Conversations: what firewalls that keep state let through.

A firewall drops replies of a flow whose start it has not seen. What it has seen once, it lets through as long as packets come: the kernel
forgets a flow only after two minutes of silence. A flow that moves to another firewall with both directions begins anew there. (Probes are
UDP. A TCP connection that moves is dropped, and must be opened again.)
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lab.model.direction import DIRECTIONS, Direction
from lab.model.flow import Flow
from lab.model.plan import Plan
from lab.predict.walks import Trip, Walked, Way


class Seen(NamedTuple):
    """The firewalls that have seen the start of a flow: those that surely have, and those that may have, because equal paths share."""

    surely: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()

    def also(self, other: "Seen") -> "Seen":
        return Seen(self.surely | other.surely, self.perhaps | other.perhaps)


class Conversations:
    """The directions of all flows of a plan, which is the reply to which, and the firewalls between them."""

    def __init__(self, plan: Plan) -> None:
        self.trips = [(flow, direction, _trip(flow, direction)) for flow in plan.flows for direction in DIRECTIONS]
        """Each direction of each flow. The two of a flow are neighbors, the forward one first."""
        self._firewalls = frozenset(node.name for node in plan.nodes if node.is_stateful)
        both = [trip for _, _, trip in self.trips] if self._firewalls else []
        self._asks = dict(zip(both[1::2], both[::2], strict=True))
        self._answered_by = {forward: reverse for reverse, forward in self._asks.items()}

    @property
    def keep_state(self) -> bool:
        """Whether there is a firewall, so that what becomes of one direction of a flow depends on the other one."""
        return bool(self._firewalls)

    def partner(self, trip: Trip) -> Trip | None:
        """The other direction of the flow. None if no firewall of the plan keeps state: then the directions do not depend on each other."""
        return self._asks.get(trip) or self._answered_by.get(trip)

    def seen_on(self, walked: Walked) -> Seen:
        """The firewalls that see the start of a flow whose forward packets take these paths."""
        each = [self._firewalls.intersection(way.nodes) for way in walked.ways]
        return Seen(frozenset.intersection(*each), frozenset[str]().union(*each))

    def let_through(self, walked: Walked, seen: Seen) -> Walked:
        """The paths of replies, cut where a firewall drops them. A path is there twice if it is not sure that the firewall does."""
        ways = tuple(each for way in walked.ways for each in self._each(way, seen))
        return walked if ways == walked.ways else Walked(ways, tuple(way.arrives for way in ways), walked.nodes)

    def talk(self, before: Mapping[Trip, Walked], now: Mapping[Trip, Walked]) -> "Talk":
        """The talk in a network in which packets went on the paths `before` and then on the paths `now`."""
        asked = {trip: self._asks[trip] for trip in now if trip in self._asks}
        return Talk(self, now, {trip: self.seen_on(before[each]).also(self.seen_on(now[each])) for trip, each in asked.items()})

    def _each(self, way: Way, seen: Seen) -> Iterator[Way]:
        passed = self._firewalls.intersection(way.nodes)
        if passed <= seen.perhaps:
            yield way
        if not passed <= seen.surely and way.arrives:
            first = next(place for place, node in enumerate(way.nodes) if node in passed - seen.surely)
            yield way._replace(nodes=way.nodes[: first + 1], arrives=False)


class Talk:
    """The paths of both directions of all flows in one simulation. Firewalls remember what they have seen since the failure and before."""

    def __init__(self, conversations: Conversations, raw: Mapping[Trip, Walked], seen: Mapping[Trip, Seen]) -> None:
        """`raw`: the paths of each direction, without what firewalls do. `seen`: for each reply, what has been seen of its flow's start."""
        self._conversations = conversations
        self.raw = dict(raw)
        self._seen = dict(seen)

    def copy(self) -> "Talk":
        return Talk(self._conversations, self.raw, self._seen)

    def all(self) -> dict[Trip, Walked]:
        """The paths of all directions, with what firewalls do to them."""
        return {trip: self.now(trip) for trip in self.raw}

    def dropped_by(self, trip: Trip) -> tuple[str, ...]:
        """The firewalls that drop packets of a direction on their way, or may."""
        ends = (way.nodes[-1] for way in self.now(trip).ways if not way.arrives)
        return tuple(dict.fromkeys(node for node in ends if node not in {way.nodes[-1] for way in self.raw[trip].ways}))

    def now(self, trip: Trip) -> Walked:
        """The paths of a direction, with what firewalls do to them."""
        return self._conversations.let_through(self.raw[trip], self._seen[trip]) if trip in self._seen else self.raw[trip]

    def turned(self, trip: Trip, walked: Walked) -> tuple[Trip, ...]:
        """Let a direction take other paths. Return the directions whose packets now fare differently, or may."""
        self.raw[trip] = walked
        partner = self._conversations.partner(trip)
        if partner is None or partner not in self._seen:
            return (trip,)
        self._seen[partner] = self._seen[partner].also(self._conversations.seen_on(walked))
        return (trip, partner)


def _trip(flow: Flow, direction: Direction) -> Trip:
    source, target = (flow.source, flow.target) if direction == "forward" else (flow.target, flow.source)
    return Trip(source=source.node, target=target.address)
