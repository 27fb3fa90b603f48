"""The router of a VPC that has a route table of its own: several gateways, static routes or no propagation (2.1 C23).

The order: longest prefix, but nothing beats the VPC's own CIDR; then static before propagated. A static route stays if its gateway is lost.
"""

from collections.abc import Iterator

from lab.compiler.aws.inside import INTERNAL_TIMERS
from lab.compiler.blueprint import Blueprint
from lab.compiler.cabling import Pair
from lab.model.aws import INTERNAL_AS
from lab.model.ip import Prefix
from lab.model.plan import Route
from lab.model.router import Bfd, BgpRouter, InPrefixes, Neighbor, PrefixList, RouteMapEntry
from lab.model.topology import Gateway, GatewayKind, Vpc

_IF_CUT = 1
"""The metric of the route that drops packets while the way of a static route is cut."""


def vpc_router(blueprint: Blueprint, vpc: Vpc) -> BgpRouter | None:
    """The BGP of the router: it learns what its virtual private gateway propagates. None without propagation."""
    gateways = [gateway for gateway in blueprint.topology.gateways if any(name == vpc.name for name, _ in propagated(blueprint, gateway))]
    neighbors = tuple(_gateway(blueprint.vpc_links[vpc.name, gateway.name], gateway.name) for gateway in gateways)
    if not neighbors:
        return None
    router = f"{vpc.name}-router"
    return BgpRouter(
        hostname=router,
        asn=INTERNAL_AS,
        router_id=blueprint.router_id(router),
        neighbors=neighbors,
        prefix_lists=(PrefixList(name="LOCAL", prefixes=(vpc.cidr,), longer=True),),
        route_maps=(
            RouteMapEntry(name="FROM-GATEWAY", seq=10, permit=False, match=(InPrefixes(list="LOCAL"),)),
            RouteMapEntry(name="FROM-GATEWAY", seq=20),
            RouteMapEntry(name="TO-GATEWAY", seq=10, permit=False),
        ),
    )


def vpc_routes(blueprint: Blueprint, vpc: Vpc) -> tuple[Route, ...]:
    """The static routes of the router, and that of the VPC's own CIDR: nobody is there but the host."""
    return (Route(prefix=vpc.cidr), *(route for each in vpc.static_routes for route in _static(blueprint, vpc, each.gateway, each.prefix)))


def propagated(blueprint: Blueprint, gateway: Gateway) -> Iterator[tuple[str, Pair]]:
    """The VPCs into whose route tables a virtual private gateway propagates its routes, each with its cable. Others propagate none."""
    for (name, owner), pair in blueprint.vpc_links.items():
        if owner == gateway.name and gateway.kind is GatewayKind.VGW and blueprint.vpc(name).propagation:
            yield name, pair


def _static(blueprint: Blueprint, vpc: Vpc, gateway: str, prefix: Prefix) -> Iterator[Route]:
    yield Route(prefix=prefix, via=blueprint.vpc_links[vpc.name, gateway].b.ip)
    yield Route(prefix=prefix, metric=_IF_CUT)


def _gateway(pair: Pair, gateway: str) -> Neighbor:
    return Neighbor(
        address=pair.b.ip,
        remote_as=INTERNAL_AS,
        node=gateway,
        keepalive=INTERNAL_TIMERS[0],
        hold=INTERNAL_TIMERS[1],
        bfd=Bfd(local=pair.a.ip, interface=pair.a.name),
        map_in="FROM-GATEWAY",
        map_out="TO-GATEWAY",
    )
