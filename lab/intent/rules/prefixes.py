"""Prefixes: a router that hears two overlapping ones sends by the longer, so a lab with them would prove something else than asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network

from lab.intent.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where
from lab.model.topology import DataCenter

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

QUOTA = 100
"""Routes a customer gateway may announce over a dynamic VPN to a virtual private gateway (Site-to-Site VPN quotas, not adjustable)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    where: Where
    network: IPv4Network
    order: int


def not_reserved(draft: Draft) -> Iterator[Finding]:
    """No site uses a range with a meaning of its own."""
    for site in _sites(draft):
        reason = _reserved(site.network)
        if reason:
            yield Finding(where=site.where, message=f"{reason} (use another, for instance from 10.0.0.0/8)")


def _reserved(network: IPv4Network) -> str | None:
    if network.prefixlen == 0:
        return "0.0.0.0/0 is every address; announcing a default route is not emulated"
    return next((f"{network} overlaps {taken}, {why}" for taken, why in RESERVED if taken.overlaps(network)), None)


def not_overlapping(draft: Draft) -> Iterator[Finding]:
    """No two sites share an address; told at the later one of the file. Reserved ranges are told once, by their own rule."""
    around: list[_Site] = []
    sites = [site for site in _sites(draft) if not _reserved(site.network)]
    for site in sorted(sites, key=lambda site: (site.network, site.order)):
        while around and not around[-1].network.overlaps(site.network):
            around.pop()
        if around:
            earlier, later = sorted((around[-1], site), key=lambda site: site.order)
            message = (
                f"{later.network} overlaps {earlier.network} ({dotted(earlier.where)}); "
                "AWS asks for sites that do not overlap, as routers would send by the longer prefix (renumber one)"
            )
            yield Finding(where=later.where, message=message)
        around.append(site)


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


def within_quota(draft: Draft) -> Iterator[Finding]:
    """A data centre announces its own prefixes and those it hears over an interconnect; beyond the quota AWS closes the session."""
    connected = {center.name for gateway in draft.topology.gateways for center in draft.connected(gateway.name)}
    for center in draft.topology.data_centers:
        others = {other.name: other for other in _neighbors(draft, center)}.values()
        count = len(center.prefixes) + sum(len(other.prefixes) for other in others)
        if center.name in connected and count > QUOTA:
            of_others = f", with those of {', '.join(other.name for other in others)}" if others else ""
            message = (
                f"announces {count} prefixes to AWS{of_others}; a virtual private gateway takes {QUOTA} over a VPN connection "
                "and then closes the BGP session (summarize them)"
            )
            yield Finding(where=(*where(center), "prefixes"), message=message)


def _neighbors(draft: Draft, center: DataCenter) -> Iterator[DataCenter]:
    for pair in draft.joined():
        if center in pair:
            yield pair[1] if pair[0] == center else pair[0]


def _sites(draft: Draft) -> tuple[_Site, ...]:
    centers = [
        ((*where(center), "prefixes", index), prefix)
        for center in draft.topology.data_centers
        for index, prefix in enumerate(center.prefixes)
    ]
    vpcs = [((*where(vpc), "cidr"), vpc.cidr) for vpc in draft.topology.vpcs]
    return tuple(_Site(where=at, network=network, order=order) for order, (at, network) in enumerate([*centers, *vpcs]))
