"""A NAT box: the kernel gives all packets that leave it its own address, and keeps the ports as long as they are free.

Nothing from the internet gets in but answers. So a packet of AWS that comes before the gateway's own packet, after the box was dead, takes
no port from the gateway.
"""

from collections.abc import Sequence

from pyroute2.netlink.nfnetlink.nftsocket import nft_chain_msg, nft_rule_msg, nft_table_msg

from lab.runtime.netns.batches import ACCEPT, DEL_TABLE, ENOENT, FAMILY_INET, NEW_CHAIN, NEW_RULE, NEW_TABLE, batched, send_batch
from lab.runtime.netns.firewall import forget_flows
from lab.runtime.netns.nftables import FilterLine
from lab.runtime.netns.rules import Attributes, masqueraded, udp_dropped

_TABLE = "nat"
_HOOK_INPUT, _HOOK_POSTROUTING = 1, 4
_FILTER, _SOURCE_NAT = 0, 100
"""Priorities of chains (linux/netfilter_ipv4.h)."""
_REFUSED = "the kernel cannot translate addresses ({reason}); this needs nf_conntrack, nf_conntrack_netlink, nft_chain_nat and nft_masq"


class Nat:
    """The address translation of one node."""

    def __init__(self, pid: int) -> None:
        """Open a socket in the network namespace of the process. Raises NodeError if the process is gone."""
        self._line = FilterLine(pid)

    def close(self) -> None:
        """Close the socket. The translation remains in force."""
        self._line.close()

    def set_up(self) -> None:
        """Begin to translate, without any known flow. Raises NodeError if the kernel cannot do that."""
        table = [("NFTA_TABLE_NAME", _TABLE)]
        send_batch(self._line, [batched(nft_table_msg, DEL_TABLE, FAMILY_INET, table)], ignore=ENOENT, what=_REFUSED)
        chains = (
            *_chain("out", "nat", (_HOOK_POSTROUTING, _SOURCE_NAT), masqueraded()),
            *_chain("in", "filter", (_HOOK_INPUT, _FILTER), udp_dropped()),
        )
        send_batch(self._line, [batched(nft_table_msg, NEW_TABLE, FAMILY_INET, table), *chains], ignore=0, what=_REFUSED)
        forget_flows(self._line, _REFUSED)


def _chain(name: str, kind: str, hook: tuple[int, int], rule: Sequence[Attributes]) -> tuple[bytes, bytes]:
    """The messages for a chain with one rule. `hook`: its place in the kernel and its priority there."""
    at = {"attrs": [("NFTA_HOOK_HOOKNUM", hook[0]), ("NFTA_HOOK_PRIORITY", hook[1])]}
    chain = [("NFTA_CHAIN_TABLE", _TABLE), ("NFTA_CHAIN_NAME", name), ("NFTA_CHAIN_HOOK", at)]
    return (
        batched(nft_chain_msg, NEW_CHAIN, FAMILY_INET, [*chain, ("NFTA_CHAIN_POLICY", ACCEPT), ("NFTA_CHAIN_TYPE", kind)]),
        batched(
            nft_rule_msg,
            NEW_RULE,
            FAMILY_INET,
            [("NFTA_RULE_TABLE", _TABLE), ("NFTA_RULE_CHAIN", name), ("NFTA_RULE_EXPRESSIONS", list(rule))],
        ),
    )
