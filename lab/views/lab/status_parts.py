"""Parts of a lab's status: differences from its plan, what is still converging, and all details."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from lab.model.status import LabStatus, Moving, SessionStatus, TunnelStatus, Unsettled
from lab.views.plain_text import plain
from lab.views.report.words import ARROWS

ALARM = "bold red"
_WRONG_KEY = "never up: its key is wrong, as the topology says"
ESTABLISHED = "Established"

_NAMED = 3
_WORDS: dict[Moving, tuple[str, str]] = {
    "fault": ("what differs at", "what differs at"),
    "session": ("session", "sessions"),
    "tunnel": ("tunnel", "tunnels"),
    "route": ("routes of", "routes of"),
    "flow": ("flow", "flows"),
}


def differences_of(status: LabStatus) -> Iterator[tuple[Text, ...]]:
    """Faults of `lab-break` first, then the other differences from the plan. Differences that only follow from these are left out."""
    for fault in status.faults:
        yield Text("by hand"), Text.assemble((str(fault), "red"), f", since {_instant(fault.since)}")
    for difference in status.differences:
        if not difference.learned:
            yield Text(difference.place), Text.assemble((difference.found, "red"), f", planned: {difference.planned}")


def actions_of(status: LabStatus, most: int | None) -> Iterator[tuple[Text, ...]]:
    """What automations did, in order. At most the last `most` actions, all if None."""
    for action in status.actions[-most:] if most else status.actions:
        yield Text(_instant(action.at)), Text(plain(action.what))


def unsettled_lines(unsettled: Sequence[Unsettled]) -> Iterator[str]:
    """A line for what changed while the lab was read twice, and a line for what is not healthy although no fault is in force."""
    moving = [each for each in unsettled if each.changed]
    if moving:
        yield f"converging, look again: {_listed(moving)} changed while we looked"
    late = [each for each in unsettled if not each.changed]
    if late:
        yield f"converging: no fault in force, but not yet as before: {_listed(late)}"


def tunnel_words(tunnels: Sequence[TunnelStatus], never_up: Sequence[str]) -> Iterator[tuple[Text, ...]]:
    """The tunnels that are not up, with their states. All tunnels with the same state are on one line."""
    down = [tunnel for tunnel in tunnels if not tunnel.up]
    for state in dict.fromkeys(map(_state, down)):
        yield Text(", ".join(each.tunnel for each in down if _state(each) == state)), Text(state, ALARM)
    yield from ((Text(each), Text(_WRONG_KEY, "dim")) for each in never_up)


def in_full(status: LabStatus) -> Iterator[tuple[str, str, Iterator[tuple[Text, ...]]]]:
    """All details of a lab: nodes with all addresses, sessions, tunnels, routes. Each part has a title, a number of things, and rows."""
    yield "nodes", "planned addresses", _nodes(status)
    up = sum(session.state == ESTABLISHED for session in status.sessions)
    yield "sessions", f"{up} of {len(status.sessions)} Established, each counted at both ends", _sessions(status.sessions)
    up = sum(tunnel.up for tunnel in status.tunnels)
    yield "tunnels", f"{up} of {len(status.tunnels)} with IKE SA and child SA", _tunnels(status)
    others = "" if status.other_routes is None else f", {status.other_routes} different from the healthy lab"
    yield "routes", f"{len(status.routes)} learned by BGP{others}", _routes(status)


def _instant(written: str) -> str:
    """An instant (ISO 8601, UTC) for people, in whole seconds."""
    return f"{written.replace('T', ' ').partition('.')[0]} UTC"


def _listed(unsettled: Sequence[Unsettled]) -> str:
    parts = []
    for what, (one, several) in _WORDS.items():
        names = [_named(each) for each in unsettled if each.what == what]
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            parts.append(f"{one if len(names) == 1 else several} {', '.join(names[:_NAMED])}{more}")
    return "; ".join(parts)


def _named(unsettled: Unsettled) -> str:
    if unsettled.what != "flow":
        return unsettled.name
    flow, _, direction = unsettled.name.rpartition(" ")
    return f"{flow} {ARROWS['forward' if direction == 'forward' else 'reverse']}"


def _state(tunnel: TunnelStatus) -> str:
    return f"IKE SA {tunnel.ike or 'missing'}, child SA {tunnel.child or 'missing'}"


def _nodes(status: LabStatus) -> Iterator[tuple[Text, ...]]:
    for each in status.inventory:
        addresses = ", ".join(f"{address.interface} {address.address}" for address in each.addresses)
        trouble = (f"{each.trouble}; " if addresses else each.trouble, ALARM) if each.trouble else ("", "")
        yield Text(each.node), Text(each.role), Text.assemble(trouble, addresses)


def _sessions(sessions: Sequence[SessionStatus]) -> Iterator[tuple[Text, ...]]:
    """One line for each session. Only the first line of each node has the name of the node."""
    previous = ""
    for session in sessions:
        node = "" if session.node == previous else session.node
        previous = session.node
        yield Text(node), Text(session.neighbor_node), Text(str(session.neighbor)), Text(session.state, "" if _up(session) else ALARM)


def _up(session: SessionStatus) -> bool:
    return session.state == ESTABLISHED


def _tunnels(status: LabStatus) -> Iterator[tuple[Text, ...]]:
    for tunnel in status.tunnels:
        yield Text(tunnel.tunnel), Text(_state(tunnel), "" if tunnel.up else ALARM)
    yield from ((Text(each), Text(_WRONG_KEY, "dim")) for each in status.never_up)


def _routes(status: LabStatus) -> Iterator[tuple[Text, ...]]:
    """One line for each route. Only the first line of each node has the name of the node."""
    previous = ""
    for route in status.routes:
        node = "" if route.node == previous else route.node
        previous = route.node
        hops = Text(", ".join(route.via) or "no next hop", "" if route.via else ALARM)
        yield Text(node), Text(str(route.prefix)), Text.assemble("via ", hops)
