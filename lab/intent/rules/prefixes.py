"""Rules for prefixes: sites do not overlap, because routers prefer the longer of two overlapping prefixes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from lab.intent.document.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where

RESERVED = (
    (IPv4Network("0.0.0.0/8"), "reserved for 'this network' (RFC 791)"),
    (IPv4Network("100.64.0.0/10"), "used by the lab for its own links (RFC 6598)"),
    (IPv4Network("127.0.0.0/8"), "reserved for loopback"),
    (IPv4Network("169.254.0.0/16"), "link-local, used inside VPN tunnels"),
    (IPv4Network("192.0.0.0/24"), "reserved for protocols (RFC 6890)"),
    (IPv4Network("192.0.2.0/24"), "used by the lab between providers"),
    (IPv4Network("198.18.0.0/15"), "reserved for benchmarks (RFC 2544)"),
    (IPv4Network("198.51.100.0/24"), "used by the lab for customer gateways on the internet"),
    (IPv4Network("203.0.113.0/24"), "used by the lab for AWS's VPN endpoints on the internet"),
    (IPv4Network("224.0.0.0/4"), "reserved for multicast"),
    (IPv4Network("240.0.0.0/4"), "reserved for future use (RFC 1112)"),
)
"""Ranges that no site may use, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A prefix, its place in the file, and its number among all prefixes of the file."""

    where: Where
    network: IPv4Network
    order: int


def not_reserved(draft: Draft) -> Iterator[Finding]:
    """Rule: no site uses a reserved range."""
    for site in _sites(draft):
        reason = reserved(site.network)
        if reason:
            yield Finding(where=site.where, message=f"{reason} (use another prefix, for instance from 10.0.0.0/8)")


def reserved(network: IPv4Network) -> str | None:
    """Why a prefix cannot be used in the lab. None if it can."""
    if network.prefixlen == 0:
        return "0.0.0.0/0 is a default route, which the lab does not emulate"
    return next((f"{network} overlaps {taken}, which is {why}" for taken, why in RESERVED if taken.overlaps(network)), None)


def static_routes_not_reserved(draft: Draft) -> Iterator[Finding]:
    """Rule: no static route of a VPN leads to a reserved range."""
    for vpn in draft.topology.vpn_connections:
        for index, network in enumerate(vpn.static_routes):
            reason = reserved(network)
            if reason:
                yield Finding(where=(*where(vpn), "static_routes", index), message=f"{reason} (write prefixes of data centres)")


def not_overlapping(draft: Draft) -> Iterator[Finding]:
    """Rule: no two sites have an address in common. Reported at the later one in the file. Another rule reports reserved ranges."""
    sites = (site for site in _sites(draft) if not reserved(site.network))
    for site, around in nested(sites):
        if around:
            earlier, later = sorted((around[-1], site), key=lambda site: site.order)
            message = (
                f"{later.network} overlaps {earlier.network} ({dotted(earlier.where)}); "
                "AWS requires sites that do not overlap, because routers prefer the longer prefix (change one of the two prefixes)"
            )
            yield Finding(where=later.where, message=message)


def nested(prefixes: Iterable[Placed]) -> Iterator[tuple[Placed, Sequence[Placed]]]:
    """Each prefix, sorted by address, with the prefixes before it that contain or equal it, the smallest last."""
    around: list[Placed] = []
    for prefix in sorted(prefixes, key=lambda prefix: (prefix.network, prefix.order)):
        while around and not around[-1].network.overlaps(prefix.network):
            around.pop()
        yield prefix, around
        around.append(prefix)


def right_size(draft: Draft) -> Iterator[Finding]:
    """Rule: the first prefix of a data centre has room for the host's subnet, and a VPC has a size that AWS allows."""
    for center in draft.topology.data_centers:
        if center.prefixes[0].prefixlen > 28:
            message = f"{center.prefixes[0]} is too small: the first prefix must have room for the subnet of a host (use a /28 or larger)"
            yield Finding(where=(*where(center), "prefixes", 0), message=message)
    for vpc in draft.topology.vpcs:
        if not 16 <= vpc.cidr.prefixlen <= 28:
            yield Finding(
                where=(*where(vpc), "cidr"), message=f"AWS does not allow {vpc.cidr} as a VPC CIDR; it allows /16 to /28 (change the size)"
            )


def _sites(draft: Draft) -> tuple[Placed, ...]:
    centers = [
        ((*where(center), "prefixes", index), prefix)
        for center in draft.topology.data_centers
        for index, prefix in enumerate(center.prefixes)
    ]
    vpcs = [((*where(vpc), "cidr"), vpc.cidr) for vpc in draft.topology.vpcs]
    return tuple(Placed(where=at, network=network, order=order) for order, (at, network) in enumerate([*centers, *vpcs]))
