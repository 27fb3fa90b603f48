"""Rules for gateways: a virtual private gateway has one VPC, a VPC has gateways of its own Region, and routes to them."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.prefixes import reserved
from lab.intent.rules.transit_routes import second_static_route
from lab.model.ip import Prefix, lies_in
from lab.model.topology import Gateway, GatewayKind, Vpc
from lab.spelling import way_out

WORDS = {GatewayKind.VGW: "virtual private gateway", GatewayKind.TGW: "transit gateway"}
"""AWS's name for a gateway of each kind."""


def one_vpc_each(draft: Draft) -> Iterator[Finding]:
    """Rule: a virtual private gateway is attached to one VPC, and a VPC has one virtual private gateway."""
    attached: dict[str, Gateway] = {}
    for gateway in draft.topology.gateways:
        at = (*where(gateway), "vpcs")
        if gateway.kind is GatewayKind.VGW and len(gateway.vpcs) != 1:
            message = f"a virtual private gateway needs exactly one VPC, found {len(gateway.vpcs)} (use one gateway for each VPC)"
            yield Finding(where=at, message=message)
        for name in dict.fromkeys(gateway.vpcs):
            other = attached.setdefault(name, gateway) if gateway.kind is GatewayKind.VGW else gateway
            if other is not gateway:
                message = f"VPC {name!r} already has gateway {other.name}; AWS allows one virtual private gateway for each VPC"
                yield Finding(where=at, message=f"{message} (attach another VPC)")


def routes_to_own_gateways(draft: Draft) -> Iterator[Finding]:
    """Rule: a static route of a VPC leads to a gateway of the VPC, and not into its own CIDR."""
    for vpc in draft.topology.vpcs:
        ours = tuple(gateway.name for gateway in draft.topology.gateways if vpc.name in gateway.vpcs)
        first: dict[object, str] = {}
        for name in dict.fromkeys(route.gateway for route in vpc.static_routes):
            at = (*where(vpc), "static_routes", name)
            if name not in ours and "gateway" not in draft.known.unsure:
                yield Finding(where=at, message=f"VPC {vpc.name} has no gateway named {name[:60]!r} {way_out(name, ours)}")
            for index, prefix in enumerate(route.prefix for route in vpc.static_routes if route.gateway == name):
                message = _unusable(vpc, prefix) or _twice(prefix, first.setdefault(prefix, name), name)
                if message:
                    yield Finding(where=(*at, index), message=message)


def _unusable(vpc: Vpc, prefix: Prefix) -> str | None:
    reason = reserved(prefix) if prefix.prefixlen else None
    if lies_in(prefix, vpc.cidr):
        return f"{prefix} is inside the VPC ({vpc.cidr}); AWS keeps such packets in the VPC (write prefixes of sites and other VPCs)"
    return f"{reason} (write prefixes of sites and other VPCs)" if reason else None


def _twice(prefix: Prefix, first: str, name: str) -> str | None:
    return None if first == name else second_static_route(f"static_routes.{first}", prefix)


def routed_to_transit_gateways(draft: Draft) -> Iterator[Finding]:
    """Rule: a VPC with several gateways has a static route to each of its transit gateways, which propagate none into its table."""
    for vpc in draft.topology.vpcs:
        gateways = [gateway for gateway in draft.topology.gateways if vpc.name in gateway.vpcs]
        routed = {route.gateway for route in vpc.static_routes}
        missing = [gateway.name for gateway in gateways if gateway.kind is GatewayKind.TGW and gateway.name not in routed]
        if len(gateways) > 1 and missing:
            message = (
                f"VPC {vpc.name} has several gateways, and no static route to {missing[0]}; a transit gateway propagates no routes into "
                f"a VPC's table (write for instance static_routes: {{{missing[0]}: [10.0.0.0/8]}})"
            )
            yield Finding(where=where(vpc), message=message)


def same_region(draft: Draft) -> Iterator[Finding]:
    """Rule: a gateway and its VPCs are in one Region."""
    regions = {vpc.name: vpc.region for vpc in draft.topology.vpcs}
    for gateway in draft.topology.gateways:
        for index, name in enumerate(gateway.vpcs):
            region = regions.get(name, gateway.region)
            if region != gateway.region:
                message = f"VPC {name!r} is in {region}, but its {WORDS[gateway.kind]} is in {gateway.region} (use one Region for both)"
                yield Finding(where=(*where(gateway), "vpcs", index), message=message)
