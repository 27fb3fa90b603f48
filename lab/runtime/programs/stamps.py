"""Linux socket options for time stamps and long queues that Python's socket module does not have."""

import struct

SO_TIMESTAMPNS = 35
SO_RCVBUFFORCE = 33

TIMESPEC = struct.Struct("=qq")
"""The data that SO_TIMESTAMPNS adds to a packet: seconds and nanoseconds of the wall clock."""
