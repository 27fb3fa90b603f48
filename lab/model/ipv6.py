"""The IPv6 side of a network, as a network of its own. Law: the two families share nodes and links, and nothing else.

So everything that knows how to compile, check or predict a network of one family does the same for IPv6.
"""

from dataclasses import replace

from lab.model.interconnect import Interconnect
from lab.model.ip import Family
from lab.model.topology import Association, DirectConnectGateway, Gateway, Topology, VirtualInterface


def has_ipv6(topology: Topology) -> bool:
    """Whether anything in the topology has IPv6."""
    return (
        any(site.ipv6_prefixes for site in topology.data_centers)
        or any(vpc.ipv6_cidr for vpc in topology.vpcs)
        or any(vif.ipv6 for vif in topology.virtual_interfaces)
        or any(flow.family is Family.IPV6 for flow in topology.flows)
    )


def ipv6_side(topology: Topology) -> Topology:
    """The topology with only what has IPv6, and with its IPv6 prefixes and sessions in place of those of IPv4.

    It has no VPN, and no static routes in transit gateways.
    """
    sites = tuple(
        replace(each, prefixes=each.ipv6_prefixes, announce=(), default_route_from=None)
        for each in topology.data_centers
        if each.ipv6_prefixes
    )
    names = {site.name for site in sites}
    vpcs = tuple(replace(each, cidr=each.ipv6_cidr, static_routes=(), propagation=True) for each in topology.vpcs if each.ipv6_cidr)
    return replace(
        topology,
        data_centers=sites,
        interconnects=tuple(each for one in topology.interconnects for each in _interconnect(one, names)),
        vpcs=vpcs,
        gateways=tuple(_gateway(each, {vpc.name for vpc in vpcs}) for each in topology.gateways),
        vpn_connections=(),
        peerings=(),
        flows=tuple(each for each in topology.flows if each.family is Family.IPV6),
        direct_connect_gateways=tuple(_dx_gateway(each) for each in topology.direct_connect_gateways),
        virtual_interfaces=tuple(each for vif in topology.virtual_interfaces for each in _vif(vif)),
    )


def ipv4_side(topology: Topology) -> Topology:
    """The topology without its IPv6 flows. What else it has of IPv6 does not matter to IPv4."""
    return replace(topology, flows=tuple(each for each in topology.flows if each.family is Family.IPV4))


def _interconnect(interconnect: Interconnect, names: set[str]) -> tuple[Interconnect, ...]:
    """The interconnect between those of its sites that have IPv6, if there are at least two."""
    between = tuple(name for name in interconnect.between if name in names)
    return (replace(interconnect, between=between),) if len(between) > 1 else ()


def _gateway(gateway: Gateway, vpcs: set[str]) -> Gateway:
    return replace(gateway, vpcs=tuple(name for name in gateway.vpcs if name in vpcs), static_routes=())


def _dx_gateway(gateway: DirectConnectGateway) -> DirectConnectGateway:
    return replace(gateway, associations=tuple(_association(each) for each in gateway.associations))


def _association(association: Association) -> Association:
    return replace(association, allowed_prefixes=association.allowed_ipv6_prefixes)


def _vif(vif: VirtualInterface) -> tuple[VirtualInterface, ...]:
    own = vif.ipv6
    if own is None:
        return ()
    return (replace(vif, bfd=own.bfd, local_preference=own.local_preference, as_path_prepend=own.as_path_prepend, customer=own.customer),)
