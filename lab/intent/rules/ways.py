"""Find the sites that can reach each other through AWS and the interconnects.

Law: AWS forwards between two branches of a gateway only if `_passes` says so. A customer discards routes that contain its own ASN.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from itertools import combinations, product

from lab.intent.rules.draft import Draft
from lab.model.hosts import host_address
from lab.model.topology import Association, DataCenter, DirectConnectGateway, Gateway, GatewayKind, VirtualInterface

Pair = frozenset[str]

_EVERYTHING = (IPv4Network("0.0.0.0/0"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """A connection of a data centre to a gateway.

    - `sites`: the data centres to which it leads. `told`: the prefixes that AWS learns on it.
    - `heard`: the prefixes that the customer learns on it.
    - `dx_gateway`: the Direct Connect gateway on the way, None if there is none.
    - `accepted`: the customer accepts only routes to these prefixes and to parts of them.
    - `originated`: the Direct Connect gateway originates the prefixes itself, because the gateway behind it is a transit gateway.
    """

    center: DataCenter
    sites: tuple[DataCenter, ...]
    told: frozenset[IPv4Network]
    heard: tuple[IPv4Network, ...]
    over_vpn: bool = False
    dx_gateway: str | None = None
    originated: bool = False
    prepended: int = 0
    accepted: tuple[IPv4Network, ...] = _EVERYTHING

    def hears(self, prefix: IPv4Network) -> bool:
        """Whether the customer accepts a route to the prefix. The route is to one of `heard`, or exactly to the prefix."""
        routes = (prefix if heard in _EVERYTHING else heard for heard in self.heard if heard.overlaps(prefix))
        return any(route.subnet_of(accepted) for route, accepted in product(routes, self.accepted))


def ways(draft: Draft) -> frozenset[Pair]:
    """All pairs of sites (data centres, VPCs) that reach each other in both directions.

    Exception: of two data centres only if both reach one that has a flow with another data centre.
    """
    centers = {center.name for center in draft.topology.data_centers}
    pairs = (frozenset({flow.source, flow.target}) for flow in draft.topology.flows)
    asked = frozenset[str]().union(*(pair for pair in pairs if pair <= centers))
    found = set(_between_sites(draft))
    for gateway in draft.topology.gateways:
        found.update(_through(draft, gateway, asked))
    for dxgw in draft.topology.direct_connect_gateways:
        linked = [_on_vif(draft, center, vif) for center, vif in draft.circuits(dxgw.name) if vif.sitelink]
        for one, other in combinations(linked, 2):
            found.update(_exchanged(one, other))
    return frozenset(found)


def _through(draft: Draft, gateway: Gateway, asked: frozenset[str]) -> Iterator[Pair]:
    """The pairs that reach each other through a gateway. Of two data centres, both reach a site in `asked`."""
    branches = _by_longest(tuple(dict.fromkeys(_branches(draft, gateway))))  # a second connection of a site reaches the same sites
    cidrs = {vpc.name: vpc.cidr for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs}
    for branch, (vpc, cidr) in product(branches, cidrs.items()):
        if branch.hears(cidr):
            yield from (frozenset({vpc, site.name}) for site in branch.sites)
    if gateway.kind is GatewayKind.TGW:
        yield from (frozenset(pair) for pair in combinations(cidrs, 2))
    for one, other in combinations([each for each in branches if asked.intersection(site.name for site in each.sites)], 2):
        if _passes(gateway, one, other):
            yield from _exchanged(one, other)


def _by_longest(branches: Sequence[_Branch]) -> tuple[_Branch, ...]:
    """The branches, each with those of its sites to which the gateway may send packets on it: it sends by the longest prefix."""
    every = frozenset[IPv4Network]().union(*(branch.told for branch in branches))
    longest = {site: _longest(every, site) for branch in branches for site in branch.sites}
    return tuple(replace(branch, sites=tuple(site for site in branch.sites if longest[site] in branch.told)) for branch in branches)


def _longest(prefixes: Collection[IPv4Network], site: DataCenter) -> IPv4Network | None:
    """The longest of these prefixes that contains the host of a site."""
    host = IPv4Network(host_address(site.prefixes[0]))
    return next((each for each in (host.supernet(count) for count in range(33)) if each in prefixes), None)


def _passes(gateway: Gateway, one: _Branch, other: _Branch) -> bool:
    """Whether the gateway forwards packets from one branch to another.

    A virtual private gateway forwards between two VPNs (VPN CloudHub), and between a VPN and a virtual interface that leads directly to it.
    A transit gateway forwards between all branches.
    """
    if gateway.kind is GatewayKind.VGW:
        return one.dx_gateway is other.dx_gateway is None and (one.over_vpn or other.over_vpn)
    return one.dx_gateway is None or one.dx_gateway != other.dx_gateway


def _exchanged(one: _Branch, other: _Branch) -> Iterator[Pair]:
    for first, second in product(one.sites, other.sites):
        if first != second and _accepts(one, other, second) and _accepts(other, one, first):
            yield frozenset({first.name, second.name})


def _accepts(here: _Branch, there: _Branch, site: DataCenter) -> bool:
    """Whether a customer learns a route to a site of another branch, and does not discard it because of its own ASN."""
    if not here.hears(site.prefixes[0]):
        return False
    path = [*[there.center.asn] * (1 + there.prepended), *([site.asn] if site != there.center else [])]
    return here.originated or path.count(here.center.asn) <= here.center.allowas_in


def _branches(draft: Draft, gateway: Gateway) -> Iterator[_Branch]:
    cidrs = tuple(vpc.cidr for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs)
    for vpn in draft.topology.vpn_connections:
        center = draft.center_of(vpn.customer_gateway)
        if vpn.gateway == gateway.name and center:
            told = vpn.static_routes or draft.told(center, vpn).prefixes
            yield _Branch(
                center=center,
                sites=_joined(draft, center),
                told=frozenset(told),
                heard=cidrs if vpn.static_routes else _EVERYTHING,
                over_vpn=True,
                prepended=vpn.as_path_prepend,
                accepted=vpn.customer.accept or _EVERYTHING,
            )
    for center, vif in draft.circuits(gateway.name):
        yield _on_vif(draft, center, vif)
    for dxgw in draft.topology.direct_connect_gateways:
        for association in dxgw.associations:
            if association.gateway == gateway.name:
                yield from _associated(draft, dxgw, association, gateway)


def _on_vif(draft: Draft, center: DataCenter, vif: VirtualInterface) -> _Branch:
    told = frozenset(draft.told(center, vif).prefixes)
    sites = tuple(site for site in _joined(draft, center) if _longest(told, site))
    return _Branch(
        center=center,
        sites=sites,
        told=told,
        heard=_EVERYTHING,
        prepended=vif.as_path_prepend,
        accepted=vif.customer.accept or _EVERYTHING,
    )


def _associated(draft: Draft, dxgw: DirectConnectGateway, association: Association, gateway: Gateway) -> Iterator[_Branch]:
    transit = gateway.kind is GatewayKind.TGW
    heard = association.allowed_prefixes
    if not transit:
        cidrs = (vpc.cidr for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs)
        heard = tuple(cidr for cidr in cidrs if not heard or any(allowed.supernet_of(cidr) for allowed in heard))
    for center, vif in draft.circuits(dxgw.name):
        yield replace(_on_vif(draft, center, vif), heard=heard, dx_gateway=dxgw.name, originated=transit)


def _between_sites(draft: Draft) -> Iterator[Pair]:
    for center in draft.topology.data_centers:
        yield from (frozenset({center.name, other.name}) for other in _joined(draft, center) if other != center)


def _joined(draft: Draft, center: DataCenter) -> tuple[DataCenter, ...]:
    """A data centre and its neighbors over one interconnect. Sites announce only their own prefixes over interconnects."""
    return (center, *draft.joined_with(center))
