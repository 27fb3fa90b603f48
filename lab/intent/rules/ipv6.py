"""Rules for IPv6. Law: what holds for IPv4 also holds for the IPv6 side of a network, and there the keys have other names."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lab.intent.document.finding import Finding, Where
from lab.intent.rules import announced, customer_side, dx_gateways, flows, lists, prefixes
from lab.intent.rules.draft import Draft, where
from lab.model.ip import Family
from lab.model.ipv6 import has_ipv6, ipv4_side, ipv6_side
from lab.model.topology import VirtualInterface

_SAME: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    lists.nothing_twice,
    prefixes.not_reserved,
    prefixes.outside_vpcs,
    prefixes.vpcs_apart,
    prefixes.hosts_apart,
    announced.within_quota,
    dx_gateways.prefixes_apart,
    customer_side.timers,
    customer_side.bfd,
)
_KEYS = {"prefixes": "ipv6_prefixes", "cidr": "ipv6_cidr", "allowed_prefixes": "allowed_ipv6_prefixes"}
_OF_SESSION = frozenset({"timers", "bfd_interval", "bfd_multiplier"})
_NO_PATH, _NO_IPV6_PATH = "there is no path", "there is no path for IPv6"
_ADD = "(add a VPN connection or an interconnect)"
_ADD_IPV6 = "(write ipv6: {} on a virtual interface on the way; VPN connections carry only IPv4 here)"


def as_for_ipv4(draft: Draft) -> Iterator[Finding]:
    """Rule: the rules for prefixes and sessions also hold for those of IPv6."""
    if not has_ipv6(draft.topology):
        return
    second = replace(draft, topology=ipv6_side(draft.topology))
    for finding in (finding for rule in _SAME for finding in rule(second)):
        at = _at(finding.where)
        if at != finding.where:
            yield replace(finding, where=at, message=_in_ipv6_keys(finding.message))


def right_size(draft: Draft) -> Iterator[Finding]:
    """Rule: a site's first IPv6 prefix has room for the subnet of its host, and a VPC has a size that AWS allows."""
    for site in draft.topology.data_centers:
        if site.ipv6_prefixes and site.ipv6_prefixes[0].prefixlen > 64:
            message = f"{site.ipv6_prefixes[0]} is too small: the host of the site needs a /64 (write a /64 or larger)"
            yield Finding(where=(*where(site), "ipv6_prefixes", 0), message=message)
    for vpc in draft.topology.vpcs:
        cidr = vpc.ipv6_cidr
        if cidr and cidr.prefixlen not in range(44, 61, 4):
            message = f"AWS does not allow {cidr} as the IPv6 CIDR of a VPC; it allows /44 to /60 in steps of 4 (/56 is usual)"
            yield Finding(where=(*where(vpc), "ipv6_cidr"), message=message)


def ends_have_it(draft: Draft) -> Iterator[Finding]:
    """Rule: both ends of an IPv6 flow have IPv6 addresses, and so has the site of a virtual interface with IPv6."""
    sites = {site.name: bool(site.ipv6_prefixes) for site in draft.topology.data_centers}
    vpcs = {vpc.name: vpc.ipv6_cidr is not None for vpc in draft.topology.vpcs}
    for flow in (each for each in draft.topology.flows if each.family is Family.IPV6):
        for key, end in (("from", flow.source), ("to", flow.target)):
            if not (sites | vpcs).get(end, True):
                missing = "ipv6_prefixes" if end in sites else "ipv6_cidr"
                message = f"{end} has no IPv6 address, so it has no IPv6 flow (write {missing} there, or remove family: ipv6)"
                yield Finding(where=(*where(flow), key), message=message)
    for vif, site in _with_ipv6(draft):
        if not sites.get(site, True):
            message = f"{site} has no IPv6 prefix to announce on it (write ipv6_prefixes there, or remove ipv6)"
            yield Finding(where=(*where(vif), "ipv6"), message=message)


def no_firewalls(draft: Draft) -> Iterator[Finding]:
    """Rule: a site with IPv6 has no firewalls that keep state. The lab emulates them only for IPv4."""
    for site in draft.topology.data_centers:
        if site.is_stateful and site.ipv6_prefixes:
            message = "the lab emulates firewalls that keep state only for IPv4 (remove ipv6_prefixes, or stateful)"
            yield Finding(where=(*where(site), "ipv6_prefixes"), message=message)


def no_own_configuration(draft: Draft) -> Iterator[Finding]:
    """Rule: an edge that runs the customer's own FRR configuration has no IPv6 session. The lab reads only IPv4 in such a configuration."""
    edges = {connection.name: connection.edge for connection in draft.topology.connections}
    own = {each.router for site in draft.topology.data_centers for each in site.own}
    for site in draft.topology.data_centers:
        if site.ipv6_prefixes and site.own:
            message = (
                f"{site.own[0].router} runs a configuration of its own, and the lab reads only IPv4 there (remove ipv6_prefixes, or frr)"
            )
            yield Finding(where=(*where(site), "ipv6_prefixes"), message=message)
    for vif in draft.topology.virtual_interfaces:
        if vif.ipv6 and edges.get(vif.connection) in own:
            message = f"{edges[vif.connection]} runs its own configuration, and the lab reads only IPv4 there (remove ipv6, or frr)"
            yield Finding(where=(*where(vif), "ipv6"), message=message)


def one_restart_time(draft: Draft) -> Iterator[Finding]:
    """Rule: the IPv6 sessions of a router have the restart time of its other sessions. FRR 10.3 has one for all neighbors of a router."""
    edges = {connection.name: connection.edge for connection in draft.topology.connections}
    known = {edges.get(vif.connection): vif.customer.graceful_restart for vif in reversed(draft.topology.virtual_interfaces)}
    known |= {
        edges.get(vif.connection): vif.customer.graceful_restart
        for vif in reversed(draft.topology.virtual_interfaces)
        if vif.customer.graceful_restart is not None
    }
    for vif in draft.topology.virtual_interfaces:
        own, edge = vif.ipv6.customer.graceful_restart if vif.ipv6 else None, edges.get(vif.connection)
        first = known.get(edge)
        if own is not None and first is not None and own != first:
            message = f"another session of {edge} has {first:g}s; FRR has one restart time for a router (write the same)"
            yield Finding(where=(*where(vif), "ipv6", "graceful_restart"), message=message)


def have_a_way(draft: Draft) -> Iterator[Finding]:
    """Rule: each flow has a path in its own family."""
    yield from flows.have_a_way(replace(draft, topology=ipv4_side(draft.topology)))
    for finding in flows.have_a_way(replace(draft, topology=ipv6_side(draft.topology))):
        yield replace(finding, message=_in_ipv6_keys(finding.message.replace(_NO_PATH, _NO_IPV6_PATH).replace(_ADD, _ADD_IPV6)))


def _with_ipv6(draft: Draft) -> Iterator[tuple[VirtualInterface, str]]:
    """Each virtual interface with IPv6, and the name of its site. Without those whose site is unknown."""
    edges = {connection.name: connection.edge for connection in draft.topology.connections}
    for vif in draft.topology.virtual_interfaces:
        site = draft.center_of(edges.get(vif.connection, ""))
        if vif.ipv6 and site:
            yield vif, site.name


def _at(place: Where) -> Where:
    """The place of the key that says the same for IPv6."""
    match place:
        case ("direct_connect", "virtual_interfaces", name, key, *rest) if key in _OF_SESSION:
            return ("direct_connect", "virtual_interfaces", name, "ipv6", key, *rest)
        case _:
            return tuple(_KEYS.get(part, part) if isinstance(part, str) and number > 1 else part for number, part in enumerate(place))


def _in_ipv6_keys(message: str) -> str:
    """The message with the names of IPv6's keys."""
    for key, second in _KEYS.items():
        message = message.replace(f".{key}", f".{second}").replace(f" {key} ", f" {second} ")
    return message
