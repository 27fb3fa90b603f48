"""Capture the packets of a link with the kernel's time stamps: to a file for Wireshark, or as lines of text."""

import socket
from collections.abc import Callable
from pathlib import Path

from lab.errors import InputError, Problem
from lab.model.plan import Link
from lab.probes.untraced import without_home
from lab.runtime.capabilities import Sockets
from lab.runtime.programs.stamps import SO_TIMESTAMPNS, TIMESPEC

with without_home():
    from scapy.layers import inet, ipsec
    from scapy.layers.l2 import Ether
    from scapy.packet import Packet
    from scapy.utils import PcapWriter

_ETH_P_ALL = 0x0003
_KNOWN_LAYERS = (inet, ipsec)
"""Imported so that scapy can name IP, UDP and ESP in a line of text."""

_SNAP = 65535
_ANCILLARY = 256


def capture_link(lab: Sockets, link: Link, file: Path | None, tell: Callable[[str], None], limit: int = 0) -> int:
    """Capture packets of both directions at the link's first end. Return how many.

    The capture ends at Ctrl-C or after `limit` packets (0: no limit). With a file (`-` is standard output) the packets are written as pcap.
    Without a file each packet is one line for `tell`. Raises InputError if the file cannot be written.
    """
    line = lab.open_socket(link.a.node, socket.AF_PACKET, socket.SOCK_RAW, 0)  # protocol 0: the socket receives nothing before bind
    line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    line.bind((link.a.interface, _ETH_P_ALL))
    taken = 0
    with line, _writer(file) if file else _Teller(tell) as sink:
        try:
            while not limit or taken < limit:
                sink.write(_packet(line))
                taken += 1
        except KeyboardInterrupt:
            return taken
    return taken


class _Teller:
    """Gives one line of text for each packet to `tell`. It can be used in place of scapy's pcap writer."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def __enter__(self) -> "_Teller":
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing: no file is open."""

    def write(self, packet: Packet) -> None:
        """Give the time and the summary of one packet to `tell`."""
        self._tell(f"{float(packet.time):.6f} {packet.summary()}")


def _writer(file: Path) -> PcapWriter:
    try:
        return PcapWriter("/dev/stdout" if str(file) == "-" else str(file), linktype=1, sync=True, nano=True)
    except OSError as error:
        raise InputError([Problem(place="--file", message=f"{file} cannot be written ({error.strerror})")]) from error


def _packet(line: socket.socket) -> Packet:
    data, ancillary, _, _ = line.recvmsg(_SNAP, _ANCILLARY)
    packet = Ether(data)
    for level, kind, value in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = TIMESPEC.unpack(value)
            packet.time = seconds + nanoseconds / 1e9
    return packet
