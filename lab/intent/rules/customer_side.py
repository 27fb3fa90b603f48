"""Rules for what the customer chooses for its end of a virtual interface or VPN connection."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import VirtualInterface, VpnConnection

_LONGEST_HOLD, _LONGEST_RESTART = 65535, 4095
_SHORTEST_BFD, _LONGEST_BFD = 0.05, 60.0
"""In seconds."""


def needs_bgp(draft: Draft) -> Iterator[Finding]:
    """Rule: a static VPN has no settings of a BGP session, because it has no BGP session."""
    for vpn in draft.topology.vpn_connections:
        for key in _of_bgp(vpn) if vpn.static_routes else ():
            message = f"{vpn.name} has static_routes, so it has no BGP, and {key} would do nothing (remove {key}, or static_routes)"
            yield Finding(where=(*where(vpn), key), message=message)


def _of_bgp(vpn: VpnConnection) -> Iterator[str]:
    """The keys of a VPN connection that set something of its BGP sessions."""
    customer = vpn.customer
    written = {
        "as_path_prepend": vpn.as_path_prepend > 0,
        "prefer": customer.prefer is not None,
        "accept": bool(customer.accept),
        "announce": bool(customer.announce),
        "timers": customer.timers is not None,
    }
    yield from (key for key, is_written in written.items() if is_written)


def timers(draft: Draft) -> Iterator[Finding]:
    """Rule: timers are whole seconds that BGP and AWS accept (RFC 4271 4.2; AWS refuses a hold time below 3 s, 3.2)."""
    for line in draft.lines:
        own = line.customer.timers
        if own is None:
            continue
        at = (*where(line), "timers")
        if not 3 <= own.hold <= _LONGEST_HOLD or own.hold % 1:
            message = f"expected whole seconds from 3s to {_LONGEST_HOLD}s, found {own.hold:g}s (AWS refuses less)"
            yield Finding(where=(*at, "hold"), message=message)
        if not 1 <= own.keepalive <= own.hold or own.keepalive % 1:
            message = f"expected whole seconds from 1s to the hold time, found {own.keepalive:g}s (a third of the hold time is usual)"
            yield Finding(where=(*at, "keepalive"), message=message)


def restarts(draft: Draft) -> Iterator[Finding]:
    """Rule: a restart time is whole seconds that fit in 12 bits (RFC 4724 3). FRR 10.3 has one for all neighbors of a router."""
    edges = {connection.name: connection.edge for connection in draft.topology.connections}
    first: dict[str, VirtualInterface] = {}
    for vif in draft.topology.virtual_interfaces:
        seconds, at = vif.customer.graceful_restart, (*where(vif), "graceful_restart")
        if seconds is None:
            continue
        if not 1 <= seconds <= _LONGEST_RESTART or seconds % 1:
            yield Finding(where=at, message=f"expected whole seconds from 1s to {_LONGEST_RESTART}s, found {seconds:g}s (120s is usual)")
        edge = edges.get(vif.connection)
        other = first.setdefault(edge, vif) if edge else vif
        if other.customer.graceful_restart != seconds:
            message = (
                f"{other.name} on {edge} has {other.customer.graceful_restart:g}s; FRR has one restart time for a router (write the same)"
            )
            yield Finding(where=at, message=message)


def bfd(draft: Draft) -> Iterator[Finding]:
    """Rule: BFD's numbers are in their range (RFC 5880 4.1), and have BFD to count for."""
    for vif in draft.topology.virtual_interfaces:
        own, at = vif.customer.bfd, where(vif)
        if own.interval is not None and not (_SHORTEST_BFD <= own.interval <= _LONGEST_BFD and _is_whole(own.interval * 1000)):
            words = f"expected whole milliseconds from 50ms to 60s, found {own.interval:g}s (AWS has 300ms, and the slower end counts)"
            yield Finding(where=(*at, "bfd_interval"), message=words)
        if own.multiplier is not None and not 1 <= own.multiplier <= 255:
            yield Finding(where=(*at, "bfd_multiplier"), message=f"expected 1 to 255, found {own.multiplier} (it has 8 bits; 3 is usual)")
        for key in () if vif.bfd else of_bfd(vif):
            yield Finding(where=(*at, key), message=f"{vif.name} has no BFD, so {key} would do nothing (write bfd: true, or remove {key})")
        if own.checks_control_plane and vif.customer.graceful_restart is None:
            words = "without graceful_restart no route is kept, so it would do nothing (write graceful_restart, or remove it)"
            yield Finding(where=(*at, "bfd_checks_control_plane"), message=words)


def of_bfd(vif: VirtualInterface) -> Iterator[str]:
    own = vif.customer.bfd
    written = {
        "bfd_interval": own.interval is not None,
        "bfd_multiplier": own.multiplier is not None,
        "bfd_checks_control_plane": own.checks_control_plane,
    }
    yield from (key for key, is_written in written.items() if is_written)


def _is_whole(number: float) -> bool:
    """Whether a number from a file is whole. Its product with 1000 may be off by the last digits."""
    return abs(number - round(number)) < 1e-6
