"""Batches of messages to a kernel's packet filter. The kernel does everything in a batch at one instant, or nothing."""

import os
import struct
from collections.abc import Sequence

from pyroute2.netlink.nfnetlink.nftsocket import nfgen_msg

from lab.errors import NodeError
from lab.runtime.netns.nftables import ERROR, REQUEST, SUBSYSTEM, FilterLine, edge

NEW_TABLE, DEL_TABLE, NEW_CHAIN, NEW_RULE, DEL_RULE = 0, 2, 3, 6, 8
FAMILY_INET, FAMILY_NETDEV = 1, 5
DROP, ACCEPT = 0, 1
ENOENT = 2

_BATCH_BEGIN, _BATCH_END = 0x10, 0x11
_ACK, _CREATE = 0x4, 0x400


def batched(kind: type[nfgen_msg], number: int, family: int, attributes: Sequence[tuple[str, object]]) -> bytes:
    """One message of a batch: to make or to delete a table, a chain or a rule."""
    message = kind()
    message["header"]["type"] = SUBSYSTEM << 8 | number
    message["header"]["flags"] = REQUEST | _ACK | (0 if number in {DEL_TABLE, DEL_RULE} else _CREATE)
    message["header"]["sequence_number"] = 1
    message["nfgen_family"] = family
    message["attrs"] = list(attributes)
    message.encode()
    return bytes(message.data)


def send_batch(line: FilterLine, messages: Sequence[bytes], *, ignore: int, what: str) -> None:
    """Send one batch, and read all answers. Raises NodeError with `what` if the kernel refuses with another error than `ignore`."""
    line.send(edge(_BATCH_BEGIN) + b"".join(messages) + edge(_BATCH_END))
    codes: list[int] = []
    while len(codes) < len(messages):
        codes += [-struct.unpack_from("=i", body)[0] for kind, body in line.receive() if kind == ERROR]
    refused = next((code for code in codes if code not in {0, ignore}), 0)
    if refused:
        raise NodeError(what.format(reason=os.strerror(refused)))
