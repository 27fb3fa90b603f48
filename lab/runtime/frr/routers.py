"""Change the configuration of running FRR routers, and compare it with the configuration that they had at their start."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from lab.errors import NodeError
from lab.model.bgp import Announcement, BgpSession
from lab.model.change import Announced, MedShown, Redressed, RouterChange, SessionShut, Withheld
from lab.model.ip import Address, Prefix
from lab.model.router import RouteMapEntry
from lab.model.status import SessionStatus
from lab.runtime.frr import vty

_EXTRA = "BEYOND-PLAN"
_HELD_BACK = "HELD-BACK"
_WITHHOLDING, _LETTING_OUT = 1, 5
"""Numbers of route-map entries before all entries of a plan. Withholding comes first, so it also stops additional announcements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """The lines for bgpd that make a change, and those that undo it."""

    lines: tuple[str, ...]
    undo: tuple[str, ...]


def change(pid: int, order: RouterChange) -> None:
    """Make a change. bgpd tells its neighbors at once. Raises NodeError if bgpd refuses."""
    objections = vty.configure(pid, "bgpd", list(spelled(order).lines))
    if objections:
        raise NodeError(f"bgpd of {order.node} refuses the change: {objections}")


def restore(pid: int, order: RouterChange) -> None:
    """Undo `change`. Works also if bgpd has made only a part of the change."""
    vty.configure(pid, "bgpd", list(spelled(order).undo))


def clear(pid: int, session: BgpSession) -> None:
    """Restart a session, also one that was closed for too many prefixes."""
    vty.configure(pid, "bgpd", ["end", f"clear bgp {session.neighbor}"])


def ask_for_bfd(pid: int, session: BgpSession) -> None:
    """Let bgpd forget the session's BFD, and ask bfdd for it again."""
    bfd = f"neighbor {session.neighbor} bfd"
    vty.configure(pid, "bgpd", [f"router bgp {session.asn}", f"no {bfd}", bfd])


def states(sessions: Sequence[BgpSession], pid: Callable[[str], int], silent: Collection[str] = ()) -> tuple[SessionStatus, ...]:
    """The state of every session, in FRR's words. `pid` gives the process id of a node's first process. Nodes in `silent` are not asked."""
    nodes = dict.fromkeys(session.node for session in sessions)
    families = {node: {session.neighbor.version for session in sessions if session.node == node} for node in nodes}
    told = {node: {} if node in silent else _states_at(pid(node), families[node]) for node in nodes}
    return tuple(
        SessionStatus(
            node=session.node,
            neighbor=session.neighbor,
            neighbor_node=session.neighbor_node,
            state=told[session.node].get(str(session.neighbor), "bgpd does not answer"),
        )
        for session in sessions
    )


def _states_at(pid: int, families: Iterable[int]) -> dict[str, str]:
    """FRR's state of each session of a router, by neighbor address. {} if bgpd does not answer."""
    found: dict[str, str] = {}
    for family in sorted(families):
        try:
            peers = vty.ask(pid, "bgpd", f"show bgp ipv{family} unicast summary json").get("peers", {})
        except NodeError:
            return {}
        found |= {address: str(peer["state"]) for address, peer in peers.items()} if isinstance(peers, dict) else {}
    return found


def configuration(pid: int) -> str:
    """bgpd's present configuration. Raises NodeError if it does not answer."""
    return vty.say(pid, "bgpd", ["show running-config"])


def spelled(order: RouterChange) -> Spelled:
    """The change as lines of bgpd's configuration."""
    match order:
        case SessionShut(session=session):
            lines = (f"router bgp {session.asn}", f"neighbor {session.neighbor} shutdown")
            return Spelled(lines=lines, undo=(lines[0], f"no {lines[1]}"))
        case Announced(announcement=announcement):
            return _announced(announcement)
        case Withheld():
            return _withheld(order)
        case Redressed(outlet=outlet, entries=entries):
            told = _refreshed(outlet.neighbors)
            undo = (f"no {_head(entry)}" for entry in entries)
            return Spelled(lines=(*(line for entry in entries for line in _entry(entry)), *told), undo=(*undo, *told))
        case MedShown(planned=planned, med=med):
            entry, told = f"route-map {planned.route_map} permit {planned.entry}", _refreshed((planned.neighbor,))
            return Spelled(lines=(entry, f"set metric {med}", *told), undo=(entry, f"set metric {planned.med}", *told))
        case _:
            assert_never(order)


def _withheld(order: Withheld) -> Spelled:
    """A deny entry before all others. It matches only some prefixes if the change names them."""
    outlet = order.outlet
    entry, told = f"route-map {outlet.route_map} deny {_WITHHOLDING}", _refreshed(outlet.neighbors)
    if not order.prefixes:
        return Spelled(lines=(entry, *told), undo=(f"no {entry}", *told))
    held = f"{_HELD_BACK}-{outlet.route_map}"
    ip = _ip(order.prefixes[0])
    listed = (f"{ip} prefix-list {held} seq {number} permit {prefix}" for number, prefix in enumerate(order.prefixes, start=1))
    return Spelled(
        lines=(*listed, entry, f"match {ip} address prefix-list {held}", *told), undo=(f"no {entry}", f"no {ip} prefix-list {held}", *told)
    )


def _head(entry: RouteMapEntry) -> str:
    return f"route-map {entry.name} {'permit' if entry.permit else 'deny'} {entry.seq}"


def _entry(entry: RouteMapEntry) -> tuple[str, ...]:
    """An entry of a route-map as lines."""
    from lab.compiler.frr.words import match_words, set_words  # noqa: PLC0415 - the compiler loads slowly, and few changes need it

    return (
        _head(entry),
        *(f"match {match_words(each)}" for each in entry.match),
        *(f"set {set_words(each)}" for each in entry.set),
        "exit",
    )


def _announced(announcement: Announcement) -> Spelled:
    outlet = announcement.outlet
    numbered = enumerate(announcement.prefixes, start=1)
    ip = _ip(announcement.prefixes[0])
    listed = [f"{ip} prefix-list {_EXTRA} seq {number} permit {prefix}" for number, prefix in numbered]
    entry, told = f"route-map {outlet.route_map} permit {_LETTING_OUT}", _refreshed(outlet.neighbors)
    kept = () if announcement.passed_on else ("set community no-advertise",)
    lines = (*listed, entry, f"match {ip} address prefix-list {_EXTRA}", *kept, "exit", *_originated(announcement, ""), *told)
    undo = (*_originated(announcement, "no "), "exit", "exit", f"no {entry}", f"no {ip} prefix-list {_EXTRA}", *told)
    return Spelled(lines=lines, undo=undo)


def _originated(announcement: Announcement, negation: str) -> list[str]:
    networks = [f"{negation}network {prefix}" for prefix in announcement.prefixes]
    return [f"router bgp {announcement.outlet.asn}", f"address-family ipv{announcement.prefixes[0].version} unicast", *networks]


def _refreshed(neighbors: tuple[Address, ...]) -> tuple[str, ...]:
    """Commands that make bgpd announce its routes again at once. Without them, a changed route-map takes effect a second later."""
    return ("end", *(f"clear bgp ipv{neighbor.version} unicast {neighbor} soft out" for neighbor in neighbors))


def _ip(prefix: Prefix) -> str:
    """FRR's word for the family of a prefix."""
    return "ip" if prefix.version == 4 else "ipv6"
