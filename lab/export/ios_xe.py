"""Cisco IOS XE 17: route-maps, lists and transforms in its words. They are close to FRR's, which has them from IOS."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from lab.compiler.frr.words import match_words, set_words
from lab.export import suites
from lab.export.box import Box
from lab.export.suites import esp
from lab.model.router import CommunityList, DropCommunities, HasCommunity, InPrefixes, PrefixList, Set
from lab.model.tunnel_options import TunnelOptions


def _prefixes(listed: PrefixList) -> Iterator[str]:
    for number, prefix in enumerate(listed.prefixes, start=1):
        yield f"ip prefix-list {listed.name} seq {number * 5} permit {prefix}{' le 32' if listed.longer else ''}"


def _communities(listed: CommunityList) -> str:
    """A list matches one community wherever it is in the route: `_` is any border in a regular expression of IOS."""
    kind = "expanded" if listed.beginning else "standard"
    return (
        f"ip {'large-' if listed.large else ''}community-list {kind} {listed.name} permit {'_' if listed.beginning else ''}{listed.value}"
    )


def _match(condition: InPrefixes | HasCommunity) -> str:
    return match_words(condition)


def _set(change: Set) -> str:
    if isinstance(change, DropCommunities):
        return f"{'large-' if change.large else ''}comm-list {change.list} delete"
    return set_words(change)


def _transform(options: TunnelOptions) -> str:
    suite = esp(options)
    if not suite.sha:
        return f"esp-gcm {suite.bits}"
    hashed = "esp-sha-hmac" if suite.sha == 1 else f"esp-sha{suite.sha}-hmac"
    return f"esp-aes {suite.bits} {hashed}"


def _masked(prefix: IPv4Network) -> str:
    return f"{prefix.network_address} {prefix.netmask}"


WORDS = {
    "prefixes": _prefixes,
    "communities": _communities,
    "match": _match,
    "set": _set,
    "transform": _transform,
    "masked": _masked,
    "aws": suites,
}
"""What the template calls."""


def left_out(box: Box) -> tuple[str, ...]:
    """What the file does not say, in sentences."""
    sharing = box.router.sharing.across_ases
    return (
        "The other interfaces, users, logging, and access lists.",
        *(("bgp bestpath as-path multipath-relax: the lab's router shares over different AS paths.",) if sharing else ()),
        *(("The MTU of ports: raise it wherever an interface has ip mtu.",) if any(port.is_jumbo for port in box.ports) else ()),
        *(("The NAT box before this router.",) if any(pipe.tunnel.customer.behind_nat for pipe in box.pipes) else ()),
    )
