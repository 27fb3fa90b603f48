"""A firewall that keeps state: the kernel's connection tracking, and a chain that drops packets of flows whose start it has not seen.

A flow is begun by its source only. A UDP packet does not show whether it begins a flow, as a TCP SYN does. But probes do: those of the
reverse direction go to odd ports (`lab.probes.wire`). All others are replies. So the chain drops a reply that belongs to no known flow, and
what connection tracking calls invalid: with `nf_conntrack_tcp_loose` 0 that is every packet in the middle of an unknown TCP connection.
"""

import os
import struct
from collections.abc import Sequence
from pathlib import Path

from pyroute2.netlink.nfnetlink.nftsocket import nft_chain_msg, nft_rule_msg, nft_table_msg

from lab.errors import NodeError
from lab.runtime.netns.batches import ACCEPT, DEL_TABLE, ENOENT, FAMILY_INET, NEW_CHAIN, NEW_RULE, NEW_TABLE, batched, send_batch
from lab.runtime.netns.enter import namespace_of
from lab.runtime.netns.nftables import ERROR, REQUEST, FilterLine, message
from lab.runtime.netns.rules import replies_without_a_start, without_state

_TABLE, _CHAIN = "firewall", "forward"
_HOOK_FORWARD, _PRIORITY = 2, 0
_REFUSED = "the kernel cannot keep state for a firewall ({reason}); this needs nf_conntrack, nf_conntrack_netlink and nft_ct"
_CONNTRACK, _DELETE, _ACK = 1, 2, 0x4
_IPV4 = struct.pack("!BBH", 2, 0, 0)
"""The subsystem of connection tracking, its message that deletes flows, and the header that means all of IPv4 (nfnetlink_conntrack.h)."""
_LOOSE = Path("/proc/sys/net/netfilter/nf_conntrack_tcp_loose")


class Firewall:
    """The firewall of one node."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the network namespace of the process. Raises NodeError if the process is gone."""
        self._pid = pid
        self._line = FilterLine(pid)

    def close(self) -> None:
        """Close the socket. The firewall remains in force."""
        self._line.close()

    def set_up(self) -> None:
        """Begin to keep state, without any known flow. Raises NodeError if the kernel cannot do that."""
        table = [("NFTA_TABLE_NAME", _TABLE)]
        self._send([batched(nft_table_msg, DEL_TABLE, FAMILY_INET, table)], ignore=ENOENT)
        hook = {"attrs": [("NFTA_HOOK_HOOKNUM", _HOOK_FORWARD), ("NFTA_HOOK_PRIORITY", _PRIORITY)]}
        chain = [("NFTA_CHAIN_TABLE", _TABLE), ("NFTA_CHAIN_NAME", _CHAIN), ("NFTA_CHAIN_HOOK", hook)]
        of_chain = [("NFTA_RULE_TABLE", _TABLE), ("NFTA_RULE_CHAIN", _CHAIN)]
        rules = (without_state(), replies_without_a_start())
        self._send(
            [
                batched(nft_table_msg, NEW_TABLE, FAMILY_INET, table),
                batched(nft_chain_msg, NEW_CHAIN, FAMILY_INET, [*chain, ("NFTA_CHAIN_POLICY", ACCEPT), ("NFTA_CHAIN_TYPE", "filter")]),
                *(batched(nft_rule_msg, NEW_RULE, FAMILY_INET, [*of_chain, ("NFTA_RULE_EXPRESSIONS", rule)]) for rule in rules),
            ],
            ignore=0,
        )
        with namespace_of(self._pid):
            _LOOSE.write_text("0")
        self.forget()

    def forget(self) -> None:
        """Forget all flows, as a firewall does when it restarts."""
        forget_flows(self._line, _REFUSED)

    def _send(self, messages: Sequence[bytes], *, ignore: int) -> None:
        send_batch(self._line, messages, ignore=ignore, what=_REFUSED)


def forget_flows(line: FilterLine, what: str) -> None:
    """Let the kernel forget every flow of IPv4 that it tracks. Raises NodeError with `what` if it refuses."""
    line.send(message(_CONNTRACK << 8 | _DELETE, REQUEST | _ACK, _IPV4))
    (code,) = (-struct.unpack_from("=i", body)[0] for kind, body in line.receive() if kind == ERROR)
    if code:
        raise NodeError(what.format(reason=os.strerror(code)))
