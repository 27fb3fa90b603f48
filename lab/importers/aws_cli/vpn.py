"""Read VPN connections, customer gateways and virtual private gateways (EC2 API: VpnConnection, CustomerGateway, VpnGateway).

`CustomerGatewayConfiguration`, `PreSharedKey` and all outside addresses are never looked at, but for one digest.
"""

from collections.abc import Collection, Iterator, Mapping
from ipaddress import IPv4Network

from lab.importers.account import CustomerGateway, VirtualPrivateGateway, VpnConnection
from lab.importers.account.vpc import Tunnel
from lab.importers.aws_cli.tags import is_gone, name_tag
from lab.importers.private import digest
from lab.importers.record import Record

_USUAL: Mapping[str, str | int] = {
    "StartupAction": "add",
    "DpdTimeoutAction": "clear",
    "DpdTimeoutSeconds": 40,
    "Phase1LifetimeSeconds": 28800,
    "Phase2LifetimeSeconds": 3600,
}
"""AWS's defaults of tunnel options (Site-to-Site VPN User Guide, tunnel options)."""

_LISTS: Mapping[str, tuple[str, ...]] = {
    "IkeVersions": ("ikev2", "ikev1"),
    "Phase2EncryptionAlgorithms": ("AES256-GCM-16", "AES128-GCM-16", "AES256", "AES128"),
    "Phase2IntegrityAlgorithms": ("SHA2-256", "SHA2-384", "SHA2-512", "SHA1"),
}
"""Options that allow several values, with all that AWS has. The customer gateway chooses one. The lab takes the first allowed one here."""

_WORDS: Mapping[str, Collection[str]] = {"StartupAction": ("add", "start"), "DpdTimeoutAction": ("clear", "none", "restart"), **_LISTS}
"""The values that AWS has. Any other text may be a secret in the wrong place, so it must not get into an option."""


def vpn_connection(record: Record, region: str) -> Iterator[VpnConnection]:
    """A VPN connection, unless it is deleted."""
    if is_gone(record):
        return
    options = record.record("Options")
    routes = (each for each in record.records("Routes") if not is_gone(each))
    yield VpnConnection(
        id=record.text("VpnConnectionId"),
        name=name_tag(record),
        region=region,
        customer_gateway=record.text("CustomerGatewayId"),
        gateway=record.text_or("VpnGatewayId") or record.text_or("TransitGatewayId"),
        is_static=options.flag("StaticRoutesOnly"),
        static_routes=tuple(network for each in routes for network in each.prefixes("DestinationCidrBlock")),
        tunnels=tuple(_tunnel(each) for each in options.records("TunnelOptions")),
        unusual=tuple(_unusual(record, options)),
    )


def _tunnel(record: Record) -> Tunnel:
    inside: tuple[IPv4Network | None, ...] = record.prefixes("TunnelInsideCidr")
    allowed = {key: _allowed(record, key) for key in _LISTS}
    several = (f"{key} {', '.join(words)}" for key, words in allowed.items() if 1 < len(words) < len(_LISTS[key]))
    return Tunnel(inside_cidr=next(iter(inside), None), options=tuple(_options(record, allowed)), several=tuple(several))


def _allowed(record: Record, key: str) -> tuple[str, ...]:
    """The allowed values of an option, the one that the lab takes first. () if AWS does not say them: then all are allowed."""
    found = {_known(each, "Value", each.text_or("Value"), key) for each in record.records(key)}
    return tuple(word for word in _LISTS[key] if word in found)


def _options(record: Record, allowed: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for key, usual in _USUAL.items():
        if record.has(key):
            value = _known(record, key, record.text(key)) if isinstance(usual, str) else record.number(key)
            if value not in {usual, "", 0}:
                yield f"{key} {value}"
    for key, words in allowed.items():
        if len(words) == 1 or (words and words[0] != _LISTS[key][0]):
            yield f"{key} {words[0]}"


def _known(record: Record, key: str, word: str, option: str = "") -> str:
    """A value that AWS has for an option. "" and a problem for any other."""
    known = _WORDS[option or key]
    if word in known:
        return word
    if word:
        record.wrong(key, f"expected {', '.join(sorted(known))}")
    return ""


def _unusual(record: Record, options: Record) -> Iterator[str]:
    if options.flag("EnableAcceleration"):
        yield "acceleration"
    if options.text_or("OutsideIpAddressType") == "PrivateIpv4" or options.has("TransportTransitGatewayAttachmentId"):
        yield "private IP"
    if options.text_or("TunnelInsideIpVersion") == "ipv6":
        yield "IPv6 inside"
    if record.has("CoreNetworkArn") or record.has("CoreNetworkAttachmentArn"):
        yield "Cloud WAN"
    if record.has("VpnConcentratorId"):
        yield "VPN concentrator"
    if options.text_or("TunnelBandwidth") == "large":
        yield "large tunnels"


def customer_gateway(record: Record, region: str) -> Iterator[CustomerGateway]:
    """A customer gateway, unless it is deleted."""
    if is_gone(record):
        return
    asn = "BgpAsnExtended" if record.has("BgpAsnExtended") else "BgpAsn"
    yield CustomerGateway(
        id=record.text("CustomerGatewayId"),
        name=name_tag(record) or record.text_or("DeviceName"),
        region=region,
        asn=record.number(asn),
        device=digest(record.text_or("IpAddress")),
        has_certificate=bool(record.text_or("CertificateArn")),
    )


def virtual_private_gateway(record: Record, region: str) -> Iterator[VirtualPrivateGateway]:
    """A virtual private gateway, unless it is deleted."""
    if is_gone(record):
        return
    attached = (each for each in record.records("VpcAttachments") if not is_gone(each))
    yield VirtualPrivateGateway(
        id=record.text("VpnGatewayId"),
        name=name_tag(record),
        region=region,
        asn=record.number("AmazonSideAsn"),
        vpcs=tuple(each.text("VpcId") for each in attached),
    )
