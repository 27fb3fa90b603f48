"""Routers told by hand: FRR's configuration while it runs, and whether it is still the one it started with."""

from lab.errors import NodeError
from lab.model.plan import Announcement, BgpSession
from lab.runtime import vty

_EXTRA = "BEYOND-PLAN"


def set_session(pid: int, session: BgpSession, *, shut: bool) -> None:
    """Shut a neighbor (Cease, administrative shutdown) or open it again. NodeError when bgpd objects."""
    _obeyed(session.node, vty.configure(pid, "bgpd", setting(session, shut=shut)))


def announce(pid: int, announcement: Announcement) -> None:
    """Originate the prefixes and let them out to the neighbors at once. NodeError when bgpd objects."""
    _obeyed(announcement.node, vty.configure(pid, "bgpd", announcing(announcement)))


def withdraw(pid: int, announcement: Announcement) -> None:
    """Take back what `announce` did, as far as it is there: what bgpd misses is no matter."""
    vty.configure(pid, "bgpd", withdrawing(announcement))


def setting(session: BgpSession, *, shut: bool) -> list[str]:
    """What bgpd is told to shut a neighbor or open it again."""
    return [f"router bgp {session.asn}", f"{'' if shut else 'no '}neighbor {session.neighbor} shutdown"]


def announcing(announcement: Announcement) -> list[str]:
    """What bgpd is told to announce prefixes beyond its plan."""
    numbered = enumerate(announcement.prefixes, start=1)
    lines = [f"ip prefix-list {_EXTRA} seq {number} permit {prefix}" for number, prefix in numbered]
    lines += [f"route-map {announcement.route_map} permit 5", f"match ip address prefix-list {_EXTRA}", "exit"]
    return [*lines, *_originated(announcement, ""), "end", *_refreshed(announcement)]


def withdrawing(announcement: Announcement) -> list[str]:
    """What bgpd is told to announce them no longer."""
    lines = [*_originated(announcement, "no "), "exit", "exit"]
    lines += [f"no route-map {announcement.route_map} permit 5", f"no ip prefix-list {_EXTRA}"]
    return [*lines, "end", *_refreshed(announcement)]


def configuration(pid: int) -> str:
    """bgpd's configuration as it stands. NodeError when it does not answer."""
    return vty.say(pid, "bgpd", ["show running-config"])


def _originated(announcement: Announcement, negation: str) -> list[str]:
    networks = [f"{negation}network {prefix}" for prefix in announcement.prefixes]
    return [f"router bgp {announcement.asn}", "address-family ipv4 unicast", *networks]


def _refreshed(announcement: Announcement) -> list[str]:
    """Without this, a changed route-map reaches neighbors a second later."""
    return [f"clear bgp ipv4 unicast {neighbor} soft out" for neighbor in announcement.neighbors]


def _obeyed(node: str, objections: str) -> None:
    if objections:
        raise NodeError(f"{node}: bgpd objects: {objections}")
