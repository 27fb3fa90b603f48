"""Nodes: every place of the blueprint becomes a container with its routes, daemons and files."""

from ipaddress import IPv4Network
from typing import assert_never

from lab.compiler.aws import gateway_core, vpn_endpoint
from lab.compiler.blueprint import INTERNET, Blueprint
from lab.compiler.cabling import CUSTOMER_OUTSIDE
from lab.compiler.data_center import core_router, customer_gateway
from lab.compiler.frr import BgpRouter, frr_files
from lab.compiler.frr.render import DAEMONS
from lab.compiler.ipsec import AWS, CUSTOMER, TunnelConfig, tunnel_files
from lab.model.plan import File, Node, Role, Route, Timers

_EVERYWHERE = IPv4Network("0.0.0.0/0")


def build_node(blueprint: Blueprint, name: str, router: BgpRouter | None) -> Node:
    """One container; `router` is None for nodes that speak no BGP."""
    tunnels = _tunnels(blueprint, name)
    files: tuple[File, ...] = tuple(file for tunnel in tunnels for file in tunnel_files(tunnel))
    daemons = tuple(f"charon:{tunnel.name}" for tunnel in tunnels)
    if router:
        files, daemons = files + frr_files(router), daemons + DAEMONS
    place = blueprint.places[name]
    return Node(
        name=name,
        role=place.role,
        place=place.where,
        interfaces=tuple(blueprint.cabling.interfaces[name]),
        routes=_routes(blueprint, name),
        daemons=daemons,
        files=files,
    )


def build_router(blueprint: Blueprint, name: str, timers: Timers) -> BgpRouter | None:
    """The BGP speaker of a node, if it is one."""
    topology = blueprint.topology
    place = blueprint.places[name]
    match place.role:
        case Role.HOST | Role.VPC_HOST | Role.INTERNET:
            return None
        case Role.CORE:
            return core_router(blueprint, next(site for site in topology.data_centers if site.name == place.where))
        case Role.CUSTOMER_GATEWAY:
            return customer_gateway(blueprint, next(site for site in topology.data_centers if site.name == place.where), name, timers)
        case Role.VPN_ENDPOINT:
            return vpn_endpoint(blueprint, next(site for site in blueprint.tunnels if site.tunnel.name == name))
        case Role.GATEWAY:
            return gateway_core(blueprint, next(gateway for gateway in topology.gateways if gateway.name == name))
        case _:
            assert_never(place.role)


def _tunnels(blueprint: Blueprint, name: str) -> list[TunnelConfig]:
    configs = []
    for slot, tunnel in enumerate(blueprint.tunnels_of(name)):
        if tunnel.customer.node == name:
            configs.append(TunnelConfig(name=tunnel.name, side=CUSTOMER, local=tunnel.customer, remote=tunnel.aws, slot=slot))
        else:
            configs.append(TunnelConfig(name=tunnel.name, side=AWS, local=tunnel.aws, remote=tunnel.customer, slot=slot))
    return configs


def _routes(blueprint: Blueprint, name: str) -> tuple[Route, ...]:
    """Static routes: hosts to their router, the internet to its customers, tunnel ends to each other and to nothing else."""
    routes = [Route(prefix=_EVERYWHERE, via=pair.b.address.ip) for site, pair in blueprint.hosts.items() if _is_host(blueprint, name, site)]
    if name in blueprint.backbone:
        routes.append(Route(prefix=_EVERYWHERE, via=blueprint.backbone[name].b.address.ip))
    if name == INTERNET:
        routes += [
            Route(prefix=pair.a.address.network, via=blueprint.backbone[provider].a.address.ip)
            for (_, provider), pair in blueprint.uplinks.items()
            if provider != INTERNET
        ]
    for site in blueprint.tunnels:
        if site.tunnel.customer.node == name:
            via = blueprint.uplinks[name, site.provider].b.address.ip
            routes.append(Route(prefix=IPv4Network(site.tunnel.aws.outside), via=via))
        elif site.tunnel.aws.node == name:
            routes.append(Route(prefix=CUSTOMER_OUTSIDE, via=site.outside.a.address.ip))
    return tuple(routes)


def _is_host(blueprint: Blueprint, name: str, site: str) -> bool:
    return name == f"{site}-host" and blueprint.places[name].role in {Role.HOST, Role.VPC_HOST}
