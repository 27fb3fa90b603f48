"""The format of probe packets, and of the records of sender, receiver and tracer. This module imports nothing slow."""

import struct

from lab.model.probe_ports import PROBE_PORTS

FIRST_PORT = PROBE_PORTS.start
"""The UDP destination port of stream 0. Stream n uses FIRST_PORT + n."""

KEEPER_PORT = FIRST_PORT + 500
"""The first port of the probes of a keeper. So a keeper and a command can probe one lab at the same time."""

LOOK_PORT = FIRST_PORT + 750
"""The first port of the probes of a command that looks at a lab for a moment, while another command may probe it."""

MAGIC = b"FLAB"
PAYLOAD = struct.Struct("!4sHxxIxxxx")
"""The data of a probe: magic number, stream, packet number. Any further bytes only make the probe longer."""

ETHERNET_LENGTH, IP_LENGTH, UDP_LENGTH = 14, 20, 8
IP_ID_OFFSET = ETHERNET_LENGTH + 4
IP_CHECKSUM_OFFSET = ETHERNET_LENGTH + 10
PAYLOAD_OFFSET = ETHERNET_LENGTH + IP_LENGTH + UDP_LENGTH
SEQUENCE_OFFSET = PAYLOAD_OFFSET + 8
IPV6_LENGTH = 40
IPV6_SEQUENCE_OFFSET = ETHERNET_LENGTH + IPV6_LENGTH + UDP_LENGTH + 8
"""With IPv6, the inverse of the packet number follows the number, so that the UDP checksum is the same for all packets of a stream."""
IPV6_ETHERTYPE = b"\x86\xdd"
SMALLEST = IP_LENGTH + UDP_LENGTH + PAYLOAD.size
"""The length of the shortest probe as an IP packet, in octets."""

TRACE_EVERY = 32
"""The tracer sees a packet if its IP identification is a multiple of this number, a power of two.

The IP identification is the low 16 bits of the packet number. IPv6 has none, so there the packet number itself counts.
"""

SENT = struct.Struct("=Iq")
"""A record of the sender: packet number, and the wall-clock ns just before these packets (one for each stream) were sent."""

RECEIVED = struct.Struct("=HIq")
"""A record of the receiver: stream, packet number, the kernel's time stamp in wall-clock ns."""

TRACED = struct.Struct("=HHIq")
"""A record of the tracer: number of the node, stream, low 16 bits of the packet number, the kernel's time stamp in wall-clock ns."""
