"""Build probe packets. scapy builds one for each stream. The sender then only changes the number in its bytes."""

from lab.model.plan import FlowEnd
from lab.model.probe_ports import source_port
from lab.probes.untraced import without_home
from lab.probes.wire import FIRST_PORT, MAGIC, PAYLOAD, SMALLEST

with without_home():
    from scapy.layers.inet import IP, UDP
    from scapy.layers.l2 import Ether
    from scapy.packet import Raw


def probe_frame(source: FlowEnd, target: FlowEnd, stream: int, size: int = SMALLEST, first_port: int = FIRST_PORT) -> bytes:
    """The Ethernet frame of packet 0 of a stream, from a host to its first router: an IP packet of `size` octets, padded with zeros.

    - Don't Fragment is set, as in users' TCP packets (RFC 1191). So a packet that is too long for a link is lost there.
    - The UDP checksum is 0 (none, RFC 768), so that the number may change.
    """
    port = first_port + stream
    packet = (
        Ether(src=source.mac, dst=source.gateway_mac)
        / IP(src=str(source.address), dst=str(target.address), id=0, flags="DF", ttl=64)
        / UDP(sport=source_port(port), dport=port, chksum=0)
        / Raw(PAYLOAD.pack(MAGIC, stream, 0).ljust(size - SMALLEST + PAYLOAD.size, b"\0"))
    )
    return bytes(packet)
