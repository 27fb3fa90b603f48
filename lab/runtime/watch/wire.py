"""The format of the listener's records. Each record is a header, and then the datagram that the listener received."""

import struct

TOLD = struct.Struct("=HIq")
"""The header: number of the socket, length of the datagram, wall-clock ns."""
