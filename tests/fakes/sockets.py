"""Sockets and interfaces of a node in memory."""

import socket

from lab.model.plan import Node

_FIRST_INDEX = 2


def a_socket(family: int, kind: int, protocol: int) -> socket.socket:
    """A socket of this host. If that would need root, one end of a local pair that nobody writes to."""
    if family == socket.AF_INET:
        return socket.socket(family, kind, protocol)
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    there.close()
    return here


def interface_names(node: Node) -> dict[int, str]:
    """The interfaces of a node by index, numbered as a kernel does."""
    return dict(enumerate(["lo", *(interface.name for interface in node.interfaces)], start=_FIRST_INDEX))
