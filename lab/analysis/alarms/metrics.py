"""AWS's metrics as a customer would see them, computed from the events of a check.

The events lack two things:

- AWS's own view of a node that a fault has killed. We assume that a dead Direct Connect device sends no samples, and that AWS shows a
  tunnel with a dead endpoint as down.
- The number of accepted prefixes. We take the number of the site's prefixes, and 0 while the session is down or the site withdraws them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from math import inf

from lab.analysis.alarms.history import History, Spell, Value, history
from lab.model.alarm import TUNNEL, VIF_ID, VPN_ID, Alarm, Metric
from lab.model.bgp import BgpSession
from lab.model.event import Event, FaultEnded, FaultStarted, Noticed
from lab.model.evidence import TimelineEvent
from lab.model.plan import Plan, Role
from lab.model.tunnel import Tunnel

_NEIGHBOR = re.compile(r"neighbor (\S+)(?: \(([\d.]+)\))? (up|down)")
_DEAD = ("node-kill", "node-restart")
"""The kinds of fault that kill a whole node."""

_Told = Callable[[TimelineEvent], bool | None]
"""A function of an event. True: a thing is up. False: the thing is down. None: the event says nothing about the thing."""


def series(plan: Plan, events: Sequence[Event], alarm: Alarm) -> tuple[History, ...]:
    """The values of an alarm's metric over time: one history for each tunnel, connection or virtual interface of the alarm."""
    named = dict(alarm.dimensions)
    match alarm.metric:
        case Metric.TUNNEL_STATE:
            wanted = [tunnel for tunnel in plan.tunnels if tunnel.connection == named[VPN_ID]]
            wanted = [tunnel for tunnel in wanted if named.get(TUNNEL, tunnel.name) == tunnel.name]
            return tuple(_tunnel(plan, events, tunnel) for tunnel in wanted)
        case Metric.CONNECTION_STATE:
            return (_connection(plan, events, named[alarm.metric.dimension]),)
        case Metric.BGP_STATUS:
            session = plan.target(named[VIF_ID]).sessions[0]
            return (_with_dead(events, session.node, 1.0, [(spell, 0.0) for spell in _session_down(events, session)]),)
        case Metric.PREFIXES_ACCEPTED:
            return (_prefixes(plan, events, named[VIF_ID]),)


def _tunnel(plan: Plan, events: Sequence[Event], tunnel: Tunnel) -> History:
    """The metric `TunnelState`: 1 if BGP is established, or for a static VPN, if IPsec is up (Site-to-Site VPN User Guide)."""
    aws, customer = tunnel.aws.node, tunnel.customer.node
    session = next((each for each in plan.target(tunnel.connection).sessions if each.node == aws), None)
    if session:
        down = _session_down(events, session)
    else:
        down = _of_both_ends(_spells(events, _ipsec(tunnel, aws)), _spells(events, _ipsec(tunnel, customer)))
    return history(1.0, [(spell, 0.0) for spell in (*down, *_dead(events, aws))])


def _connection(plan: Plan, events: Sequence[Event], name: str) -> History:
    """The metric `ConnectionState`: 1 while every port of AWS to the circuit has light (Direct Connect User Guide)."""
    ends = [pair for link in plan.links for pair in ((link.a, link.b), (link.b, link.a))]
    ports = [end for end, other in ends if other.node == name and plan.node(end.node).role is Role.DX_DEVICE]
    down = [(spell, 0.0) for port in ports for spell in _spells(events, _port(port.node, port.interface))]
    return _with_dead(events, ports[0].node, 1.0, down) if ports else history(1.0, ())  # a connection without a virtual interface


def _prefixes(plan: Plan, events: Sequence[Event], vif: str) -> History:
    """The number of the site's prefixes that AWS accepts: 0 while the session is down, or while the site withdraws its prefixes."""
    session = plan.target(vif).sessions[0]
    place = plan.node(session.neighbor_node).place
    routers = (node.router for node in plan.nodes if node.role is Role.CORE and node.place == place)
    networks = [network.prefix for router in routers if router for network in router.networks]
    usual = float(sum(prefix.version == session.neighbor.version for prefix in networks))
    down = [*_session_down(events, session), *_withdrawn(plan, events, session)]
    return _with_dead(events, session.node, usual, [(spell, 0.0) for spell in down])


def _withdrawn(plan: Plan, events: Sequence[Event], session: BgpSession) -> Iterator[Spell]:
    for started, spell in _faults(events):
        outlets = plan.target(started.target).outlets if started.kind == "prefix-withdrawal" else ()
        if any(session in outlet.sessions for outlet in outlets):
            yield spell


def _with_dead(events: Sequence[Event], node: str, usual: float, lower: Sequence[tuple[Spell, Value]]) -> History:
    """A metric with its usual value and its lower ones, but without samples while AWS's node is dead."""
    dead: list[tuple[Spell, Value]] = [(spell, None) for spell in _dead(events, node)]
    return history(usual, [*dead, *lower])


def _dead(events: Sequence[Event], node: str) -> Iterator[Spell]:
    yield from (spell for started, spell in _faults(events) if started.kind in _DEAD and node in started.breaks.nodes)


def _faults(events: Sequence[Event]) -> Iterator[tuple[FaultStarted, Spell]]:
    ended = {event.step: event.before for event in events if isinstance(event, FaultEnded)}
    for event in events:
        if isinstance(event, FaultStarted):
            yield event, (event.before, ended.get(event.step, inf))


def _session_down(events: Sequence[Event], session: BgpSession) -> list[Spell]:
    aws = _spells(events, _neighbor(session.node, session.neighbor_node, str(session.neighbor)))
    return _of_both_ends(aws, _spells(events, _neighbor(session.neighbor_node, session.node, "")))


def _of_both_ends(aws: list[Spell], customer: list[Spell]) -> list[Spell]:
    """The spells that AWS's router saw. For a spell that it missed, for instance because its daemon was dead: the customer's router."""
    unseen = [(begin, end) for begin, end in customer if not any(first < end and begin < last for first, last in aws)]
    return sorted([*aws, *unseen])


def _spells(events: Sequence[Event], told: _Told) -> list[Spell]:
    """The spells of time in which a thing was down. The end of a spell is `inf` if the thing was still down after the last event."""
    spells: list[Spell] = []
    begin: float | None = None
    heard = (event.event for event in events if isinstance(event, Noticed))
    for event in sorted(heard, key=lambda event: event.at):
        is_up = told(event)
        if is_up is False and begin is None:
            begin = event.at
        elif is_up and begin is not None:
            spells.append((begin, event.at))
            begin = None
    return spells if begin is None else [*spells, (begin, inf)]


def _neighbor(node: str, neighbor: str, address: str) -> _Told:
    """The state of a BGP session, as this router logs it. If the router has several sessions with the neighbor, its log has the address."""

    def told(event: TimelineEvent) -> bool | None:
        said = _NEIGHBOR.match(event.what) if event.node == node and event.source == "bgp" else None
        if said is None or said[1] != neighbor or said[2] not in {None, address}:
            return None
        return said[3] == "up"

    return told


def _port(node: str, interface: str) -> _Told:
    def told(event: TimelineEvent) -> bool | None:
        is_its = event.node == node and event.source == "link" and event.what in {f"{interface} up", f"{interface} down"}
        return event.what.endswith(" up") if is_its else None

    return told


def _ipsec(tunnel: Tunnel, node: str) -> _Told:
    def told(event: TimelineEvent) -> bool | None:
        if event.node != node or event.source != "ike" or not event.what.startswith(f"{tunnel.name}: "):
            return None
        if event.lost == tunnel.name or "no answer" in event.what:
            return False
        return True if event.what.endswith("child SA established") else None

    return told
