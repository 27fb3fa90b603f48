"""The listener's records: a header for each datagram, then the datagram."""

import struct

TOLD = struct.Struct("=HIq")
"""Number of the line, length of the datagram, wall-clock ns."""
