"""Open the sockets of sender, receiver and tracer in the nodes."""

import ctypes
import errno
import socket
import struct

from lab.errors import LabBusyError, NodeError
from lab.model.flow import FlowEnd
from lab.model.plan import Node
from lab.probes.wire import ETHERNET_LENGTH, IP_LENGTH, IPV6_LENGTH, IPV6_SEQUENCE_OFFSET, TRACE_EVERY
from lab.program import COMMAND
from lab.runtime.capabilities import Sockets
from lab.runtime.programs.stamps import SO_RCVBUFFORCE, SO_TIMESTAMPNS

_RECEIVE_BUFFER = 8 << 20
_ETH_P_IP, _ETH_P_IPV6, _ETH_P_ALL = 0x0800, 0x86DD, 0x0003
_SO_ATTACH_FILTER = 26

# classic BPF: load a byte or half at an offset, or at X + offset; X = IP header length; and; jump if equal, if greater or equal; return
_LDB, _LDH, _LDB_X, _LDH_X, _LDX_IHL, _AND, _JEQ, _JGE, _RET = 0x30, 0x28, 0x50, 0x48, 0xB1, 0x54, 0x15, 0x35, 0x06
_ICMP, _UDP = 1, 17
_FRAGMENTATION_NEEDED = 0x0304
"""ICMP type 3, code 4 (RFC 792)."""

_QUOTED = 8
"""Octets of an ICMP header. The IP header of the reported packet follows it (RFC 792)."""


def sending_socket(lab: Sockets, end: FlowEnd) -> socket.socket:
    """A packet socket at the host's interface. It sends whole Ethernet frames, without a route lookup."""
    line = lab.open_socket(end.node, socket.AF_PACKET, socket.SOCK_RAW, 0)
    try:
        line.bind((end.interface, 0))
    except OSError as error:
        line.close()
        raise NodeError(f"probes cannot be sent on {end.interface} of {end.node} ({error.strerror}). Try: {COMMAND} lab-heal") from error
    return line


def receiving_socket(lab: Sockets, end: FlowEnd, port: int) -> socket.socket:
    """A UDP socket on the host's address, with the kernel's time stamps. A packet counts only if the host's own stack accepts it.

    Raises LabBusyError if another command is probing the lab.
    """
    family = socket.AF_INET if end.address.version == 4 else socket.AF_INET6
    line = lab.open_socket(end.node, family, socket.SOCK_DGRAM, 0)
    line.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, _RECEIVE_BUFFER)
    line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    try:
        line.bind((str(end.address), port))
    except OSError as error:
        line.close()
        if error.errno != errno.EADDRINUSE:
            what = f"probes cannot be received on {end.address} of {end.node}"
            raise NodeError(f"{what} ({error.strerror}). Try: {COMMAND} lab-heal") from error
        raise LabBusyError(f"another command is probing the flows of lab {lab.plan.lab} (wait for that command, or end it)") from error
    return line


def tracing_socket(lab: Sockets, node: Node, ports: range, *, ipv6: bool = False) -> socket.socket:
    """A packet socket that receives every `TRACE_EVERY`-th probe that arrives at a node, on cables and tunnel devices. ESP is not
    decrypted.

    A bridge forwards packets below IP. So in a node with bridges the socket looks at every protocol. `ipv6`: for probes over IPv6.
    """
    protocol = _ETH_P_ALL if node.bridges else _ETH_P_IPV6 if ipv6 else _ETH_P_IP
    line = lab.open_socket(node.name, socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(protocol))
    (_attach_ipv6_filter if ipv6 else _attach_filter)(line, ports)
    line.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, _RECEIVE_BUFFER)
    line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    return line


def hearing_socket(lab: Sockets, node: str, ports: range) -> socket.socket:
    """A packet socket that receives routers' ICMP reports that a sampled probe was too long. Data begins at the IP header."""
    line = lab.open_socket(node, socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ETH_P_IP))
    _attach_refusal_filter(line, ports)
    line.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, _RECEIVE_BUFFER)
    return line


def _attach_filter(line: socket.socket, ports: range) -> None:
    """Let the socket receive only sampled probes. Offsets count from the IP header, because the socket has no link layer.

    A packet may arrive before the filter is attached, so the tracer checks again.
    """
    instructions = [
        (_LDB, 0, 0, 9),
        (_JEQ, 0, 7, _UDP),
        (_LDH, 0, 0, 4),
        (_AND, 0, 0, TRACE_EVERY - 1),
        (_JEQ, 0, 4, 0),
        (_LDX_IHL, 0, 0, 0),
        (_LDH_X, 0, 0, 2),
        (_JGE, 0, 1, ports.start),
        (_JGE, 0, 1, ports.stop),
        (_RET, 0, 0, 0),
        (_RET, 0, 0, 0xFFFF),
    ]
    _attach(line, instructions)


def _attach_ipv6_filter(line: socket.socket, ports: range) -> None:
    """The same for probes over IPv6: UDP comes right after the IPv6 header, and the packet number counts."""
    instructions = [
        (_LDB, 0, 0, 0),
        (_AND, 0, 0, 0xF0),
        (_JEQ, 0, 9, 0x60),
        (_LDB, 0, 0, 6),
        (_JEQ, 0, 7, _UDP),
        (_LDH, 0, 0, IPV6_SEQUENCE_OFFSET - ETHERNET_LENGTH + 2),
        (_AND, 0, 0, TRACE_EVERY - 1),
        (_JEQ, 0, 4, 0),
        (_LDH, 0, 0, IPV6_LENGTH + 2),
        (_JGE, 0, 2, ports.start),
        (_JGE, 1, 0, ports.stop),
        (_RET, 0, 0, 0xFFFF),
        (_RET, 0, 0, 0),
    ]
    _attach(line, instructions)


def _attach_refusal_filter(line: socket.socket, ports: range) -> None:
    """Let the socket receive only ICMP reports (type 3, code 4) about a sampled probe."""
    instructions = [
        (_LDB, 0, 0, 9),
        (_JEQ, 0, 11, _ICMP),
        (_LDX_IHL, 0, 0, 0),
        (_LDH_X, 0, 0, 0),
        (_JEQ, 0, 8, _FRAGMENTATION_NEEDED),
        (_LDH_X, 0, 0, _QUOTED + 4),
        (_AND, 0, 0, TRACE_EVERY - 1),
        (_JEQ, 0, 5, 0),
        (_LDB_X, 0, 0, _QUOTED + 9),
        (_JEQ, 0, 3, _UDP),
        (_LDH_X, 0, 0, _QUOTED + IP_LENGTH + 2),
        (_JGE, 0, 1, ports.start),
        (_JGE, 0, 1, ports.stop),
        (_RET, 0, 0, 0),
        (_RET, 0, 0, 0xFFFF),
    ]
    _attach(line, instructions)


def _attach(line: socket.socket, instructions: list[tuple[int, int, int, int]]) -> None:
    program = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(program)
    line.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HP", len(instructions), ctypes.addressof(buffer)))
