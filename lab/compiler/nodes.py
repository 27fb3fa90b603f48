"""Build the nodes of a plan: containers with their routes, daemons and files."""

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_network
from typing import assert_never

from lab.compiler.aws import device_routes, dx_device, gateway_core, gateway_routes, table_routes, vpc_router, vpc_routes, vpn_endpoint
from lab.compiler.blueprint import INTERNET, Blueprint, TunnelSite
from lab.compiler.data_center import core_router, core_routes, edge_router
from lab.compiler.frr import frr_files
from lab.compiler.frr.render import DAEMONS
from lab.compiler.ipsec import TunnelConfig, aws_side, customer_port, customer_side, tunnel_files
from lab.compiler.ipv6 import has_ipv6_bgp
from lab.model.ip import Address
from lab.model.plan import GATEWAY_ROLES, Bridge, File, Node, Role, Route, Timers
from lab.model.router import BgpRouter

_EVERYWHERE = {4: ip_network("0.0.0.0/0"), 6: ip_network("::/0")}


def build_node(blueprint: Blueprint, name: str, router: BgpRouter | None) -> Node:
    """A node of the plan, without its files. `router`: its BGP configuration, None for a node without BGP."""
    charons = tuple(f"charon:{tunnel.name}" for tunnel in _tunnels(blueprint, name))
    place = blueprint.places[name]
    return Node(
        name=name,
        role=place.role,
        place=place.where,
        interfaces=tuple(blueprint.cabling.interfaces[name]),
        bridges=_bridges(blueprint, name),
        routes=_routes(blueprint, name),
        daemons=charons + (DAEMONS if router else ()),
        router=router,
        is_stateful=place.role in {Role.EDGE, Role.CUSTOMER_GATEWAY} and blueprint.center_of(name).is_stateful,
    )


def ipv6_routes(ipv6: Blueprint, name: str) -> tuple[Route, ...]:
    """The static IPv6 routes of a node. `ipv6`: the IPv6 side of the network."""
    place = ipv6.places[name]
    is_host = place.role in {Role.HOST, Role.VPC_HOST} and place.where in ipv6.hosts
    return _routes(ipv6, name) if is_host or has_ipv6_bgp(ipv6, name) else ()


def node_files(blueprint: Blueprint, name: str, router: BgpRouter | None, own: Mapping[str, str]) -> tuple[File, ...]:
    """The configuration files of all daemons of a node. `own`: the texts of FRR's daemons that run the customer's own configuration."""
    of_tunnels = tuple(file for tunnel in _tunnels(blueprint, name) for file in tunnel_files(tunnel))
    written = frr_files(router, has_default_route=blueprint.has_default_route) if router else ()
    return (*of_tunnels, *(_owned(file, own) for file in written))


def _owned(file: File, own: Mapping[str, str]) -> File:
    daemon = file.path.removeprefix("frr/").removesuffix(".conf")
    return replace(file, text=own[daemon]) if daemon in own else file


def build_router(blueprint: Blueprint, name: str, timers: Timers) -> BgpRouter | None:  # noqa: PLR0911 - one for each role
    """The BGP configuration of a node. None if the node has no BGP."""
    place = blueprint.places[name]
    match place.role:
        case Role.HOST | Role.VPC_HOST | Role.NAT | Role.INTERNET | Role.CARRIER | Role.WAN:
            return None
        case Role.CORE:
            return core_router(blueprint, blueprint.centers[place.where])
        case Role.EDGE | Role.CUSTOMER_GATEWAY:
            return edge_router(blueprint, blueprint.centers[place.where], name, timers)
        case Role.VPN_ENDPOINT:
            return vpn_endpoint(blueprint, blueprint.tunnels_of(name)[0])
        case Role.DX_DEVICE:
            return dx_device(blueprint, name, timers)
        case Role.VPC_ROUTER:
            return vpc_router(blueprint, blueprint.vpc(place.where))
        case Role.GATEWAY | Role.TRANSIT_GATEWAY:
            return gateway_core(blueprint, blueprint.gateway(name))
        case _:
            assert_never(place.role)


def _bridges(blueprint: Blueprint, name: str) -> tuple[Bridge, ...]:
    """The bridges of a node: one for each port towards a customer, with the ports towards AWS that belong to it."""
    joined: dict[str, list[str]] = {}
    for near, far in blueprint.bridged.get(name, ()):
        joined.setdefault(near.name, []).append(far.name)
    return tuple(Bridge(name=f"br{number}", ports=(near, *far)) for number, (near, far) in enumerate(joined.items()))


def _tunnels(blueprint: Blueprint, name: str) -> list[TunnelConfig]:
    configs = []
    for slot, tunnel in enumerate(site.tunnel for site in blueprint.tunnels_of(name)):
        is_customers = tunnel.customer.node == name
        local, remote = (tunnel.customer, tunnel.aws) if is_customers else (tunnel.aws, tunnel.customer)
        options, theirs = tunnel.options, [site.tunnel for site in blueprint.tunnels_of(tunnel.customer.node)]
        configs.append(
            TunnelConfig(
                name=tunnel.name,
                side=customer_side(options) if is_customers else aws_side(options),
                mtu=tunnel.mtu,
                local=local,
                remote=remote,
                slot=slot,
                options=options,
                customer_port=0 if tunnel.customer.behind_nat else customer_port(options, theirs.index(tunnel)),
            )
        )
    return configs


def _routes(blueprint: Blueprint, name: str) -> tuple[Route, ...]:
    """The static routes of a node.

    - A host: a default route to its router.
    - A provider: a default route to the internet. The internet: a route to each customer.
    - The end of a tunnel on the internet: a route to the other end only. A NAT box before it has the same route.
    - Core routers and AWS's other nodes: the routes that BGP needs there.
    """
    place = blueprint.places[name]
    is_host = place.role in {Role.HOST, Role.VPC_HOST}
    routes = [_default(blueprint.hosts[place.where].b.ip)] if is_host else []
    if name in blueprint.backbone:
        routes.append(_default(blueprint.backbone[name].b.ip))
    if name == INTERNET:
        routes += [
            Route(prefix=pair.a.host_network.supernet(1), via=blueprint.backbone[provider].a.ip)
            for (_, provider), pair in blueprint.uplinks.items()
            if provider != INTERNET
        ]
    routes += [_route_outside(blueprint, name, site) for site in blueprint.tunnels_of(name)]
    if place.role is Role.NAT:
        routes += [
            Route(prefix=ip_network(site.tunnel.aws.outside), via=blueprint.uplinks[name, site.vpn.provider].b.ip)
            for site in blueprint.tunnels
            if site.vpn.over is None and blueprint.in_front(site.vpn.customer_gateway) == name
        ]
    return (*routes, *_routes_for_bgp(blueprint, name))


def _default(via: Address) -> Route:
    """A default route of the family of its next hop."""
    return Route(prefix=_EVERYWHERE[via.version], via=via)


def _route_outside(blueprint: Blueprint, name: str, site: TunnelSite) -> Route:
    """The static route of one end of a tunnel to the other end."""
    bearer, there = blueprint.bearer(site.vpn), ip_network(site.tunnel.aws.outside)
    if site.tunnel.customer.node != name:
        customers = ip_network(site.tunnel.customer.outside) if bearer else blueprint.customers_outside
        return Route(prefix=customers, via=site.outside.a.ip)
    if bearer:
        return Route(prefix=there, via=bearer.aws.ip)
    line = blueprint.to_nat.get(name) or blueprint.uplinks[name, site.vpn.provider]
    return Route(prefix=there, via=line.b.ip)


def _routes_for_bgp(blueprint: Blueprint, name: str) -> tuple[Route, ...]:
    place, role = blueprint.places[name], blueprint.places[name].role
    if role is Role.CORE:
        return core_routes(blueprint, blueprint.centers[place.where])
    if role is Role.DX_DEVICE:
        return device_routes(blueprint, name)
    if role is Role.VPC_ROUTER:
        return vpc_routes(blueprint, blueprint.vpc(blueprint.places[name].where))
    if role not in GATEWAY_ROLES:
        return ()
    gateway = blueprint.gateway(name)
    return (*gateway_routes(blueprint, gateway), *table_routes(blueprint, gateway))
