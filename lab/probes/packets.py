"""Probe packets, built by scapy once a stream; the sender only writes a new number into the bytes."""

from lab.model.plan import FlowEnd
from lab.probes.untraced import without_home
from lab.probes.wire import FIRST_PORT, MAGIC, PAYLOAD, SMALLEST

with without_home():
    from scapy.layers.inet import IP, UDP
    from scapy.layers.l2 import Ether
    from scapy.packet import Raw


def probe_frame(source: FlowEnd, target: FlowEnd, stream: int, size: int = SMALLEST) -> bytes:
    """The Ethernet frame of a stream's packet 0, from a host to its first router: an IP packet of `size` octets, filled up with zeros.

    Don't Fragment is set, as users' TCP sets it (RFC 1191): a packet that does not fit somewhere is lost there. UDP checksum 0 (none,
    RFC 768): the number may change.
    """
    packet = (
        Ether(src=source.mac, dst=source.gateway_mac)
        / IP(src=str(source.address), dst=str(target.address), id=0, flags="DF", ttl=64)
        / UDP(sport=FIRST_PORT + stream, dport=FIRST_PORT + stream, chksum=0)
        / Raw(PAYLOAD.pack(MAGIC, stream, 0).ljust(size - SMALLEST + PAYLOAD.size, b"\0"))
    )
    return bytes(packet)
