"""Sockets of a lab in memory."""

import socket


def socket_here(family: int, kind: int, protocol: int) -> socket.socket:
    """A socket of this host; where that would need root, one end of a local pair that nobody writes to."""
    if family == socket.AF_INET:
        return socket.socket(family, kind, protocol)
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    there.close()
    return here
