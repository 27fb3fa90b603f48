"""Read the section `direct_connect`. Entries with mistakes in their shape are left out."""

from collections.abc import Iterator

from lab.intent.document.shape import Shaped
from lab.intent.topology.customer_side import customer_side_of_vif
from lab.intent.topology.direct_connect_document import (
    ConnectionDocument,
    DirectConnectGatewayDocument,
    LagDocument,
    LocationDocument,
    VirtualInterfaceDocument,
)
from lab.intent.topology.ipv6_document import ipv6_session
from lab.intent.topology.known import Named
from lab.model.dx_session import LocalPreference
from lab.model.lag import Lag
from lab.model.topology import Association, Connection, DirectConnectGateway, Location, VifKind, VirtualInterface


def locations(shaped: Shaped) -> Iterator[Location]:
    """The locations, in the order of the file."""
    for where, written in shaped.entries(("direct_connect", "locations"), LocationDocument):
        yield Location(name=str(where[-1]), region=written.region)


def gateways(shaped: Shaped) -> Iterator[DirectConnectGateway]:
    """The Direct Connect gateways. Each association has its allowed prefixes."""
    for where, written in shaped.entries(("direct_connect", "gateways"), DirectConnectGatewayDocument):
        allowed, ipv6 = written.allowed_prefixes, written.allowed_ipv6_prefixes
        associations = (
            Association(gateway=name, allowed_prefixes=tuple(allowed.get(name, ())), allowed_ipv6_prefixes=tuple(ipv6.get(name, ())))
            for name in written.associations
        )
        yield DirectConnectGateway(name=str(where[-1]), asn=written.asn, associations=tuple(associations))


def strays(shaped: Shaped) -> Iterator[Named]:
    """Names in `allowed_prefixes` that are not associated with the Direct Connect gateway."""
    for where, written in shaped.entries(("direct_connect", "gateways"), DirectConnectGatewayDocument):
        allowed = [("allowed_prefixes", name) for name in written.allowed_prefixes]
        allowed += [("allowed_ipv6_prefixes", name) for name in written.allowed_ipv6_prefixes]
        for key, name in allowed:
            if name not in written.associations:
                yield Named(name=name, what="association", where=(*where, key, name))


def connections(shaped: Shaped) -> Iterator[Connection]:
    """The Direct Connect connections."""
    for where, written in shaped.entries(("direct_connect", "connections"), ConnectionDocument):
        yield Connection(
            name=str(where[-1]),
            edge=written.edge,
            location=written.location,
            device=written.device,
            provider=written.provider,
            shared_risk=tuple(written.shared_risk),
            bandwidth=written.bandwidth,
            lag=_lag(written.lag) if written.lag else None,
        )


def _lag(written: LagDocument) -> Lag:
    return Lag(members=written.members, minimum_links=written.minimum_links)


def virtual_interfaces(shaped: Shaped) -> Iterator[VirtualInterface]:
    """The virtual interfaces of all connections."""
    for where, written in shaped.entries(("direct_connect", "virtual_interfaces"), VirtualInterfaceDocument):
        preference, customer = written.local_preference, customer_side_of_vif(written)
        yield VirtualInterface(
            name=str(where[-1]),
            connection=written.connection,
            kind=VifKind(written.kind),
            gateway=written.gateway,
            vlan=written.vlan,
            bfd=written.bfd,
            sitelink=written.sitelink,
            local_preference=LocalPreference[preference.upper()] if preference else None,
            as_path_prepend=written.as_path_prepend,
            customer=customer,
            mtu=written.mtu,
            prefix_limit=written.prefix_limit,
            ipv6=ipv6_session(written, customer),
        )
