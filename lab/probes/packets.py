"""Probe packets. One is built for each stream; the sender only writes a new number into its bytes."""

import struct

from lab.model.plan import FlowEnd
from lab.probes.wire import FIRST_PORT, IP_LENGTH, MAGIC, PAYLOAD, SMALLEST, UDP_LENGTH

_ETHERNET = struct.Struct("!6s6sH")
_IP = struct.Struct("!BBHHHBBH4s4s")
_UDP = struct.Struct("!HHHH")
_ETHERTYPE_IP, _PROTOCOL_UDP = 0x0800, 17
_VERSION_AND_LENGTH = 0x45
"""IP version 4, a header of five words (RFC 791)."""

_DONT_FRAGMENT = 0x4000
_TTL = 64


def probe_frame(source: FlowEnd, target: FlowEnd, stream: int, size: int = SMALLEST) -> bytes:
    """The Ethernet frame of a stream's packet 0, from a host to its first router: an IP packet of `size` octets, padded with zeros.

    - Don't Fragment is set, as users' TCP sets it (RFC 1191). So a packet that is too long for a link is lost there.
    - The UDP checksum is 0 (none, RFC 768), so that the number may change.
    """
    ethernet = _ETHERNET.pack(_octets(source.gateway_mac), _octets(source.mac), _ETHERTYPE_IP)
    udp = _UDP.pack(FIRST_PORT + stream, FIRST_PORT + stream, size - IP_LENGTH, 0)
    payload = PAYLOAD.pack(MAGIC, stream, 0).ljust(size - IP_LENGTH - UDP_LENGTH, b"\0")
    return ethernet + _ip_header(source, target, size) + udp + payload


def _ip_header(source: FlowEnd, target: FlowEnd, size: int) -> bytes:
    """The header with its checksum: the ones' complement of the ones' complement sum of its words (RFC 791)."""
    ends = source.address.packed, target.address.packed
    head = _VERSION_AND_LENGTH, 0, size, 0, _DONT_FRAGMENT, _TTL, _PROTOCOL_UDP
    total = sum(struct.unpack("!10H", _IP.pack(*head, 0, *ends)))
    total = (total & 0xFFFF) + (total >> 16)
    return _IP.pack(*head, ~(total + (total >> 16)) & 0xFFFF, *ends)


def _octets(mac: str) -> bytes:
    return bytes.fromhex(mac.replace(":", ""))
