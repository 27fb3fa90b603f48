"""The listener's records: a header for each datagram, then the datagram."""

import struct

TOLD = struct.Struct("=HIq")
"""The header: number of the socket, length of the datagram, wall-clock ns."""
