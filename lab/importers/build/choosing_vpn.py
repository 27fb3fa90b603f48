"""Choose the VPN connections that a topology can say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import IPv4Network

from lab.importers.account import Account, VpnConnection
from lab.importers.build.chosen import Gateway
from lab.importers.build.remark import Remark, in_part, left_out
from lab.importers.build.tunnel_options import differing, taken
from lab.model.sites import Sites

_PRIVATE = "private IP"
_ANOTHER_KIND = {
    _PRIVATE: "AWS does not say which virtual interface carries it (write vpn_connections, its id, over in the sites file)",
    "IPv6 inside": "a topology has no IPv6 in tunnels",
    "Cloud WAN": "a topology has no Cloud WAN",
    "VPN concentrator": "a topology has no VPN concentrator",
}
"""Kinds of VPN that a topology cannot say, and why."""

_LOST_IN_PART = {
    "acceleration": "in the topology its tunnels go over the internet as others do",
    "large tunnels": "in the topology its tunnels carry as much as others do",
}
"""Kinds of VPN that come in as an ordinary VPN."""


def choose_vpns(
    account: Account, gateways: Sequence[Gateway], unwanted: frozenset[str], remarks: list[Remark]
) -> tuple[VpnConnection, ...]:
    """The VPN connections whose two ends are known and that a topology can say, with the static routes that AWS has for them."""
    here = {each.id for each in gateways}
    customers = {each.id for each in account.customer_gateways}
    routes = _static_routes(account)
    kept: list[VpnConnection] = []
    for vpn in account.vpn_connections:
        if unwanted.intersection((vpn.customer_gateway, vpn.gateway)):
            continue
        vpn = _with_routes(vpn, routes[vpn.id])  # noqa: PLW2901  # the same VPN, with all that is known of it
        why = _why_not(vpn, here, customers)
        if why:
            remarks.append(left_out(vpn.id, "VPN connection", why))
            continue
        remarks += [in_part(vpn.id, f"VPN connection with {each}", _LOST_IN_PART[each]) for each in vpn.unusual]
        remarks += _options(vpn)
        kept.append(vpn)
    return tuple(kept)


def with_bearers(account: Account, sites: Sites) -> Account:
    """The account, where the user's sites say which virtual interface carries a private-IP VPN. Then a topology can say that VPN."""
    over = {own.id for own in sites.own_settings if own.over}
    vpns = (
        replace(vpn, unusual=tuple(each for each in vpn.unusual if vpn.id not in over or each != _PRIVATE))
        for vpn in account.vpn_connections
    )
    return replace(account, vpn_connections=tuple(vpns))


def _static_routes(account: Account) -> defaultdict[str, list[IPv4Network]]:
    """The static routes of transit gateways into each VPN connection."""
    found: defaultdict[str, list[IPv4Network]] = defaultdict(list)
    for route in account.transit_routes:
        found[route.resource].append(route.prefix)
    return found


def _with_routes(vpn: VpnConnection, routes: Sequence[IPv4Network]) -> VpnConnection:
    if not vpn.is_static:
        return replace(vpn, static_routes=())
    return replace(vpn, static_routes=tuple(sorted({*vpn.static_routes, *routes})))


def _why_not(vpn: VpnConnection, gateways: set[str], customers: set[str]) -> str:
    """Why a VPN connection cannot come in. "" if it can."""
    kind = next((each for each in vpn.unusual if each in _ANOTHER_KIND), None)
    if kind:
        return f"{kind}: {_ANOTHER_KIND[kind]}"
    if not vpn.gateway:
        return "it ends on no virtual private gateway and no transit gateway"
    if vpn.gateway not in gateways:
        return f"its gateway {vpn.gateway} is in no file, or was not imported"
    if vpn.customer_gateway not in customers:
        return f"its customer gateway {vpn.customer_gateway} is in no file (add the output of `aws ec2 describe-customer-gateways`)"
    if vpn.is_static and not vpn.static_routes:
        return "it is static, and no file has a static route to it (add the output of `aws ec2 search-transit-gateway-routes`)"
    return ""


def _options(vpn: VpnConnection) -> list[Remark]:
    """Tunnel options that a topology cannot say. One remark of a kind for a connection, so that the list stays short."""
    found = []
    if options := differing(vpn):
        why = "a topology has the same options for both tunnels. For these the lab uses AWS's defaults"
        found.append(in_part(vpn.id, f"one tunnel with the options {', '.join(options)}", why))
    for option, value in taken(vpn):
        why = f"your router chooses one of them, and AWS does not say which. The lab takes {value} (change it under tunnel_options)"
        found.append(in_part(vpn.id, f"tunnels that allow several values: {option}", why))
    return found
