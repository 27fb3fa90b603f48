"""Rules for prefixes: which ones a site may have, and where two may overlap. Routers then prefer the longer one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from itertools import count

from lab.intent.document.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where
from lab.model.hosts import host_subnet
from lab.model.ip import Prefix, lies_in

RESERVED: tuple[tuple[Prefix, str], ...] = (
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
    (IPv6Network("::/8"), "reserved (RFC 4291)"),
    (IPv6Network("3fff:fab:64::/62"), "used by the lab for its own links"),
    (IPv6Network("fe80::/10"), "link-local"),
    (IPv6Network("ff00::/8"), "reserved for multicast"),
)
"""Ranges that no site may use, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A prefix, its place in the file, and its number among all prefixes of the file."""

    where: Where
    network: Prefix
    order: int


def not_reserved(draft: Draft) -> Iterator[Finding]:
    """Rule: no site has a default route as its prefix, or uses a reserved range."""
    for site in _sites(draft):
        reason = reserved(site.network)
        if site.network.prefixlen == 0:
            way_out = "write announce: [0.0.0.0/0] to announce one to AWS" if site.network.version == 4 else "use another prefix"
            yield Finding(where=site.where, message=f"{site.network} is a default route, not the network of a site ({way_out})")
        elif reason:
            usual = "10.0.0.0/8" if site.network.version == 4 else "2001:db8::/32"
            yield Finding(where=site.where, message=f"{reason} (use another prefix, for instance from {usual})")


def reserved(network: Prefix) -> str | None:
    """Why a prefix cannot be used in the lab. None if it can."""
    if network.prefixlen == 0:
        return f"{network} is a default route, which the lab does not emulate"
    return next((f"{network} overlaps {taken}, which is {why}" for taken, why in RESERVED if taken.overlaps(network)), None)


def static_routes_not_reserved(draft: Draft) -> Iterator[Finding]:
    """Rule: no static route of a VPN leads to a reserved range. A default route does not count."""
    for vpn in draft.topology.vpn_connections:
        for index, network in enumerate(vpn.static_routes):
            reason = reserved(network) if network.prefixlen else None
            if reason:
                yield Finding(where=(*where(vpn), "static_routes", index), message=f"{reason} (write prefixes of data centres)")


def outside_vpcs(draft: Draft) -> Iterator[Finding]:
    """Rule: no site has or announces a prefix inside a VPC. AWS's own route `local` beats it, even if it is longer (VPC User Guide).

    A prefix of a site may contain a VPC. Reported at the later one in the file.
    """
    placed = (each for each in (*_sites(draft), *_announced(draft)) if not reserved(each.network))
    for each, around in nested(placed):
        inside = next((one for one in reversed(around) if _is_vpc(one) != _is_vpc(each)), None)
        if inside and (_is_vpc(inside) or inside.network == each.network):
            earlier, later = sorted((inside, each), key=lambda placed: placed.order)
            vpc, site = (earlier, later) if _is_vpc(earlier) else (later, earlier)
            place = f" ({dotted(site.where)})" if later is vpc else ""
            message = (
                f"{site.network}{place} is inside the VPC {vpc.where[-2]} ({vpc.network}), whose own route is always preferred "
                "(change one of the two prefixes)"
            )
            yield Finding(where=later.where, message=message)


def vpcs_apart(draft: Draft) -> Iterator[Finding]:
    """Rule: no two VPCs overlap. Neither a transit gateway nor a Direct Connect gateway routes to both (D23, T23)."""
    vpcs = (each for each in _sites(draft) if _is_vpc(each) and not reserved(each.network))
    for vpc, around in nested(vpcs):
        if around:
            earlier, later = sorted((around[-1], vpc), key=lambda placed: placed.order)
            message = f"{later.network} overlaps {earlier.network} ({dotted(earlier.where)}); AWS does not route to two VPCs that overlap"
            yield Finding(where=later.where, message=f"{message} (change one of the two)")


def hosts_apart(draft: Draft) -> Iterator[Finding]:
    """Rule: the host of a data centre shares its subnet with no other host. The prefixes of two sites may overlap elsewhere."""
    hosts = [
        Placed(where=each.where, network=host_subnet(each.network), order=each.order)
        for each in _sites(draft)
        if (_is_vpc(each) or each.where[-1] == 0) and each.network.prefixlen and not reserved(each.network)
    ]
    written = {each.where: each.network for each in _sites(draft)}
    for host, around in nested(hosts):
        other = next((one for one in reversed(around) if not (_is_vpc(one) and _is_vpc(host))), None)
        if other is None or _told_already(written, host, other):
            continue
        earlier, later = sorted((other, host), key=lambda placed: placed.order)
        message = (
            f"the host of {_owner(later)} would be in {later.network}, and so would that of {_owner(earlier)} ({dotted(earlier.where)}); "
            "the host of a site is at the start of its first prefix (give each site its own, and write a shared one in announce)"
        )
        yield Finding(where=later.where, message=message)


def _told_already(written: Mapping[Where, Prefix], one: Placed, other: Placed) -> bool:
    """Whether a site's prefix is inside a VPC. Another rule reports that."""
    vpc, site = (one, other) if _is_vpc(one) else (other, one)
    return _is_vpc(vpc) and lies_in(written[site.where], written[vpc.where])


def _is_vpc(placed: Placed) -> bool:
    return placed.where[0] == "regions"


def _owner(placed: Placed) -> str:
    return str(placed.where[3] if _is_vpc(placed) else placed.where[1])


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


def _announced(draft: Draft) -> Iterator[Placed]:
    """Every prefix of an `announce` list, after all others. Those of a site's own prefixes are left out."""
    own = frozenset(prefix for center in draft.topology.data_centers for prefix in center.prefixes)
    order = count(len(_sites(draft)))
    for at, announced in draft.announce_lists:
        for index, prefix in enumerate(announced):
            if prefix not in own:
                yield Placed(where=(*at, index), network=prefix, order=next(order))
