"""Build probe packets. scapy builds one for each stream. The sender then only changes the number in its bytes."""

from lab.model.flow import FlowEnd
from lab.model.probe_ports import source_port
from lab.probes.untraced import without_home
from lab.probes.wire import FIRST_PORT, IPV6_LENGTH, MAGIC, PAYLOAD, SMALLEST, UDP_LENGTH

with without_home():
    from scapy.layers.inet import IP, UDP
    from scapy.layers.inet6 import IPv6
    from scapy.layers.l2 import Ether
    from scapy.packet import Packet, Raw


def probe_frame(source: FlowEnd, target: FlowEnd, stream: int, size: int = SMALLEST, first_port: int = FIRST_PORT) -> bytes:
    """The Ethernet frame of packet 0 of a stream, from a host to its first router: an IP packet of `size` octets, padded with zeros.

    - Don't Fragment is set, as in users' TCP packets (RFC 1191). So a packet that is too long for a link is lost there.
    - The UDP checksum is 0 (none, RFC 768), so that the number may change.
    """
    port = first_port + stream
    if source.address.version == 6:
        return bytes(_ipv6_probe(source, target, stream, size, port))
    packet = (
        Ether(src=source.mac, dst=source.gateway_mac)
        / IP(src=str(source.address), dst=str(target.address), id=0, flags="DF", ttl=64)
        / UDP(sport=source_port(port), dport=port, chksum=0)
        / Raw(PAYLOAD.pack(MAGIC, stream, 0).ljust(size - SMALLEST + PAYLOAD.size, b"\0"))
    )
    return bytes(packet)


def _ipv6_probe(source: FlowEnd, target: FlowEnd, stream: int, size: int, port: int) -> Packet:
    """The same over IPv6, which needs a UDP checksum (RFC 8200). It never changes, because the data have the number and its inverse."""
    data = (PAYLOAD.pack(MAGIC, stream, 0)[:-4] + b"\xff" * 4).ljust(size - IPV6_LENGTH - UDP_LENGTH, b"\0")
    ends = Ether(src=source.mac, dst=source.gateway_mac) / IPv6(src=str(source.address), dst=str(target.address), hlim=64)
    return ends / UDP(sport=source_port(port), dport=port) / Raw(data)
