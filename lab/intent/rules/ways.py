"""Find the sites that can reach each other through AWS and the interconnects.

Law: AWS forwards between two branches of a gateway only if `_passes` says so. A customer discards routes that contain its own ASN.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_network
from itertools import combinations, product

from lab.intent.rules.branch import EVERYTHING, Branch
from lab.intent.rules.draft import Draft
from lab.intent.rules.peered_ways import across_peerings, leads_to, no_way_back
from lab.intent.rules.tabled_ways import through_tables
from lab.model.hosts import host_address
from lab.model.ip import Prefix, lies_in
from lab.model.route_tables import TransitRoute
from lab.model.topology import Association, DataCenter, DirectConnectGateway, Gateway, GatewayKind, VirtualInterface

Pair = frozenset[str]


def ways(draft: Draft) -> frozenset[Pair]:
    """All pairs of sites (data centres, VPCs) that reach each other in both directions.

    Exception: of two data centres only if both reach one that has a flow with another data centre.
    """
    centers = {center.name for center in draft.topology.data_centers}
    pairs = (frozenset({flow.source, flow.target}) for flow in draft.topology.flows)
    asked = frozenset[str]().union(*(pair for pair in pairs if pair <= centers))
    found = set(_between_sites(draft))
    for gateway in draft.topology.gateways:
        through = set(_through(draft, gateway, asked))
        found.update(through & set(through_tables(draft, gateway, tuple(_branches(draft, gateway)))) if gateway.tables else through)
    if draft.topology.peerings:
        found.update(across_peerings(draft, {each.name: tuple(_branches(draft, each)) for each in draft.topology.gateways}))
    found -= set(no_way_back(draft, {each.name: tuple(_branches(draft, each)) for each in draft.topology.gateways}))
    for dxgw in draft.topology.direct_connect_gateways:
        linked = [_on_vif(draft, center, vif) for center, vif in draft.circuits(dxgw.name) if vif.sitelink]
        for one, other in combinations(linked, 2):
            found.update(_exchanged(one, other))
    return frozenset(found)


def _through(draft: Draft, gateway: Gateway, asked: frozenset[str]) -> Iterator[Pair]:
    """The pairs that reach each other through a gateway. Of two data centres, both reach a site in `asked`."""
    # a second connection of a site reaches the same sites
    branches = _by_longest(tuple(dict.fromkeys(_branches(draft, gateway))), gateway.static_routes)
    vpcs = [vpc for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs]
    cidrs = {vpc.name: vpc.cidr for vpc in vpcs if leads_to(gateway.static_routes, vpc.cidr, vpc.name)}
    for branch, (vpc, cidr) in product(branches, cidrs.items()):
        if branch.hears(cidr):
            yield from (frozenset({vpc, site.name}) for site in branch.sites)
    if gateway.kind is GatewayKind.TGW:
        yield from (frozenset(pair) for pair in combinations(cidrs, 2))
    for one, other in combinations([each for each in branches if asked.intersection(site.name for site in each.sites)], 2):
        if _passes(gateway, one, other):
            yield from _exchanged(one, other)


def _by_longest(branches: Sequence[Branch], static: Sequence[TransitRoute]) -> tuple[Branch, ...]:
    """The branches, each with those of its sites to which the gateway may send packets on it.

    The gateway sends by the longest prefix. To equal prefixes, its static routes come first.
    """
    every = frozenset[Prefix]().union(*(branch.told for branch in branches), (route.prefix for route in static))
    longest = {site: _longest(every, site) for branch in branches for site in branch.sites}
    chosen = {route.prefix: route.attachment for route in static}
    return tuple(
        replace(branch, sites=tuple(site for site in branch.sites if _carries(branch, longest[site], chosen))) for branch in branches
    )


def _carries(branch: Branch, prefix: Prefix | None, chosen: Mapping[Prefix, str]) -> bool:
    """Whether the gateway sends packets on this branch by its longest prefix. `chosen`: the attachment of each static route."""
    if prefix is None:
        return False
    return chosen[prefix] == branch.vpn if prefix in chosen else prefix in branch.told


def _longest(prefixes: Collection[Prefix], site: DataCenter) -> Prefix | None:
    """The longest of these prefixes that contains the host of a site."""
    host = ip_network(host_address(site.prefixes[0]))
    return next((each for each in (host.supernet(count) for count in range(host.max_prefixlen + 1)) if each in prefixes), None)


def _passes(gateway: Gateway, one: Branch, other: Branch) -> bool:
    """Whether the gateway forwards packets from one branch to another.

    A virtual private gateway forwards between two VPNs (VPN CloudHub), and between a VPN and a virtual interface that leads directly to it.
    A transit gateway forwards between all branches.
    """
    if gateway.kind is GatewayKind.VGW:
        return one.dx_gateway is other.dx_gateway is None and (one.over_vpn or other.over_vpn)
    return one.dx_gateway is None or one.dx_gateway != other.dx_gateway


def _exchanged(one: Branch, other: Branch) -> Iterator[Pair]:
    for first, second in product(one.sites, other.sites):
        if first != second and _accepts(one, other, second) and _accepts(other, one, first):
            yield frozenset({first.name, second.name})


def _accepts(here: Branch, there: Branch, site: DataCenter) -> bool:
    """Whether a customer learns a route to a site of another branch, and does not discard it because of its own ASN."""
    if not here.hears(site.prefixes[0]):
        return False
    inside = there.center if there.asn != there.center.asn and not there.center.edges_originate else None
    behind = [each.asn for each in (inside, site if site != there.center else None) if each]
    path = [*[there.asn] * (1 + there.prepended), *behind]
    return here.originated or all(path.count(asn) <= here.center.allowas_in for asn in {here.asn, here.center.asn})


def _branches(draft: Draft, gateway: Gateway) -> Iterator[Branch]:
    peerings = {peering.name for peering in draft.topology.peerings}
    cidrs = tuple(vpc.cidr for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs)
    cidrs += tuple(route.prefix for route in gateway.static_routes if route.attachment in peerings)
    for vpn in draft.topology.vpn_connections:
        center = draft.center_of(vpn.customer_gateway)
        if vpn.gateway == gateway.name and center:
            told = vpn.static_routes or draft.told(center, vpn).prefixes
            yield Branch(
                center=center,
                asn=draft.asn_at(vpn) or center.asn,
                sites=_joined(draft, center),
                told=frozenset(told),
                heard=cidrs if vpn.static_routes else EVERYTHING,
                over_vpn=True,
                prepended=vpn.as_path_prepend,
                accepted=vpn.customer.accept or EVERYTHING,
                vpn=vpn.name if gateway.static_routes or gateway.tables else None,
            )
    for center, vif in draft.circuits(gateway.name):
        yield _on_vif(draft, center, vif)
    for dxgw in draft.topology.direct_connect_gateways:
        for association in dxgw.associations:
            if association.gateway == gateway.name:
                yield from _associated(draft, dxgw, association, gateway)


def _on_vif(draft: Draft, center: DataCenter, vif: VirtualInterface) -> Branch:
    told = frozenset(draft.told(center, vif).prefixes)
    sites = tuple(site for site in _joined(draft, center) if _longest(told, site))
    return Branch(
        center=center,
        asn=draft.asn_at(vif) or center.asn,
        sites=sites,
        told=told,
        heard=EVERYTHING,
        prepended=vif.as_path_prepend,
        accepted=vif.customer.accept or EVERYTHING,
    )


def _associated(draft: Draft, dxgw: DirectConnectGateway, association: Association, gateway: Gateway) -> Iterator[Branch]:
    transit = gateway.kind is GatewayKind.TGW
    heard = association.allowed_prefixes
    if not transit:
        cidrs = (vpc.cidr for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs)
        heard = tuple(cidr for cidr in cidrs if not heard or any(lies_in(cidr, allowed) for allowed in heard))
    for center, vif in draft.circuits(dxgw.name):
        yield replace(_on_vif(draft, center, vif), heard=heard, dx_gateway=dxgw.name, originated=transit)


def _between_sites(draft: Draft) -> Iterator[Pair]:
    for center in draft.topology.data_centers:
        yield from (frozenset({center.name, other.name}) for other in _joined(draft, center) if other != center)


def _joined(draft: Draft, center: DataCenter) -> tuple[DataCenter, ...]:
    """A data centre and its neighbors over one interconnect. Sites announce only their own prefixes over interconnects."""
    return (center, *draft.joined_with(center))
