"""Linux socket options that Python's socket module does not name, for the kernel's time stamps and for long queues."""

import struct

SO_TIMESTAMPNS = 35
SO_RCVBUFFORCE = 33

TIMESPEC = struct.Struct("=qq")
"""What SO_TIMESTAMPNS adds to a packet: seconds and nanoseconds of the wall clock."""
