"""Find the sites that reach each other over peerings of transit gateways, by static routes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from lab.intent.rules.branch import Branch
from lab.intent.rules.draft import Draft
from lab.model.hosts import SITE_RESERVED, VPC_RESERVED, host_address
from lab.model.ip import Address, Prefix
from lab.model.route_tables import TransitRoute
from lab.model.topology import Gateway, GatewayKind, Vpc

_Branches = Mapping[str, Sequence[Branch]]


def across_peerings(draft: Draft, branches: _Branches) -> Iterator[frozenset[str]]:
    """The pairs of sites that reach each other in both directions, by the tables of all gateways. `branches`: those of each gateway."""
    topology = draft.topology
    ends = {site.name: site.prefixes[0] for site in topology.data_centers} | {vpc.name: vpc.cidr for vpc in topology.vpcs}
    for one, other in combinations(ends, 2):
        if all(_reaches(draft, branches, source, target, ends[target]) for source, target in ((one, other), (other, one))):
            yield frozenset({one, other})


def no_way_back(draft: Draft, branches: _Branches) -> Iterator[frozenset[str]]:
    """The pairs of a VPC with a route table of its own and of a site to which this table does not lead."""
    topology = draft.topology
    ends = {site.name: site.prefixes[0] for site in topology.data_centers} | {vpc.name: vpc.cidr for vpc in topology.vpcs}
    for vpc in topology.vpcs:
        gateways = {gateway.name: gateway for gateway in topology.gateways if vpc.name in gateway.vpcs}
        for name, prefix in ends.items() if vpc.static_routes or not vpc.propagation or len(gateways) > 1 else ():
            chosen = gateways.get(_by_table(draft, branches, vpc, prefix) or "")
            if name != vpc.name and (chosen is None or not leads(draft, branches, chosen, (name, prefix), frozenset())):
                yield frozenset({vpc.name, name})


def _by_table(draft: Draft, branches: _Branches, vpc: Vpc, prefix: Prefix) -> str | None:
    """The gateway to which the route table of a VPC leads for the host of a site: by the longest prefix, then by static routes."""
    host = host_address(prefix)
    found = [(route.prefix.prefixlen, True, route.gateway) for route in vpc.static_routes if host in route.prefix]
    for gateway in draft.topology.gateways:
        if vpc.propagation and gateway.kind is GatewayKind.VGW and vpc.name in gateway.vpcs:
            told = (each for branch in branches[gateway.name] for each in branch.told if host in each)
            found += [(each.prefixlen, False, gateway.name) for each in told]
    return max(found)[2] if found else None


def leads_to(static: Sequence[TransitRoute], cidr: Prefix, vpc: str) -> bool:
    """Whether packets to the host of an attached VPC get there, in spite of the static routes of its transit gateway."""
    route = _longest(static, host_address(cidr, reserved=VPC_RESERVED))
    return route is None or route.prefix.prefixlen < cidr.prefixlen or route.attachment == vpc


def _reaches(draft: Draft, branches: _Branches, source: str, target: str, prefix: Prefix) -> bool:
    """Whether packets from one site get to the host of another one through the gateways of the first one."""
    for gateway in draft.topology.gateways:
        heard = any(branch.hears(prefix) for branch in branches[gateway.name] if source in {site.name for site in branch.sites})
        if (source in gateway.vpcs or heard) and leads(draft, branches, gateway, (target, prefix), frozenset()):
            return True
    return False


def leads(draft: Draft, branches: _Branches, gateway: Gateway, target: tuple[str, Prefix], seen: frozenset[str]) -> bool:
    """Whether the table of a gateway leads to a site, also over peerings. `seen`: the gateways that the packet has passed."""
    name, prefix = target
    host = host_address(prefix, reserved=VPC_RESERVED if any(vpc.name == name for vpc in draft.topology.vpcs) else SITE_RESERVED)
    told = {each for branch in branches[gateway.name] for each in branch.told}
    told |= {vpc.cidr for vpc in draft.topology.vpcs if vpc.name in gateway.vpcs}
    learned = max((each for each in told if host in each), key=lambda each: each.prefixlen, default=None)
    static = _longest(gateway.static_routes, host)
    if static and (learned is None or static.prefix.prefixlen >= learned.prefixlen):
        return _by_static(draft, branches, gateway, target, seen | {gateway.name}, static.attachment)
    if name in gateway.vpcs:
        return learned is not None
    return any(learned in branch.told and name in {site.name for site in branch.sites} for branch in branches[gateway.name])


def _by_static(  # noqa: PLR0913, PLR0917 - a step of a walk
    draft: Draft, branches: _Branches, gateway: Gateway, target: tuple[str, Prefix], seen: frozenset[str], attachment: str
) -> bool:
    name = target[0]
    for peering in draft.topology.peerings:
        if peering.name == attachment:
            further = draft.gateway(next(end for end in peering.between if end != gateway.name))
            return further is not None and further.name not in seen and leads(draft, branches, further, target, seen)
    by_vpn = any(branch.vpn == attachment and name in {site.name for site in branch.sites} for branch in branches[gateway.name])
    return attachment == name or by_vpn


def _longest(static: Sequence[TransitRoute], host: Address) -> TransitRoute | None:
    """The static route with the longest prefix that contains the host."""
    return max((each for each in static if host in each.prefix), key=lambda each: each.prefix.prefixlen, default=None)
