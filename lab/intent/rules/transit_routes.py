"""Rules for the route tables of transit gateways: peerings, and static routes to attachments of the same gateway."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.prefixes import reserved
from lab.model.ip import Prefix, lies_in
from lab.model.route_tables import BLACKHOLE, TransitRoute
from lab.model.topology import Gateway, GatewayKind
from lab.spelling import way_out

_ATTACHMENTS = ("VPC", "VPN connection", "peering")


def peerings_join_two(draft: Draft) -> Iterator[Finding]:
    """Rule: a peering joins two different transit gateways."""
    for peering in draft.topology.peerings:
        if peering.between[0] == peering.between[1]:
            message = f"both ends are {peering.between[0]}; expected two transit gateways (change one)"
            yield Finding(where=(*where(peering), "between"), message=message)
        for index, name in enumerate(peering.between):
            gateway = draft.gateway(name)
            if gateway and gateway.kind is GatewayKind.VGW:
                message = f"{name} is a virtual private gateway; AWS peers only transit gateways (write kind: tgw for {name})"
                yield Finding(where=(*where(peering), "between", index), message=message)


def known_attachments(draft: Draft) -> Iterator[Finding]:
    """Rule: a static route leads to an attachment of its gateway. AWS takes VPCs, VPN connections and peerings (T23)."""
    for gateway in draft.topology.gateways:
        for name in dict.fromkeys(route.attachment for route in gateway.static_routes):
            if name != BLACKHOLE:
                yield from _attached(draft, gateway, name)


def _attached(draft: Draft, gateway: Gateway, name: str) -> Iterator[Finding]:
    at = (*where(gateway), "static_routes", name)
    if draft.known.has(name, "DX gateway"):
        message = (
            f"{name} is a DX gateway; AWS takes a static route only to a VPC, a VPN connection or a peering "
            "(remove it: the routes of virtual interfaces come by BGP)"
        )
        yield Finding(where=at, message=message)
        return
    ours = _attachments(draft, gateway)
    if name not in ours and not draft.known.unsure.intersection(_ATTACHMENTS):
        yield Finding(where=at, message=f"{gateway.name} has no attachment named {name[:60]!r} {way_out(name, (*ours, BLACKHOLE))}")
    if any(vpn.name == name and vpn.static_routes for vpn in draft.topology.vpn_connections):
        message = (
            f"{name} is a VPN without BGP, which has its own static routes (write these prefixes in vpn_connections.{name}.static_routes)"
        )
        yield Finding(where=at, message=message)


def _attachments(draft: Draft, gateway: Gateway) -> tuple[str, ...]:
    """The attachments of a gateway to which static routes may lead."""
    topology = draft.topology
    return (
        *gateway.vpcs,
        *(vpn.name for vpn in topology.vpn_connections if vpn.gateway == gateway.name),
        *(peering.name for peering in topology.peerings if gateway.name in peering.between),
    )


def usable_prefixes(draft: Draft) -> Iterator[Finding]:
    """Rule: no static route leads to a reserved range, or takes the traffic of an attached VPC into a VPN. A default route is allowed."""
    cidrs = {vpc.name: vpc.cidr for vpc in draft.topology.vpcs}
    vpns = {vpn.name for vpn in draft.topology.vpn_connections}
    for gateway, route, at in _static_routes(draft):
        reason = reserved(route.prefix) if route.prefix.prefixlen else None
        if reason:
            yield Finding(where=at, message=f"{reason} (write prefixes of sites and VPCs)")
        for name in gateway.vpcs if route.attachment in vpns else ():
            cidr = cidrs.get(name)
            if cidr and lies_in(route.prefix, cidr):
                message = f"{route.prefix} is inside the VPC {name} ({cidr}), and would send its traffic into {route.attachment}"
                yield Finding(where=at, message=f"{message}; the lab does not support that (use another prefix)")


def one_each(draft: Draft) -> Iterator[Finding]:
    """Rule: a route table has one static route to each prefix (T23). Those of VPN connections without BGP are in the same table."""
    for gateway in draft.topology.gateways:
        first: dict[object, Where] = {}
        static = [vpn for vpn in draft.topology.vpn_connections if vpn.gateway == gateway.name and gateway.kind is GatewayKind.TGW]
        for vpn in static:
            first.update({prefix: (*where(vpn), "static_routes") for prefix in vpn.static_routes})
        for owner, route, at in _static_routes(draft):
            if owner is gateway and first.setdefault(route.prefix, at[:-1]) != at[:-1]:
                yield Finding(where=at, message=second_static_route(dotted(first[route.prefix]), route.prefix))


def second_static_route(holder: str, prefix: Prefix) -> str:
    """The message for a second static route to a prefix in one route table. `holder`: the place of the first one."""
    return f"{holder} has a static route to {prefix} already (AWS takes only one for a prefix: remove one)"


def _static_routes(draft: Draft) -> Iterator[tuple[Gateway, TransitRoute, Where]]:
    """Every static route with its gateway and its place in the file."""
    for gateway in draft.topology.gateways:
        counts: dict[str, int] = {}
        for route in gateway.static_routes:
            index = counts.setdefault(route.attachment, 0)
            counts[route.attachment] += 1
            yield gateway, route, (*where(gateway), "static_routes", route.attachment, index)
