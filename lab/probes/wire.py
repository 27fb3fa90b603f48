"""The format of probes on the wire, and of records in the pipes from the collecting programs. It imports nothing heavy."""

import struct

FIRST_PORT = 7000
"""UDP destination port of stream 0. Stream n uses FIRST_PORT + n."""

MAGIC = b"FLAB"
PAYLOAD = struct.Struct("!4sHxxIxxxx")
"""Magic, stream, sequence number. The bytes behind them only make a probe longer."""

ETHERNET_LENGTH, IP_LENGTH, UDP_LENGTH = 14, 20, 8
IP_ID_OFFSET = ETHERNET_LENGTH + 4
IP_CHECKSUM_OFFSET = ETHERNET_LENGTH + 10
PAYLOAD_OFFSET = ETHERNET_LENGTH + IP_LENGTH + UDP_LENGTH
SEQUENCE_OFFSET = PAYLOAD_OFFSET + 8
SMALLEST = IP_LENGTH + UDP_LENGTH + PAYLOAD.size
"""Octets of the IP packet of a probe without padding."""

TRACE_EVERY = 32
"""The tracer samples packets whose IP identification (the low 16 bits of the sequence number) is a multiple of this, a power of two."""

SENT = struct.Struct("=Iq")
"""Sender → us: sequence number, wall-clock ns just before its packets (one for each stream) left."""

RECEIVED = struct.Struct("=HIq")
"""Receiver → us: stream, sequence number, kernel's time stamp in wall-clock ns."""

TRACED = struct.Struct("=HHIq")
"""Tracer → us: index of the node, stream, low 16 bits of the sequence number, kernel's time stamp in wall-clock ns."""
