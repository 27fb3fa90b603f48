"""Prefixes: a router that hears two overlapping ones sends by the longer, so a lab with them would prove something else than asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from lab.intent.document.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where

RESERVED = (
    (IPv4Network("0.0.0.0/8"), "'this network' (RFC 791)"),
    (IPv4Network("100.64.0.0/10"), "where the lab takes its own links from (RFC 6598)"),
    (IPv4Network("127.0.0.0/8"), "loopback"),
    (IPv4Network("169.254.0.0/16"), "link-local, where VPN tunnels take their inside addresses from"),
    (IPv4Network("192.0.0.0/24"), "kept for protocols (RFC 6890)"),
    (IPv4Network("192.0.2.0/24"), "where the lab puts links between providers"),
    (IPv4Network("198.18.0.0/15"), "kept for benchmarks (RFC 2544)"),
    (IPv4Network("198.51.100.0/24"), "where the lab puts customer gateways on the internet"),
    (IPv4Network("203.0.113.0/24"), "where the lab puts the VPN endpoints of AWS on the internet"),
    (IPv4Network("224.0.0.0/4"), "multicast"),
    (IPv4Network("240.0.0.0/4"), "kept for the future (RFC 1112)"),
)
"""Ranges no site may announce."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A prefix, where it is written and how far down."""

    where: Where
    network: IPv4Network
    order: int


def not_reserved(draft: Draft) -> Iterator[Finding]:
    """No site uses a range with a meaning of its own."""
    for site in _sites(draft):
        reason = reserved(site.network)
        if reason:
            yield Finding(where=site.where, message=f"{reason} (use another, for instance from 10.0.0.0/8)")


def reserved(network: IPv4Network) -> str | None:
    """Why a prefix cannot be used in the lab, None if it can."""
    if network.prefixlen == 0:
        return "0.0.0.0/0 is every address; announcing a default route is not emulated"
    return next((f"{network} overlaps {taken}, {why}" for taken, why in RESERVED if taken.overlaps(network)), None)


def static_routes_not_reserved(draft: Draft) -> Iterator[Finding]:
    """No static route of a VPN leads to such a range either."""
    for vpn in draft.topology.vpn_connections:
        for index, network in enumerate(vpn.static_routes):
            reason = reserved(network)
            if reason:
                yield Finding(where=(*where(vpn), "static_routes", index), message=f"{reason} (write prefixes of the customer's side)")


def not_overlapping(draft: Draft) -> Iterator[Finding]:
    """No two sites share an address; told at the later one of the file. Reserved ranges are told once, by their own rule."""
    sites = (site for site in _sites(draft) if not reserved(site.network))
    for site, around in nested(sites):
        if around:
            earlier, later = sorted((around[-1], site), key=lambda site: site.order)
            message = (
                f"{later.network} overlaps {earlier.network} ({dotted(earlier.where)}); "
                "AWS asks for sites that do not overlap, as routers would send by the longer prefix (renumber one)"
            )
            yield Finding(where=later.where, message=message)


def nested(prefixes: Iterable[Placed]) -> Iterator[tuple[Placed, Sequence[Placed]]]:
    """Each prefix with those equal to it or around it that came before, the nearest last; in the order of addresses."""
    around: list[Placed] = []
    for prefix in sorted(prefixes, key=lambda prefix: (prefix.network, prefix.order)):
        while around and not around[-1].network.overlaps(prefix.network):
            around.pop()
        yield prefix, around
        around.append(prefix)


def right_size(draft: Draft) -> Iterator[Finding]:
    """A VPC has a size AWS gives, and there is room for a host's subnet."""
    for center in draft.topology.data_centers:
        if center.prefixes[0].prefixlen > 28:
            message = f"{center.prefixes[0]} has no room for a host's subnet, and the host is in the first prefix (use /28 or shorter)"
            yield Finding(where=(*where(center), "prefixes", 0), message=message)
    for vpc in draft.topology.vpcs:
        if not 16 <= vpc.cidr.prefixlen <= 28:
            yield Finding(
                where=(*where(vpc), "cidr"), message=f"AWS takes a VPC CIDR from /16 to /28, found {vpc.cidr} (use one in between)"
            )


def _sites(draft: Draft) -> tuple[Placed, ...]:
    centers = [
        ((*where(center), "prefixes", index), prefix)
        for center in draft.topology.data_centers
        for index, prefix in enumerate(center.prefixes)
    ]
    vpcs = [((*where(vpc), "cidr"), vpc.cidr) for vpc in draft.topology.vpcs]
    return tuple(Placed(where=at, network=network, order=order) for order, (at, network) in enumerate([*centers, *vpcs]))
