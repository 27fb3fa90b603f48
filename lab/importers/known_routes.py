"""What AWS knows of a site's routes: prefixes that it learned, and how the site announced them."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import takewhile

from lab.importers.account import Accepted, Account
from lab.importers.build.chosen import Chosen
from lab.model.dx_session import LocalPreference

_PREFERENCES = {each.value: each.name.lower() for each in LocalPreference}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The prefixes of a site as AWS knows them, and where AWS has them from. `hints`: prefixes that belong to this or another site."""

    prefixes: tuple[IPv4Network, ...] = ()
    source: str = ""
    hints: tuple[IPv4Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a router announces its prefixes on a virtual interface: `low`, `medium`, `high` or "", and how often it prepends its ASN.

    `announce`: all that it announces there. `own`: those of them that have no other ASN in the path, so that they are the site's own.
    Routes that are announced in different ways give "" and 0.
    """

    local_preference: str
    as_path_prepend: int
    announce: tuple[IPv4Network, ...]
    own: frozenset[IPv4Network]


def known_routes(account: Account, kept: Chosen, ends: frozenset[str], *, alone: bool) -> Known:
    """The prefixes of the site on which these customer gateways and circuits end. `alone`: it is the only site."""
    vifs = {vif.id: vif for vif in kept.virtual_interfaces if vif.connection in ends}
    accepted = [each for each in account.accepted if each.virtual_interface in vifs and _is_own(each, vifs[each.virtual_interface].asn)]
    if prefixes := _sites_prefixes(each.prefix for each in accepted):
        return Known(prefixes=prefixes, source=", ".join(dict.fromkeys(each.virtual_interface for each in accepted)))
    static = [vpn for vpn in kept.vpn_connections if vpn.customer_gateway in ends and vpn.static_routes]
    if prefixes := _sites_prefixes(route for vpn in static for route in vpn.static_routes):
        return Known(prefixes=prefixes, source=f"the static routes of {', '.join(vpn.id for vpn in static)}")
    learned = _sites_prefixes(route.prefix for table in account.route_tables for route in table.routes if route.is_propagated)
    if alone and learned:
        return Known(prefixes=learned, source="the routes that its gateways propagate into VPCs")
    return Known(hints=learned)


def policies(account: Account) -> dict[str, Policy]:
    """For each virtual interface with accepted routes: how its router announces them."""
    found = {}
    for vif in account.virtual_interfaces:
        accepted = [each for each in account.accepted if each.virtual_interface == vif.id]
        ways = {(_preference(each), _prepended(each, vif.asn)) for each in accepted}
        if accepted:
            preference, prepended = ways.pop() if len(ways) == 1 else ("", 0)
            found[vif.id] = Policy(
                local_preference=preference,
                as_path_prepend=prepended,
                announce=tuple(sorted({each.prefix for each in accepted})),
                own=frozenset(each.prefix for each in accepted if _is_own(each, vif.asn)),
            )
    return found


def _preference(each: Accepted) -> str:
    return next((_PREFERENCES[community] for community in each.communities if community in _PREFERENCES), "")


def _prepended(each: Accepted, asn: int) -> int:
    return max(len(list(takewhile(lambda hop: hop == asn, each.as_path))) - 1, 0)


def _is_own(each: Accepted, asn: int) -> bool:
    """Whether the site itself originates a route: no other ASN is in the path."""
    return set(each.as_path) <= {asn}


def _sites_prefixes(prefixes: Iterable[IPv4Network]) -> tuple[IPv4Network, ...]:
    """The prefixes, sorted, without default routes and without those inside others."""
    found: list[IPv4Network] = []
    for prefix in sorted(set(prefixes)):
        if prefix.prefixlen and not (found and prefix.subnet_of(found[-1])):
            found.append(prefix)
    return tuple(found)
