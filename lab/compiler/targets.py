"""Targets: every name a fault or an expectation may speak of, and what it stands for."""

from collections.abc import Iterable, Iterator

from lab.compiler.aws.inside import INTERNAL_AS
from lab.compiler.blueprint import INTERNET, Blueprint, VifSite
from lab.compiler.data_center.edge import out_by
from lab.model.plan import Announcement, BgpSession, Role, Route, Target
from lab.model.topology import VpnConnection


def build_targets(blueprint: Blueprint) -> tuple[Target, ...]:
    """Nodes, links, tunnels and the groups a network engineer speaks of; a name that is both node and group means both."""
    targets: dict[str, Target] = {}
    for kind in (_sites, _vpn, _circuits, _risks, _nodes, _links):
        for target in kind(blueprint):
            targets.setdefault(target.name, target)
    return tuple(targets.values())


def _sites(blueprint: Blueprint) -> Iterator[Target]:
    topology = blueprint.topology
    for site in topology.data_centers:
        members = _standing_in(blueprint, [site.name])
        yield Target(name=site.name, what="data centre", nodes=members, waypoints=members)
    for interconnect in topology.interconnects:
        yield Target(name=interconnect.name, what="interconnect", links=(interconnect.name,))


def _vpn(blueprint: Blueprint) -> Iterator[Target]:
    for zone in dict.fromkeys(place.where for place in blueprint.places.values() if place.role is Role.VPN_ENDPOINT):
        members = _standing_in(blueprint, [zone])
        yield Target(name=zone, what="availability zone", nodes=members, waypoints=members)
    for vpn in blueprint.topology.vpn_connections:
        yield _connection(blueprint, vpn)
    for provider in blueprint.backbone:
        uplink = f"{provider}--{INTERNET}"
        yield Target(name=provider, what="internet provider", links=(uplink,), nodes=(provider,), waypoints=(provider,))


def _connection(blueprint: Blueprint, vpn: VpnConnection) -> Target:
    tunnels = [site.tunnel for site in blueprint.tunnels if site.vpn is vpn]
    center = next(center for center in blueprint.topology.data_centers if vpn.customer_gateway in center.edges)
    halves = tuple(half for prefix in center.prefixes for half in prefix.subnets() if prefix.prefixlen < 32)
    longer = Announcement(
        node=vpn.customer_gateway,
        asn=center.asn,
        route_map=out_by(vpn.name),
        neighbors=tuple(tunnel.aws.inside.ip for tunnel in tunnels),
        prefixes=halves,
    )
    return Target(
        name=vpn.name,
        what="VPN connection",
        tunnels=tuple(tunnel.name for tunnel in tunnels),
        announcements=() if vpn.static_routes else (longer,),
        static_routes=tuple(
            (tunnel.aws.node, Route(prefix=prefix, interface=tunnel.aws.device)) for tunnel in tunnels for prefix in center.prefixes
        ),
        waypoints=tuple(tunnel.name for tunnel in tunnels),
    )


def _circuits(blueprint: Blueprint) -> Iterator[Target]:
    for name in dict.fromkeys(site.connection.name for site in blueprint.vifs):
        yield _group(blueprint, name, "Direct Connect connection", [site for site in blueprint.vifs if site.connection.name == name])
    for site in blueprint.vifs:
        yield Target(name=site.vif.name, what="virtual interface", sessions=(_aws_side(site),), waypoints=(site.connection.name,))
    yield from _cables(blueprint)
    for device in dict.fromkeys(_box(site) for site in blueprint.vifs):
        members = tuple(dict.fromkeys(site.device for site in blueprint.vifs if _box(site) == device))
        yield Target(name=device, what=Role.DX_DEVICE.value, nodes=members, waypoints=members)
    for location in dict.fromkeys(site.connection.location for site in blueprint.vifs):
        members = _standing_in(blueprint, [location])
        yield Target(name=location, what="Direct Connect location", nodes=members, waypoints=members)
    for carrier in dict.fromkeys(site.connection.provider for site in blueprint.vifs):
        yield _group(blueprint, carrier, "carrier", [site for site in blueprint.vifs if site.connection.provider == carrier])


def _cables(blueprint: Blueprint) -> Iterator[Target]:
    """Both halves of a circuit, each with all its cables: how many there are depends on how virtual interfaces are kept apart."""
    ends = [(site.connection.edge, site.connection.name) for site in blueprint.vifs]
    ends += [(site.connection.name, site.device) for site in blueprint.vifs]
    for one, other in dict.fromkeys(ends):
        links = tuple(link.name for link in blueprint.cabling.links if (link.a.node, link.b.node) == (one, other))
        yield Target(name=f"{one}--{other}", what="link", links=links)


def _box(site: VifSite) -> str:
    """The device as AWS knows it, be it several nodes here: one for each gateway it serves."""
    return f"{site.connection.location}-{site.connection.device}"


def _risks(blueprint: Blueprint) -> Iterator[Target]:
    for risk in dict.fromkeys(risk for site in blueprint.vifs for risk in site.connection.shared_risk):
        yield _group(blueprint, risk, "shared risk", [site for site in blueprint.vifs if risk in site.connection.shared_risk])


def _group(blueprint: Blueprint, name: str, what: str, sites: list[VifSite]) -> Target:
    """Circuits that share something: their carriers' equipment, all their cables, all their BGP sessions."""
    circuits = tuple(dict.fromkeys(site.connection.name for site in sites))
    return Target(
        name=name,
        what=what,
        links=tuple(link.name for link in blueprint.cabling.links if link.a.node in circuits or link.b.node in circuits),
        nodes=circuits,
        sessions=tuple(_aws_side(site) for site in sites),
        waypoints=circuits,
    )


def _aws_side(site: VifSite) -> BgpSession:
    return BgpSession(node=site.device, asn=INTERNAL_AS, neighbor=site.customer.ip, neighbor_node=site.connection.edge)


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
