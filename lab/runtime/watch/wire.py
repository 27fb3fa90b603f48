"""What the listener tells us: a header a datagram, and the datagram behind it."""

import struct

TOLD = struct.Struct("=HIq")
"""Number of the line it came by, length of the datagram, wall-clock ns."""
