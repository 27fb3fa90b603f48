"""What rows do to a lab: configure routers, change announcements, shut sessions. Law: everything is undone at the end of its block."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from lab.faults import inject
from lab.intent import resolve_fault
from lab.model.bgp import BgpSession
from lab.runtime.frr import vty
from lab.runtime.lab import RunningLab
from tests.live.behaviour.seen import paths, prefixes, session, state
from tests.waiting import wait_for

_LIST = "OF-A-ROW"
MARK = "64496:99"
"""A community that a customer's router adds to every route that it learns, so that we see which routes it has learned again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The customer's end of a virtual interface or VPN connection: its node, and how it announces."""

    node: str
    asn: int
    route_map: str
    sessions: tuple[BgpSession, ...]
    aws: tuple[str, ...]


def customer_of(lab: RunningLab, name: str) -> Customer:
    """The customer's end of a virtual interface or VPN connection."""
    (outlet,) = lab.plan.target(name).outlets
    ends = tuple(each.node for each in outlet.sessions)
    sessions = tuple(session(lab, outlet.node, end) for end in ends)
    return Customer(node=outlet.node, asn=outlet.asn, route_map=outlet.route_map, sessions=sessions, aws=ends)


def tell(lab: RunningLab, node: str, lines: list[str], daemon: str = "bgpd") -> None:
    """Configure a daemon. The daemon must accept every line."""
    objections = vty.configure(lab.pid(node), daemon, lines)
    assert not objections, f"{node}: {objections}"


@contextmanager
def told(lab: RunningLab, node: str, lines: list[str], undo: list[str], daemon: str = "bgpd") -> Iterator[None]:
    """Configure a daemon while the block runs, then configure `undo`."""
    try:
        tell(lab, node, lines, daemon)
        yield
    finally:
        vty.configure(lab.pid(node), daemon, undo)


@contextmanager
def announced(lab: RunningLab, name: str, prefixes: tuple[str, ...], *dress: str) -> Iterator[None]:
    """Announce prefixes over a virtual interface or VPN connection, with `dress` (`set` lines of a route-map).

    The router originates the prefixes that it does not have.
    """
    with originated(lab, customer_of(lab, name), prefixes), let_out(lab, name, prefixes, *dress):
        yield


@contextmanager
def let_out(lab: RunningLab, name: str, listed: tuple[str, ...], *dress: str) -> Iterator[None]:
    """Announce prefixes (entries of a prefix-list in FRR's words) over a virtual interface or VPN connection, with `dress`."""
    customer = customer_of(lab, name)
    refreshed = ["end", *(f"clear bgp ipv4 unicast {each.neighbor} soft out" for each in customer.sessions)]
    entry = f"route-map {customer.route_map} permit 5"
    listing = f"{_LIST}-{name}"
    lines = [f"ip prefix-list {listing} seq {number} permit {each}" for number, each in enumerate(listed, start=1)]
    lines += [entry, f"match ip address prefix-list {listing}", *(f"set {each}" for each in dress), "exit"]
    with told(lab, customer.node, [*lines, *refreshed], [f"no {entry}", f"no ip prefix-list {listing}", *refreshed]):
        yield


@contextmanager
def originated(lab: RunningLab, customer: Customer, prefixes: tuple[str, ...]) -> Iterator[None]:
    """Originate prefixes at the customer's router, except those that it learns from its core."""
    has = vty.ask(lab.pid(customer.node), "bgpd", "show bgp ipv4 unicast json").get("routes", {})
    assert isinstance(has, dict)
    router = [f"router bgp {customer.asn}", "address-family ipv4 unicast"]
    new = [prefix for prefix in prefixes if not any(path["pathFrom"] == "internal" for path in has.get(prefix, ()))]
    with told(lab, customer.node, [*router, *(f"network {each}" for each in new)], [*router, *(f"no network {each}" for each in new)]):
        yield


@contextmanager
def broken(lab: RunningLab, kind: str, target: str) -> Iterator[None]:
    """Inject one of the project's faults."""
    with inject(resolve_fault(lab.plan, kind, target), lab):
        yield


@contextmanager
def shut(lab: RunningLab, *targets: str) -> Iterator[None]:
    """Shut BGP of virtual interfaces or VPN connections on AWS's side. Afterwards wait until it is Established again."""
    with ExitStack() as undo:
        for target in targets:
            for aws in lab.plan.target(target).sessions:
                undo.callback(established, lab, aws.node, aws.neighbor_node)
            undo.enter_context(broken(lab, "bgp-shutdown", target))
        yield


@contextmanager
def timers(lab: RunningLab, node: str, neighbor: str, keepalive: int, hold: int) -> Iterator[None]:
    """Restart a customer's session with other timers, and afterwards with its own."""
    with told(lab, node, *_with_timers(session(lab, node, neighbor), (keepalive, hold), (1, 3))):
        yield


def established(lab: RunningLab, node: str, neighbor: str) -> None:
    """Wait until a session is Established."""
    wait_for(lambda: state(lab, node, neighbor) == "Established", f"BGP {node} to {neighbor}")


def _with_timers(of: BgpSession, new: tuple[int, int], old: tuple[int, int]) -> tuple[list[str], list[str]]:
    reset = ["end", f"clear bgp {of.neighbor}"]
    both = [[f"router bgp {of.asn}", f"neighbor {of.neighbor} timers {each[0]} {each[1]}", *reset] for each in (new, old)]
    return both[0], both[1]


@contextmanager
def keeping_communities(lab: RunningLab, node: str, way: str) -> Iterator[None]:
    """Let a customer's router keep the communities that it learns by DX or VPN. Otherwise its own tag replaces them."""
    tag = "64496:10" if way == "DX" else "64496:20"
    entry, refresh = f"route-map AWS-IN-{way} permit 20", ["end", "clear bgp ipv4 unicast * soft in"]
    lines = [entry, f"set community {tag} {MARK} additive", *refresh]
    with told(lab, node, lines, [entry, f"set community {tag}", *refresh]):
        wait_for(lambda: all(MARK in each for each in _communities(lab, node) if tag in each), "every path heard anew")
        yield


def _communities(lab: RunningLab, node: str) -> list[tuple[str, ...]]:
    """The communities of every path that a router has learned. Routes of a static VPN are its own."""
    return [path.communities for prefix in prefixes(lab, node) for path in paths(lab, node, prefix) if path.heard_from != node]
