"""AWS's metrics. Egress is from AWS to the customer, as in CloudWatch. A rate of CloudWatch (Bps, Pps) is a counter here, for rate().

Names and dimensions: AWS's documentation of CloudWatch for Site-to-Site VPN, Direct Connect and Transit Gateway.
"""

from collections.abc import Callable, Iterator, Sequence

from prometheus_client.metrics_core import Metric

from lab.model.snapshot import Snapshot, Traffic
from lab.views.metrics.families import Labels, Samples, counter, gauge

_TUNNEL, _CONNECTION, _VIF, _ATTACHMENT = (
    "vpn_connection tunnel",
    "connection",
    "connection virtual_interface",
    "transit_gateway attachment",
)


def families(snapshot: Snapshot) -> Iterator[Metric]:
    """Every family of AWS/VPN, AWS/DX and AWS/TransitGateway. A family without samples has only its help."""
    yield from _vpn(snapshot)
    yield from _connections(snapshot)
    yield from _virtual_interfaces(snapshot)
    yield from _transit_gateways(snapshot)


def _vpn(snapshot: Snapshot) -> Iterator[Metric]:
    told = snapshot.tunnels
    keys = [(each.connection, each.tunnel) for each in told]
    info = [((*key, str(each.address), "bgp" if each.has_bgp else "static"), 1) for key, each in zip(keys, told, strict=True)]
    yield gauge("aws_vpn_tunnel_info", "Every tunnel of the topology, in any state.", f"{_TUNNEL} tunnel_ip_address routing", info)
    yield gauge(
        "aws_vpn_tunnel_state",
        "AWS/VPN TunnelState (VpnId, TunnelIpAddress): 1 if BGP is established. On a static VPN: 1 if IPsec is up.",
        _TUNNEL,
        _with(keys, [each.up for each in told]),
    )
    yield gauge("aws_vpn_tunnel_ipsec_state", "1 if IKE SA and child SA exist.", _TUNNEL, _with(keys, [each.ipsec_up for each in told]))
    yield gauge(
        "aws_vpn_tunnel_prefixes_accepted",
        "Prefixes that AWS accepted from the customer in this tunnel.",
        _TUNNEL,
        _with(keys, [each.accepted for each in told]),
    )
    traffic = [each.traffic for each in told]
    yield counter(
        "aws_vpn_tunnel_data_in_bytes",
        "AWS/VPN TunnelDataIn (VpnId, TunnelIpAddress): bytes from the customer, after decryption.",
        _TUNNEL,
        _with(keys, _counts(traffic, lambda each: each.in_bytes)),
    )
    yield counter(
        "aws_vpn_tunnel_data_out_bytes",
        "AWS/VPN TunnelDataOut (VpnId, TunnelIpAddress): bytes to the customer, before encryption.",
        _TUNNEL,
        _with(keys, _counts(traffic, lambda each: each.out_bytes)),
    )


def _connections(snapshot: Snapshot) -> Iterator[Metric]:
    told = snapshot.connections
    keys = [(each.connection,) for each in told]
    info = [((each.connection, each.location), 1) for each in told]
    yield gauge("aws_dx_connection_info", "Every connection of the topology, in any state.", f"{_CONNECTION} location", info)
    yield gauge(
        "aws_dx_connection_state",
        "AWS/DX ConnectionState (ConnectionId): 1 if the physical connection is up. It says nothing about BGP.",
        _CONNECTION,
        _with(keys, [each.up for each in told]),
    )
    yield from _directed("aws_dx_connection", "AWS/DX Connection", _CONNECTION, keys, [each.traffic for each in told])


def _virtual_interfaces(snapshot: Snapshot) -> Iterator[Metric]:
    told = snapshot.vifs
    keys = [(each.connection, each.vif) for each in told]
    info = [((*key, each.kind), 1) for key, each in zip(keys, told, strict=True)]
    yield gauge("aws_dx_virtual_interface_info", "Every virtual interface of the topology, in any state.", f"{_VIF} kind", info)
    yield gauge(
        "aws_dx_virtual_interface_bgp_status",
        "AWS/DX VirtualInterfaceBgpStatus (ConnectionId, VirtualInterfaceId): 1 if BGP is established.",
        _VIF,
        _with(keys, [each.bgp_up for each in told]),
    )
    yield gauge(
        "aws_dx_virtual_interface_bgp_prefixes_accepted",
        "AWS/DX VirtualInterfaceBgpPrefixesAccepted: prefixes that AWS accepted from the customer.",
        _VIF,
        _with(keys, [each.accepted for each in told]),
    )
    yield gauge(
        "aws_dx_virtual_interface_bgp_prefixes_advertised",
        "AWS/DX VirtualInterfaceBgpPrefixesAdvertised: prefixes that AWS announces to the customer.",
        _VIF,
        _with(keys, [each.advertised for each in told]),
    )
    yield from _directed("aws_dx_virtual_interface", "AWS/DX VirtualInterface", _VIF, keys, [each.traffic for each in told])


def _transit_gateways(snapshot: Snapshot) -> Iterator[Metric]:
    told = snapshot.attachments
    keys = [(each.gateway, each.attachment) for each in told]
    traffic = [each.traffic for each in told]
    for word, about, figures in (
        ("in_bytes", "BytesIn: bytes from the attachment", _counts(traffic, lambda each: each.in_bytes)),
        ("out_bytes", "BytesOut: bytes to the attachment", _counts(traffic, lambda each: each.out_bytes)),
        ("in_packets", "PacketsIn: packets from the attachment", _counts(traffic, lambda each: each.in_packets)),
        ("out_packets", "PacketsOut: packets to the attachment", _counts(traffic, lambda each: each.out_packets)),
    ):
        dimensions = "AWS/TransitGateway {} (TransitGateway, TransitGatewayAttachment)."
        yield counter(f"aws_transit_gateway_{word}", dimensions.format(about), _ATTACHMENT, _with(keys, figures))
    gateways = [(each.gateway,) for each in snapshot.gateways]
    yield counter(
        "aws_transit_gateway_packet_drop_count_no_route",
        "AWS/TransitGateway PacketDropCountNoRoute (TransitGateway): packets that no route matched.",
        "transit_gateway",
        _with(gateways, [each.no_route for each in snapshot.gateways]),
    )
    yield counter(
        "aws_transit_gateway_packet_drop_count_ttl_expired",
        "AWS/TransitGateway PacketDropCountTTLExpired (TransitGateway): packets whose TTL expired, a sign of a loop.",
        "transit_gateway",
        _with(gateways, [each.ttl_expired for each in snapshot.gateways]),
    )


def _directed(prefix: str, aws: str, labels: str, keys: Sequence[Labels], traffic: Sequence[Traffic | None]) -> Iterator[Metric]:
    """The metrics of bytes and packets in each direction at AWS's device. (AWS's rates count bits: bytes × 8.)"""
    for word, about, figures in (
        ("egress_bytes", f"{aws}BpsEgress: bytes to the customer. Bit/s: rate() × 8.", _counts(traffic, lambda each: each.out_bytes)),
        ("ingress_bytes", f"{aws}BpsIngress: bytes from the customer. Bit/s: rate() × 8.", _counts(traffic, lambda each: each.in_bytes)),
        ("egress_packets", f"{aws}PpsEgress: packets to the customer.", _counts(traffic, lambda each: each.out_packets)),
        ("ingress_packets", f"{aws}PpsIngress: packets from the customer.", _counts(traffic, lambda each: each.in_packets)),
    ):
        yield counter(f"{prefix}_{word}", about, labels, _with(keys, figures))


def _with(keys: Sequence[Labels], values: Sequence[bool | int | None]) -> Samples:
    return zip(keys, values, strict=True)


def _counts(traffic: Sequence[Traffic | None], figure: Callable[[Traffic], int]) -> list[int | None]:
    """One counter of each interface. None: the interface was not read."""
    return [None if each is None else figure(each) for each in traffic]
