"""Set an interface down or up with a prepared message. The call must be short, because a fault begins at some instant during the call.

It takes 0.2 ms. With a netlink library it would take 1 ms.
"""

import os
import socket
import struct

from lab.errors import NodeError
from lab.runtime.netns.enter import socket_in

_NETLINK_ROUTE = 0
_HEADER, _INTERFACE = struct.Struct("=IHHII"), struct.Struct("=BxHiII")
"""The structures nlmsghdr and ifinfomsg (netlink(7), rtnetlink(7))."""
_RTM_NEWLINK = 16
_REQUEST, _ACK = 0x1, 0x4
_NLMSG_ERROR = 2
_IFF_UP = 0x1
_TIMEOUT = 5.0


class Switch:
    """Sets interfaces of one node up and down. Its socket is opened before it is needed."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the network namespace of the process. Raises NodeError if the process is gone."""
        self._socket = socket_in(pid, socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_ROUTE)
        self._socket.bind((0, 0))
        self._socket.settimeout(_TIMEOUT)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def set(self, index: int, *, up: bool) -> None:
        """Set the interface up or down. Raises OSError with the kernel's reason if it refuses."""
        body = _INTERFACE.pack(socket.AF_UNSPEC, 0, index, _IFF_UP if up else 0, _IFF_UP)
        self._socket.send(_HEADER.pack(_HEADER.size + len(body), _RTM_NEWLINK, _REQUEST | _ACK, 1, 0) + body)
        answer = self._socket.recv(1 << 12)
        _, kind, _, _, _ = _HEADER.unpack_from(answer)
        (code,) = struct.unpack_from("=i", answer, _HEADER.size)
        if kind != _NLMSG_ERROR:
            raise NodeError(f"the kernel gave an unknown answer about interface {index} ({kind}; try again)")
        if code:
            raise OSError(-code, os.strerror(-code))
