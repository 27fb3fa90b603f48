"""Say Direct Connect as the AWS CLI prints it. BGP keys and addresses of peers stay behind."""

from collections.abc import Iterator

from lab.importers.account import Thing, Unread
from lab.importers.declared.resource import Declared, Resource
from lab.importers.declared.said import DEFAULT_ASN, Said, default_asn, named, set_only

_NOT_HERE = (
    "is in no file, so its location is not known (also give the output of `aws directconnect describe-connections` and `describe-lags`)"
)
_FAMILIES = {"ipv4", "ipv6"}


def connection(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A connection, with the LAG that another resource puts it into."""
    data = set_only(
        {
            "connectionId": resource.id,
            "connectionName": resource.get("name") or named(resource),
            "region": resource.region,
            "location": resource.get("location"),
            "awsDeviceV2": resource.get("aws_device"),
            "bandwidth": resource.get("bandwidth"),
            "providerName": resource.get("provider_name"),
            "partnerName": resource.get("partner_name"),
            "lagId": resource.get("lag_id") or _lag_of(resource.id, declared),
        }
    )
    yield Said(key="connections", data=data)


def lag(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A LAG, with the connections that other resources put into it."""
    members = {each.id for each in declared.of("aws_dx_connection") if each.text("lag_id") == resource.id}
    members |= {each.text("connection_id") for each in declared.of("aws_dx_connection_association") if each.text("lag_id") == resource.id}
    members |= {resource.text("connection_id")}
    devices = [found.text("aws_device") for each in sorted(members) if (found := declared.find(each))]
    data = set_only(
        {
            "lagId": resource.id,
            "lagName": resource.get("name") or named(resource),
            "region": resource.region,
            "location": resource.get("location"),
            "awsDeviceV2": resource.get("aws_device") or next(filter(None, devices), None),
            "connectionsBandwidth": resource.get("connections_bandwidth"),
            "providerName": resource.get("provider_name"),
            "connections": [{"connectionId": each} for each in sorted(members - {""})],
            "minimumLinks": resource.get("minimum_links"),
        }
    )
    yield Said(key="lags", data=data)


def virtual_interface(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A private, transit or public virtual interface."""
    yield from _interface(resource, resource, declared)


def hosted_interface(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A virtual interface that one account makes for another. The accepter is the resource of the other account."""
    accepters = declared.of(f"{resource.kind}_accepter")
    accepter = next((each for each in accepters if each.text("virtual_interface_id") == resource.id), None)
    if accepter:
        yield from _interface(resource, accepter, declared)
    else:
        why = "another account accepts this hosted virtual interface, and no file has its resource (also give the file of that account)"
        yield Unread(id=resource.id, why=why)


def accepter(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """The other half of a hosted virtual interface. If no file has the first half, its circuit is not known."""
    halves = declared.of(resource.kind.removesuffix("_accepter"))
    if not any(each.id == resource.text("virtual_interface_id") for each in halves):
        why = "another account made this hosted virtual interface, so its circuit is not known (also give the file of that account)"
        yield Unread(id=resource.text("virtual_interface_id") or resource.id, why=why)


def _interface(resource: Resource, accepted: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """`accepted`: the resource that has the gateway. It is the interface itself, unless it is hosted."""
    circuit = declared.circuit(resource.text("connection_id"))
    if circuit is None:
        yield Unread(id=resource.id, why=f"its connection {resource.text('connection_id') or '(none)'} {_NOT_HERE}")
        return
    peers = [each.text("address_family") for each in declared.of("aws_dx_bgp_peer") if each.text("virtual_interface_id") == resource.id]
    peers += [str(each.get("address_family")) for each in resource.each("peers")] or [resource.text("address_family")]
    families = sorted(_FAMILIES.intersection(peers)) or ["ipv4"]
    data = set_only(
        {
            "virtualInterfaceId": resource.id,
            "virtualInterfaceName": resource.get("name") or named(resource),
            "region": circuit.region or resource.region,
            "location": circuit.location,
            "connectionId": circuit.id,
            "virtualInterfaceType": next(each for each in ("private", "transit", "public") if f"_{each}_" in resource.kind),
            "directConnectGatewayId": accepted.get("dx_gateway_id"),
            "virtualGatewayId": accepted.get("vpn_gateway_id"),
            "vlan": resource.get("vlan"),
            "asn": resource.get("bgp_asn") or _peer_asn(resource),
            "amazonSideAsn": resource.get("amazon_side_asn"),
            "awsDeviceV2": resource.get("aws_device") or circuit.hardware,
            "awsLogicalDeviceId": circuit.device,
            "siteLinkEnabled": resource.get("sitelink_enabled"),
            "bgpPeers": [{"addressFamily": each} for each in families],
            "mtu": resource.get("mtu"),
        }
    )
    yield Said(key="virtualInterfaces", data=data)


def _peer_asn(resource: Resource) -> object:
    """The customer's ASN on a virtual interface whose peers are a list."""
    return next((each["asn"] for each in resource.each("peers") if each.get("asn")), None)


def dx_gateway(resource: Resource, _: Declared) -> Iterator[Said | Thing]:
    """A Direct Connect gateway."""
    asn = resource.get("amazon_side_asn")
    if asn is None:
        yield default_asn(resource, "amazon_side_asn", DEFAULT_ASN)
    name = resource.get("name") or named(resource)
    data = {"directConnectGatewayId": resource.id, "directConnectGatewayName": name, "amazonSideAsn": asn or DEFAULT_ASN}
    yield Said(key="directConnectGateways", data=data)


def association(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """The association of a gateway with a Direct Connect gateway."""
    gateway = resource.text("associated_gateway_id", "vpn_gateway_id")
    found = declared.find(gateway)
    allowed = resource.get("allowed_prefixes")
    data = set_only(
        {
            "associationId": resource.text("dx_gateway_association_id") or resource.id,
            "directConnectGatewayId": resource.get("dx_gateway_id"),
            "associatedGateway": {"id": gateway, "region": found.region if found else resource.region},
            "allowedPrefixesToDirectConnectGateway": [{"cidr": each} for each in (allowed if isinstance(allowed, list) else ())],
        }
    )
    yield Said(key="directConnectGatewayAssociations", data=data)


def proposal(resource: Resource, declared: Declared) -> Iterator[Said | Thing]:
    """A proposal for an association. Once the other account has accepted it, there is an association, too."""
    ends = (resource.text("associated_gateway_id"), resource.text("dx_gateway_id"))
    for each in declared.of("aws_dx_gateway_association"):
        if ends == (each.text("associated_gateway_id", "vpn_gateway_id"), each.text("dx_gateway_id")):
            return
    yield Unread(id=resource.id, why="it is only a proposal, and no file has the association that AWS makes when it is accepted")


def location(resource: Resource, _: Declared) -> Iterator[Said | Thing]:
    """A Direct Connect location."""
    data = {"locationCode": resource.get("location_code"), "locationName": resource.text("location_name"), "region": resource.region}
    yield Said(key="locations", data=data)


def _lag_of(id_: str, declared: Declared) -> str | None:
    """The LAG of a connection, as another resource says it."""
    for each in declared.of("aws_dx_connection_association"):
        if each.text("connection_id") == id_:
            return each.text("lag_id")
    return next((each.id for each in declared.of("aws_dx_lag") if each.text("connection_id") == id_), None)
