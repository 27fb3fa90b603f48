"""Drops: nftables chains that drop all packets or some packets. All are sent to the kernel as one batch, so that they begin at one instant.

A chain on an interface's ingress hook (family netdev) drops arriving packets, while both carriers remain up. For a dead node, a chain on
the output hook (family inet) also drops the packets that its kernel would still send. A forwarding hook is not needed, because no packet
arrives that could be forwarded.
"""

import os
import struct
from collections.abc import Sequence

from pyroute2.netlink.nfnetlink.nftsocket import nfgen_msg, nft_chain_msg, nft_rule_msg, nft_table_msg

from lab.errors import NodeError
from lab.model.impairment import RandomLoss, SizeLimit
from lab.runtime.netns.nftables import ERROR, PREFIX, REQUEST, SUBSYSTEM, FilterLine, edge
from lab.runtime.netns.rules import dropping

_BATCH_BEGIN, _BATCH_END = 0x10, 0x11
_NEW_TABLE, _DEL_TABLE, _NEW_CHAIN, _NEW_RULE, _DEL_RULE = 0, 2, 3, 6, 8
_ACK, _CREATE = 0x4, 0x400
_FAMILY_INET, _FAMILY_NETDEV = 1, 5
_HOOK_INGRESS, _HOOK_OUTPUT = 0, 3
_PRIORITY = -500
_DROP, _ACCEPT = 0, 1
_ENOENT = 2


class Drops:
    """The drops (chains that drop packets) of one node. Each has a name, so that another command can remove it."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the network namespace of the process. Raises NodeError if the process is gone."""
        self._line = FilterLine(pid)

    def close(self) -> None:
        """Close the socket. The drops remain in force."""
        self._line.close()

    def add(self, name: str, interfaces: tuple[str, ...], *, mute: bool) -> None:
        """Drop all packets that arrive on the interfaces. `mute` also drops the packets that the node itself sends.

        Raises NodeError if the kernel refuses.
        """
        table = [("NFTA_TABLE_NAME", PREFIX + name)]
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
        """Drop arriving packets as the impairment says. Replaces a drop with the same name. Raises NodeError if the kernel refuses."""
        chain = f"in-{interface}"
        of_chain = [("NFTA_RULE_TABLE", PREFIX + name), ("NFTA_RULE_CHAIN", chain)]
        rule = [*of_chain, ("NFTA_RULE_EXPRESSIONS", dropping(impairment))]
        messages = [
            _message(nft_table_msg, _NEW_TABLE, _FAMILY_NETDEV, [("NFTA_TABLE_NAME", PREFIX + name)]),
            _message(nft_chain_msg, _NEW_CHAIN, _FAMILY_NETDEV, _chain(name, chain, _ingress(interface), policy=_ACCEPT)),
            _message(nft_rule_msg, _DEL_RULE, _FAMILY_NETDEV, of_chain),
            _message(nft_rule_msg, _NEW_RULE, _FAMILY_NETDEV, rule),
        ]
        self._send_batch(messages, ignore=0)

    def remove(self, name: str) -> None:
        """Remove a drop. Does nothing if there is none."""
        for family in (_FAMILY_NETDEV, _FAMILY_INET):
            self._send_batch([_message(nft_table_msg, _DEL_TABLE, family, [("NFTA_TABLE_NAME", PREFIX + name)])], ignore=_ENOENT)

    def _send_batch(self, messages: list[bytes], *, ignore: int) -> None:
        """Send one batch. The kernel does all of it, or nothing. All answers are read. Raises NodeError with the first error."""
        self._line.send(edge(_BATCH_BEGIN) + b"".join(messages) + edge(_BATCH_END))
        codes: list[int] = []
        while len(codes) < len(messages):
            codes += [-struct.unpack_from("=i", body)[0] for kind, body in self._line.receive() if kind == ERROR]
        refused = next((code for code in codes if code not in {0, ignore}), 0)
        if refused:
            raise NodeError(f"the kernel cannot drop packets ({os.strerror(refused)}); this needs nf_tables with the netdev family")


def _chain(table: str, name: str, hook: Sequence[tuple[str, object]], policy: int = _DROP) -> list[tuple[str, object]]:
    return [
        ("NFTA_CHAIN_TABLE", PREFIX + table),
        ("NFTA_CHAIN_NAME", name),
        ("NFTA_CHAIN_HOOK", {"attrs": list(hook)}),
        ("NFTA_CHAIN_POLICY", policy),
        ("NFTA_CHAIN_TYPE", "filter"),
    ]


def _ingress(interface: str) -> list[tuple[str, int | str]]:
    return [("NFTA_HOOK_HOOKNUM", _HOOK_INGRESS), ("NFTA_HOOK_PRIORITY", _PRIORITY), ("NFTA_HOOK_DEV", interface)]


def _message(kind: type[nfgen_msg], number: int, family: int, attributes: Sequence[tuple[str, object]]) -> bytes:
    message = kind()
    message["header"]["type"] = SUBSYSTEM << 8 | number
    message["header"]["flags"] = REQUEST | _ACK | (0 if number in {_DEL_TABLE, _DEL_RULE} else _CREATE)
    message["header"]["sequence_number"] = 1
    message["nfgen_family"] = family
    message["attrs"] = list(attributes)
    message.encode()
    return bytes(message.data)
