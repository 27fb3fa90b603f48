"""The socket to a kernel's packet filter (nfnetlink), and the names of the filters that drop packets for a fault."""

import socket
import struct

from lab.errors import NodeError
from lab.runtime.netns.enter import socket_in

PREFIX = "failover-lab-"
"""The beginning of the name of all our tables."""
SUBSYSTEM = 10
REQUEST = 0x1
ERROR = 2

_NETLINK_NETFILTER = 12
_GET_TABLE = 1
_DUMP = 0x300
_DONE = 3
_EVERY_FAMILY = 0
_TIMEOUT = 5.0
_HEADER = struct.Struct("=IHHII")
_FAMILY = struct.Struct("!BBH")
"""The structures nlmsghdr and nfgenmsg (netlink(7), linux/netfilter/nfnetlink.h)."""


class FilterLine:
    """A socket to the packet filter of one node's kernel."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the network namespace of the process. Raises NodeError if the process is gone."""
        self._socket = socket_in(pid, socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_NETFILTER)
        self._socket.bind((0, 0))
        self._socket.settimeout(_TIMEOUT)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send messages."""
        self._socket.send(data)

    def receive(self) -> list[tuple[int, bytes]]:
        """The next answers of the kernel: for each, its type and its body without the header. Raises NodeError if none comes."""
        try:
            return _split(self._socket.recv(1 << 16))
        except TimeoutError as error:
            raise NodeError(f"nftables: no answer from the kernel within {_TIMEOUT:g} s (try again)") from error

    def drop_names(self) -> tuple[str, ...]:
        """The names of the drops in force, without `PREFIX`."""
        self.send(message(SUBSYSTEM << 8 | _GET_TABLE, REQUEST | _DUMP, _FAMILY.pack(_EVERY_FAMILY, 0, 0)))
        found: list[str] = []
        while True:
            for kind, body in self.receive():
                if kind == _DONE:
                    return tuple(dict.fromkeys(found))
                if kind != ERROR:
                    name = body[8 : body.index(b"\0", 8)].decode()  # after nfgenmsg, NFTA_TABLE_NAME comes first
                    if name.startswith(PREFIX):
                        found.append(name.removeprefix(PREFIX))


def message(kind: int, flags: int, body: bytes) -> bytes:
    """A netlink message as bytes."""
    return _HEADER.pack(_HEADER.size + len(body), kind, flags, 0, 0) + body


def edge(kind: int) -> bytes:
    """The message that begins or ends a batch."""
    return message(kind, REQUEST, _FAMILY.pack(0, 0, SUBSYSTEM))


def _split(data: bytes) -> list[tuple[int, bytes]]:
    messages, offset = [], 0
    while offset + _HEADER.size <= len(data):
        length, kind, *_ = _HEADER.unpack_from(data, offset)
        messages.append((kind, data[offset + _HEADER.size : offset + length]))
        offset += (length + 3) & ~3
    return messages
