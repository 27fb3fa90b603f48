"""Linux socket options for kernel time stamps and long queues. Python's socket module does not name them."""

import struct

SO_TIMESTAMPNS = 35
SO_RCVBUFFORCE = 33

TIMESPEC = struct.Struct("=qq")
"""The data that SO_TIMESTAMPNS adds to a packet: seconds and nanoseconds of the wall clock."""
