"""Targets: every name a fault or an expectation may speak of, and what it stands for."""

from collections.abc import Iterable, Iterator

from lab.compiler.blueprint import INTERNET, Blueprint
from lab.model.plan import Role, Target


def build_targets(blueprint: Blueprint) -> tuple[Target, ...]:
    """Nodes, links, tunnels and the groups a network engineer speaks of; a name that is both node and group means both."""
    targets: dict[str, Target] = {}
    for target in [*_groups(blueprint), *_nodes(blueprint), *_links(blueprint)]:
        targets.setdefault(target.name, target)
    return tuple(targets.values())


def _groups(blueprint: Blueprint) -> Iterator[Target]:
    topology = blueprint.topology
    for site in topology.data_centers:
        members = _standing_in(blueprint, [site.name])
        yield Target(name=site.name, what="data centre", nodes=members, waypoints=members)
    for interconnect in topology.interconnects:
        yield Target(name=interconnect.name, what="interconnect", links=(interconnect.name,))
    for region_zone in dict.fromkeys(place.where for place in blueprint.places.values() if place.role is Role.VPN_ENDPOINT):
        members = _standing_in(blueprint, [region_zone])
        yield Target(name=region_zone, what="availability zone", nodes=members, waypoints=members)
    for vpn in topology.vpn_connections:
        tunnels = tuple(site.tunnel.name for site in blueprint.tunnels if site.tunnel.connection == vpn.name)
        yield Target(name=vpn.name, what="VPN connection", tunnels=tunnels, waypoints=tunnels)
    for provider in blueprint.backbone:
        uplink = f"{provider}--{INTERNET}"
        yield Target(name=provider, what="internet provider", links=(uplink,), nodes=(provider,), waypoints=(provider,))


def _nodes(blueprint: Blueprint) -> Iterator[Target]:
    tunnels = {site.tunnel.name for site in blueprint.tunnels}
    for name, place in blueprint.places.items():
        own = (name,) if name in tunnels else ()
        yield Target(name=name, what=place.role.value, nodes=(name,), tunnels=own, waypoints=(name,))


def _links(blueprint: Blueprint) -> Iterator[Target]:
    for link in blueprint.cabling.links:
        yield Target(name=link.name, what="link", links=(link.name,))


def _standing_in(blueprint: Blueprint, places: Iterable[str]) -> tuple[str, ...]:
    wanted = set(places)
    return tuple(name for name, place in blueprint.places.items() if place.where in wanted)
