"""Targets: every name that faults and expectations may use, and the parts of the network that it means."""

from collections.abc import Iterator
from dataclasses import replace

from lab.compiler.blueprint import INTERNET, Blueprint, VifSite
from lab.compiler.data_center.policy import out_by
from lab.model.aws import INTERNAL_AS, VPN_PREFIX_LIMIT
from lab.model.bgp import Announcement, AssociationLeg, BgpSession, Outlet
from lab.model.by_tables import table_node
from lab.model.ip import Prefix, lies_in
from lab.model.lag import MEMBER
from lab.model.plan import Role, Route, Target
from lab.model.topology import DataCenter, VpnConnection
from lab.model.tunnel import Tunnel


def build_targets(blueprint: Blueprint) -> tuple[Target, ...]:
    """All targets: nodes, links, tunnels, and groups of them.

    If a node and a group have the same name, the name means the group with that node.
    """
    targets: dict[str, Target] = {}
    for kind in (_sites, _peerings, _tables, _vpn, _dx_gateways, _circuits, _risks, _nodes, _links):
        for target in kind(blueprint):
            targets.setdefault(target.name, target)
    return tuple(targets.values())


def _sites(blueprint: Blueprint) -> Iterator[Target]:
    topology = blueprint.topology
    for site in topology.data_centers:
        members = blueprint.standing_at[site.name]
        yield Target(name=site.name, what="data centre", nodes=members, waypoints=members)
    for interconnect in topology.interconnects:
        if not interconnect.is_wan:
            yield Target(name=interconnect.name, what="interconnect", links=(interconnect.name,))
            continue
        lines = tuple(f"{site}-core--{interconnect.name}" for site in interconnect.between)
        name = interconnect.name
        yield Target(name=name, what="interconnect", links=lines, nodes=(name,), waypoints=(name,))


def _peerings(blueprint: Blueprint) -> Iterator[Target]:
    for name in blueprint.peerings:
        yield Target(name=name, what="transit gateway peering", links=(name,))


def _tables(blueprint: Blueprint) -> Iterator[Target]:
    """The transit gateways with several route tables. Each table is a node."""
    nodes: dict[str, list[str]] = {}
    for gateway in blueprint.topology.gateways:
        for table in gateway.tables:
            nodes.setdefault(gateway.name.removesuffix(table_node("", table.name)), []).append(gateway.name)
    for name, members in nodes.items():
        yield Target(name=name, what=Role.TRANSIT_GATEWAY.value, nodes=tuple(members), waypoints=tuple(members))


def _vpn(blueprint: Blueprint) -> Iterator[Target]:
    for zone in dict.fromkeys(place.where for place in blueprint.places.values() if place.role is Role.VPN_ENDPOINT):
        members = blueprint.standing_at[zone]
        yield Target(name=zone, what="availability zone", nodes=members, waypoints=members)
    for vpn in blueprint.topology.vpn_connections:
        yield _connection(blueprint, vpn)
    for provider in blueprint.backbone:
        yield _provider(blueprint, provider)


def _provider(blueprint: Blueprint, provider: str) -> Target:
    """An internet provider. A company may also be the carrier of circuits. Then its circuits fail together with its internet lines."""
    circuits = _group(blueprint, provider, "internet provider", [site for site in blueprint.vifs if site.connection.provider == provider])
    return replace(
        circuits,
        links=(f"{provider}--{INTERNET}", *circuits.links),
        nodes=(provider, *circuits.nodes),
        waypoints=(provider, *circuits.waypoints),
    )


def halves(blueprint: Blueprint, site: DataCenter) -> tuple[Prefix, ...]:
    """Both halves of each prefix of a site, and of each part of one that it announces. A single address has none."""
    parts = (each for each in blueprint.beyond_own(site) if any(lies_in(each, prefix) for prefix in site.prefixes))
    whole = (prefix for prefix in (*site.prefixes, *parts) if prefix.prefixlen < prefix.max_prefixlen)
    return tuple(dict.fromkeys(half for prefix in whole for half in prefix.subnets()))


def _connection(blueprint: Blueprint, vpn: VpnConnection) -> Target:
    tunnels = [site.tunnel for site in blueprint.tunnels_of(vpn.customer_gateway) if site.vpn is vpn and not site.never_up]
    center = blueprint.center_of(vpn.customer_gateway)
    sessions = tuple(session for tunnel in tunnels for session in _in_tunnel(tunnel))
    outlet = Outlet(
        node=vpn.customer_gateway,
        asn=center.asn_of(vpn.customer_gateway),
        route_map=out_by(vpn),
        neighbors=tuple(tunnel.aws.inside.ip for tunnel in tunnels),
        sessions=sessions,
        prefix_limit=VPN_PREFIX_LIMIT[blueprint.gateway(vpn.gateway).kind],
    )
    return Target(
        name=vpn.name,
        what="VPN connection",
        tunnels=tuple(tunnel.name for tunnel in tunnels),
        sessions=sessions,
        outlets=() if vpn.static_routes else (outlet,),
        announcements=() if vpn.static_routes else (Announcement(outlet=outlet, prefixes=halves(blueprint, center)),),
        static_routes=tuple(
            (tunnel.aws.node, Route(prefix=prefix, interface=tunnel.aws.device)) for tunnel in tunnels for prefix in center.prefixes
        ),
        waypoints=tuple(tunnel.name for tunnel in tunnels),
    )


def _dx_gateways(blueprint: Blueprint) -> Iterator[Target]:
    for dx_gateway in blueprint.topology.direct_connect_gateways:
        gateways = [association.gateway for association in dx_gateway.associations]
        legs = tuple(leg for gateway in gateways for leg in _legs(blueprint, gateway, dx_gateway.name))
        if legs:  # a Direct Connect gateway that is used only for SiteLink has no association
            yield Target(name=dx_gateway.name, what="Direct Connect gateway", legs=legs)


def _circuits(blueprint: Blueprint) -> Iterator[Target]:
    for name in dict.fromkeys(site.connection.name for site in blueprint.vifs):
        yield _group(blueprint, name, "Direct Connect connection", [site for site in blueprint.vifs if site.connection.name == name])
    for site in blueprint.vifs:
        yield Target(
            name=site.vif.name,
            what="virtual interface",
            sessions=(_aws_side(site),),
            outlets=(_outlet(blueprint, site),),
            waypoints=(site.connection.name,),
        )
    yield from _members(blueprint)
    yield from _cables(blueprint)
    for device in dict.fromkeys(_box(site) for site in blueprint.vifs):
        members = tuple(dict.fromkeys(site.device for site in blueprint.vifs if _box(site) == device))
        yield Target(name=device, what=Role.DX_DEVICE.value, nodes=members, waypoints=members)
    for location in dict.fromkeys(site.connection.location for site in blueprint.vifs):
        members = blueprint.standing_at[location]
        yield Target(name=location, what="Direct Connect location", nodes=members, waypoints=members)
    for carrier in dict.fromkeys(site.connection.provider for site in blueprint.vifs):
        yield _group(blueprint, carrier, "carrier", [site for site in blueprint.vifs if site.connection.provider == carrier])


def _members(blueprint: Blueprint) -> Iterator[Target]:
    """The members of each LAG. Each has its cables on both sides of the carrier."""
    for connection in dict.fromkeys(site.connection for site in blueprint.vifs):
        for name in connection.lag.names(connection.name) if connection.lag else ():
            ends = {f"{connection.edge}--{name}", *(f"{name}--{site.device}" for site in blueprint.vifs if site.connection is connection)}
            yield Target(name=name, what=MEMBER, links=tuple(link.name for link in blueprint.cabling.links if link.name in ends))


def _cables(blueprint: Blueprint) -> Iterator[Target]:
    """The cables of each circuit, as targets: one on either side of the carrier.

    If the lab cannot use VLANs, each virtual interface has cables of its own. The target then has all of them.
    """
    ends = [(site.connection.edge, site.connection.name) for site in blueprint.vifs]
    ends += [(site.connection.name, site.device) for site in blueprint.vifs]
    for one, other in dict.fromkeys(ends):
        links = tuple(link.name for link in blueprint.cabling.links if (link.a.node, link.b.node) == (one, other))
        yield Target(name=f"{one}--{other}", what="link", links=links)


def _box(site: VifSite) -> str:
    """The name that AWS gives to the device. In the lab, the device may be several nodes: one for each gateway."""
    return f"{site.connection.location}-{site.connection.device}"


def _risks(blueprint: Blueprint) -> Iterator[Target]:
    circuits = [(risk, site) for site in blueprint.vifs for risk in site.connection.shared_risk]
    lines = [(risk, vpn) for vpn in blueprint.topology.vpn_connections for risk in vpn.shared_risk]
    for risk in dict.fromkeys([*(name for name, _ in circuits), *(name for name, _ in lines)]):
        group = _group(blueprint, risk, "shared risk", [site for name, site in circuits if name == risk])
        vpns = [vpn for name, vpn in lines if name == risk]
        uplinks = dict.fromkeys(f"{blueprint.in_front(vpn.customer_gateway)}--{vpn.provider}" for vpn in vpns)
        tunnels = (site.tunnel.name for site in blueprint.tunnels if site.vpn in vpns and not site.never_up)
        yield replace(group, links=(*group.links, *uplinks), waypoints=(*group.waypoints, *tunnels))


def _group(blueprint: Blueprint, name: str, what: str, sites: list[VifSite]) -> Target:
    """A target for several circuits: their carriers' equipment, all their cables and all their BGP sessions."""
    circuits = tuple(dict.fromkeys(site.connection.name for site in sites))
    return Target(
        name=name,
        what=what,
        links=tuple(link.name for link in blueprint.cabling.links if link.a.node in circuits or link.b.node in circuits),
        nodes=circuits,
        sessions=tuple(_aws_side(site) for site in sites),
        outlets=tuple(_outlet(blueprint, site) for site in sites),
        waypoints=circuits,
    )


def _aws_side(site: VifSite) -> BgpSession:
    return BgpSession(node=site.device, asn=INTERNAL_AS, neighbor=site.customer.ip, neighbor_node=site.connection.edge)


def _outlet(blueprint: Blueprint, site: VifSite) -> Outlet:
    return Outlet(
        node=site.connection.edge,
        asn=blueprint.asn_of(site.connection.edge),
        route_map=out_by(site.vif),
        neighbors=(site.aws.ip,),
        sessions=(_aws_side(site),),
        prefix_limit=site.vif.prefix_limit,
    )


def _in_tunnel(tunnel: Tunnel) -> tuple[BgpSession, ...]:
    """The BGP session in a tunnel, as AWS's router sees it. () for a static VPN."""
    end = tunnel.customer
    return (BgpSession(node=tunnel.aws.node, asn=INTERNAL_AS, neighbor=end.inside.ip, neighbor_node=end.node),) if tunnel.shown else ()


def _legs(blueprint: Blueprint, gateway: str, dx_gateway: str) -> Iterator[AssociationLeg]:
    """The sessions between this gateway and every device of the Direct Connect gateway, with their cables."""
    for device in dict.fromkeys(site.device for site in blueprint.vifs if site.vif.gateway == dx_gateway):
        pair = blueprint.device_core[device, gateway]
        session = BgpSession(node=gateway, asn=INTERNAL_AS, neighbor=pair.a.ip, neighbor_node=device)
        yield AssociationLeg(session=session, link=f"{device}--{gateway}")


def _nodes(blueprint: Blueprint) -> Iterator[Target]:
    tunnels = {site.tunnel.name: site.tunnel for site in blueprint.tunnels if not site.never_up}
    for name, place in blueprint.places.items():
        yield Target(
            name=name,
            what=place.role.value,
            nodes=(name,),
            tunnels=(name,) if name in tunnels else (),
            sessions=_in_tunnel(tunnels[name]) if name in tunnels else (),
            legs=_legs_to(blueprint, name),
            waypoints=(name,),
        )


def _legs_to(blueprint: Blueprint, gateway: str) -> tuple[AssociationLeg, ...]:
    """The sessions of all associations of a gateway, with their cables."""
    dx_gateways = blueprint.topology.direct_connect_gateways
    associated = [each.name for each in dx_gateways if any(association.gateway == gateway for association in each.associations)]
    return tuple(leg for name in associated for leg in _legs(blueprint, gateway, name))


def _links(blueprint: Blueprint) -> Iterator[Target]:
    for link in blueprint.cabling.links:
        yield Target(name=link.name, what="link", links=(link.name,))
