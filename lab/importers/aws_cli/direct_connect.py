"""Read Direct Connect (API 2012-10-25). `authKey`, `customerRouterConfig` and all peer addresses are never looked at."""

import re
from collections.abc import Iterator

from lab.importers.account import Accepted, Association, Connection, DxGateway, Lag, Location, VirtualInterface
from lab.importers.aws_cli.tags import is_gone, name_tag
from lab.importers.private import digest
from lab.importers.record import Record

_BANDWIDTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?([MG])bps", re.ASCII | re.IGNORECASE)
_BITS = {"M": 1_000_000, "G": 1_000_000_000}


def connection(record: Record, region: str) -> Iterator[Connection]:
    """A connection, unless it is deleted."""
    if is_gone(record, "connectionState"):
        return
    yield Connection(
        id=record.text("connectionId"),
        name=record.text_or("connectionName") or name_tag(record, "tags"),
        region=record.text_or("region") or region,
        location=record.text("location"),
        device=record.text_or("awsLogicalDeviceId"),
        hardware=record.text_or("awsDeviceV2") or record.text_or("awsDevice"),
        bandwidth=_bandwidth(record, "bandwidth"),
        provider=record.text_or("providerName") or record.text_or("partnerName"),
        lag=record.text_or("lagId"),
    )


def lag(record: Record, region: str) -> Iterator[Lag]:
    """A LAG, unless it is deleted. `describe-connections` has its connections."""
    if is_gone(record, "lagState"):
        return
    members = [each for each in record.records("connections") if not is_gone(each, "connectionState")]
    yield Lag(
        id=record.text("lagId"),
        name=record.text_or("lagName") or name_tag(record, "tags"),
        region=record.text_or("region") or region,
        location=record.text("location"),
        device=record.text_or("awsLogicalDeviceId"),
        hardware=record.text_or("awsDeviceV2") or record.text_or("awsDevice"),
        bandwidth=_bandwidth(record, "connectionsBandwidth"),
        provider=record.text_or("providerName"),
        members=tuple(sorted(each.text("connectionId") for each in members)),
        size=record.number_or("numberOfConnections") or 0,
        minimum_links=record.number_or("minimumLinks") or 0,
    )


def virtual_interface(record: Record, region: str) -> Iterator[VirtualInterface]:
    """A virtual interface, unless it is deleted or rejected."""
    if is_gone(record, "virtualInterfaceState"):
        return
    peers = [each for each in record.records("bgpPeers") if not is_gone(each, "bgpPeerState")]
    families = {each.text_or("addressFamily") for each in peers} or {record.text_or("addressFamily") or "ipv4"}
    yield VirtualInterface(
        id=record.text("virtualInterfaceId"),
        name=record.text_or("virtualInterfaceName") or name_tag(record, "tags"),
        region=record.text_or("region") or region,
        location=record.text("location"),
        connection=record.text("connectionId"),
        kind=record.text("virtualInterfaceType"),
        gateway=record.text_or("directConnectGatewayId") or record.text_or("virtualGatewayId"),
        vlan=record.number("vlan"),
        asn=record.number("asnLong" if record.has("asnLong") else "asn"),
        amazon_asn=record.number_or("amazonSideAsn"),
        device=record.text_or("awsLogicalDeviceId"),
        hardware=record.text_or("awsDeviceV2") or record.text_or("awsDevice"),
        sitelink=record.flag("siteLinkEnabled"),
        families=tuple(sorted(families - {""})),
        mtu=record.number_or("mtu"),
        prefix_limit=record.number_or("prefixPoolAllocatedCountIpv4"),
        tags=tuple(sorted(digest(f"{each.text_or('key')}={each.text_or('value')}") for each in record.records("tags"))),
    )


def dx_gateway(record: Record, _: str) -> Iterator[DxGateway]:
    """A Direct Connect gateway, unless it is deleted."""
    if is_gone(record, "directConnectGatewayState"):
        return
    yield DxGateway(
        id=record.text("directConnectGatewayId"),
        name=record.text_or("directConnectGatewayName"),
        asn=record.number("amazonSideAsn"),
    )


def association(record: Record, _: str) -> Iterator[Association]:
    """The association of a gateway with a Direct Connect gateway, unless it is gone."""
    if is_gone(record, "associationState"):
        return
    gateway = record.record("associatedGateway")
    allowed = list(record.records("allowedPrefixesToDirectConnectGateway"))
    prefixes = [each.prefixes("cidr") for each in allowed]
    yield Association(
        id=record.text_or("associationId") or f"{record.text_or('directConnectGatewayId')} {gateway.text_or('id')}",
        dx_gateway=record.text("directConnectGatewayId"),
        gateway=gateway.text_or("id") or record.text_or("virtualGatewayId"),
        region=gateway.text_or("region") or record.text_or("virtualGatewayRegion"),
        allowed_prefixes=tuple(network for networks in prefixes for network in networks),
        has_ipv6=not all(prefixes),
    )


def location(record: Record, region: str) -> Iterator[Location]:
    """A Direct Connect location."""
    yield Location(id=record.text("locationCode"), name=record.text_or("locationName"), region=record.text_or("region") or region)


def accepted(record: Record, virtual_interface: str) -> Iterator[Accepted]:
    """A route that AWS accepted on a virtual interface. What AWS advertises follows from the rest."""
    if record.text_or("routeDirection") != "accepted":
        return
    if not virtual_interface:
        record.wrong("cidr", "the file does not say the virtualInterfaceId of its routes")
    path = tuple(asn for each in record.records("asPath") for asn in each.numbers("path"))
    communities = record.texts("communities")
    for prefix in record.prefixes("cidr"):
        yield Accepted(
            id=" ".join(map(str, (virtual_interface, prefix, *path, *communities))),
            virtual_interface=virtual_interface,
            prefix=prefix,
            as_path=path,
            communities=communities,
        )


def _bandwidth(record: Record, key: str) -> int | None:
    if not record.has(key):
        return None
    match = _BANDWIDTH.fullmatch(record.text(key))
    if match is None:
        record.wrong(key, "expected a bandwidth such as 10Gbps")
        return None
    return round(float(match[1]) * _BITS[match[2].upper()])
