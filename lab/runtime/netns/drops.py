"""Drops: nftables chains that drop all packets or some. They are sent as one batch, so that they start at one instant.

A chain on an interface's ingress hook (family netdev) drops what arrives there. Both carriers stay up. For a dead node, a chain on its
output hook (family inet) also drops what its kernel would still send. No forwarding hook is needed: nothing arrives to be forwarded.
"""

import os
import socket
import struct
from collections.abc import Sequence

from pyroute2.netlink.nfnetlink.nftsocket import nfgen_msg, nft_chain_msg, nft_rule_msg, nft_table_msg

from lab.errors import NodeError
from lab.model.impairment import RandomLoss, SizeLimit
from lab.runtime.netns.enter import socket_in
from lab.runtime.netns.rules import dropping

_NETLINK_NETFILTER = 12
_SUBSYSTEM = 10
_BATCH_BEGIN, _BATCH_END = 0x10, 0x11
_NEW_TABLE, _GET_TABLE, _DEL_TABLE, _NEW_CHAIN, _NEW_RULE, _DEL_RULE = 0, 1, 2, 3, 6, 8
_REQUEST, _ACK, _DUMP, _CREATE = 0x1, 0x4, 0x300, 0x400
_ERROR, _DONE = 2, 3
_FAMILY_ANY, _FAMILY_INET, _FAMILY_NETDEV = 0, 1, 5
_HOOK_INGRESS, _HOOK_OUTPUT = 0, 3
_PRIORITY = -500
_DROP, _ACCEPT = 0, 1
_PREFIX = "failover-lab-"
_ENOENT = 2
_TIMEOUT = 5.0


class Drops:
    """The drops of one node. Each has a name, so that another command can remove it too."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the namespace of the process. NodeError if the process is gone."""
        self._socket = socket_in(pid, socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_NETFILTER)
        self._socket.bind((0, 0))

    def close(self) -> None:
        """Close the socket. The drops stay."""
        self._socket.close()

    def add(self, name: str, interfaces: tuple[str, ...], *, mute: bool) -> None:
        """Drop all that arrives on the interfaces; `mute` also drops what the node itself sends. NodeError if the kernel refuses."""
        table = [("NFTA_TABLE_NAME", _PREFIX + name)]
        messages = [_message(nft_table_msg, _NEW_TABLE, _FAMILY_NETDEV, table)]
        messages += [
            _message(nft_chain_msg, _NEW_CHAIN, _FAMILY_NETDEV, _chain(name, f"in-{interface}", _ingress(interface)))
            for interface in interfaces
        ]
        if mute:
            hook = [("NFTA_HOOK_HOOKNUM", _HOOK_OUTPUT), ("NFTA_HOOK_PRIORITY", _PRIORITY)]
            messages.append(_message(nft_table_msg, _NEW_TABLE, _FAMILY_INET, table))
            messages.append(_message(nft_chain_msg, _NEW_CHAIN, _FAMILY_INET, _chain(name, "out", hook)))
        self._send_batch(messages, ignore=0)

    def add_some(self, name: str, interface: str, impairment: RandomLoss | SizeLimit) -> None:
        """Drop arriving packets that the impairment selects. Replaces a drop of the same name. NodeError if the kernel refuses."""
        chain = f"in-{interface}"
        of_chain = [("NFTA_RULE_TABLE", _PREFIX + name), ("NFTA_RULE_CHAIN", chain)]
        rule = [*of_chain, ("NFTA_RULE_EXPRESSIONS", dropping(impairment))]
        messages = [
            _message(nft_table_msg, _NEW_TABLE, _FAMILY_NETDEV, [("NFTA_TABLE_NAME", _PREFIX + name)]),
            _message(nft_chain_msg, _NEW_CHAIN, _FAMILY_NETDEV, _chain(name, chain, _ingress(interface), policy=_ACCEPT)),
            _message(nft_rule_msg, _DEL_RULE, _FAMILY_NETDEV, of_chain),
            _message(nft_rule_msg, _NEW_RULE, _FAMILY_NETDEV, rule),
        ]
        self._send_batch(messages, ignore=0)

    def remove(self, name: str) -> None:
        """Remove a drop. Safe if there is none."""
        for family in (_FAMILY_NETDEV, _FAMILY_INET):
            self._send_batch([_message(nft_table_msg, _DEL_TABLE, family, [("NFTA_TABLE_NAME", _PREFIX + name)])], ignore=_ENOENT)

    def names(self) -> tuple[str, ...]:
        """The drops in force."""
        request = nfgen_msg()
        request["header"]["type"] = _SUBSYSTEM << 8 | _GET_TABLE
        request["header"]["flags"] = _REQUEST | _DUMP
        request["nfgen_family"] = _FAMILY_ANY
        request.encode()
        self._send(request.data)
        found: list[str] = []
        while True:
            for kind, body in self._receive():
                if kind == _DONE:
                    return tuple(dict.fromkeys(found))
                if kind != _ERROR:
                    name = body[8 : body.index(b"\0", 8)].decode()  # nfgenmsg, then NFTA_TABLE_NAME comes first
                    if name.startswith(_PREFIX):
                        found.append(name.removeprefix(_PREFIX))

    def _send_batch(self, messages: list[bytes], *, ignore: int) -> None:
        """Send one batch, all or nothing. The kernel answers each message. All answers are read before the first refusal is raised."""
        self._send(_batch_edge(_BATCH_BEGIN) + b"".join(messages) + _batch_edge(_BATCH_END))
        codes: list[int] = []
        while len(codes) < len(messages):
            codes += [-struct.unpack_from("=i", body)[0] for kind, body in self._receive() if kind == _ERROR]
        refused = next((code for code in codes if code not in {0, ignore}), 0)
        if refused:
            raise NodeError(f"nftables refused a drop ({os.strerror(refused)}); it needs a kernel with nf_tables and the netdev family")

    def _send(self, data: bytes) -> None:
        self._socket.settimeout(_TIMEOUT)
        self._socket.send(data)

    def _receive(self) -> list[tuple[int, bytes]]:
        try:
            return _split(self._socket.recv(1 << 16))
        except TimeoutError as error:
            raise NodeError(f"nftables: no answer from the kernel within {_TIMEOUT:g} s") from error


def _chain(table: str, name: str, hook: Sequence[tuple[str, object]], policy: int = _DROP) -> list[tuple[str, object]]:
    return [
        ("NFTA_CHAIN_TABLE", _PREFIX + table),
        ("NFTA_CHAIN_NAME", name),
        ("NFTA_CHAIN_HOOK", {"attrs": list(hook)}),
        ("NFTA_CHAIN_POLICY", policy),
        ("NFTA_CHAIN_TYPE", "filter"),
    ]


def _ingress(interface: str) -> list[tuple[str, int | str]]:
    return [("NFTA_HOOK_HOOKNUM", _HOOK_INGRESS), ("NFTA_HOOK_PRIORITY", _PRIORITY), ("NFTA_HOOK_DEV", interface)]


def _message(kind: type[nfgen_msg], number: int, family: int, attributes: Sequence[tuple[str, object]]) -> bytes:
    message = kind()
    message["header"]["type"] = _SUBSYSTEM << 8 | number
    message["header"]["flags"] = _REQUEST | _ACK | (0 if number in {_DEL_TABLE, _DEL_RULE} else _CREATE)
    message["header"]["sequence_number"] = 1
    message["nfgen_family"] = family
    message["attrs"] = list(attributes)
    message.encode()
    return bytes(message.data)


def _batch_edge(kind: int) -> bytes:
    return struct.pack("=IHHII", 20, kind, _REQUEST, 0, 0) + struct.pack("!BBH", 0, 0, _SUBSYSTEM)


def _split(data: bytes) -> list[tuple[int, bytes]]:
    """Netlink messages as (type, body after the header)."""
    messages, offset = [], 0
    while offset + 16 <= len(data):
        length, kind = struct.unpack_from("=IH", data, offset)
        messages.append((kind, data[offset + 16 : offset + length]))
        offset += (length + 3) & ~3
    return messages
