"""Drops: nftables chains that drop all packets or some packets. All are sent to the kernel as one batch, so that they begin at one instant.

A chain on an interface's ingress hook (family netdev) drops arriving packets, while both carriers remain up. For a dead node, a chain on
the output hook (family inet) also drops the packets that its kernel would still send. A forwarding hook is not needed, because no packet
arrives that could be forwarded.
"""

from collections.abc import Sequence

from pyroute2.netlink.nfnetlink.nftsocket import nft_chain_msg, nft_rule_msg, nft_table_msg

from lab.model.impairment import RandomLoss, SizeLimit
from lab.runtime.netns.batches import (
    ACCEPT,
    DEL_RULE,
    DEL_TABLE,
    DROP,
    ENOENT,
    FAMILY_INET,
    FAMILY_NETDEV,
    NEW_CHAIN,
    NEW_RULE,
    NEW_TABLE,
    batched,
    send_batch,
)
from lab.runtime.netns.nftables import PREFIX, FilterLine
from lab.runtime.netns.rules import dropping

_HOOK_INGRESS, _HOOK_OUTPUT = 0, 3
_PRIORITY = -500
_REFUSED = "the kernel cannot drop packets ({reason}); this needs nf_tables with the netdev family"


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
        messages = [batched(nft_table_msg, NEW_TABLE, FAMILY_NETDEV, table)]
        messages += [
            batched(nft_chain_msg, NEW_CHAIN, FAMILY_NETDEV, _chain(name, f"in-{interface}", _ingress(interface)))
            for interface in interfaces
        ]
        if mute:
            hook = [("NFTA_HOOK_HOOKNUM", _HOOK_OUTPUT), ("NFTA_HOOK_PRIORITY", _PRIORITY)]
            messages.append(batched(nft_table_msg, NEW_TABLE, FAMILY_INET, table))
            messages.append(batched(nft_chain_msg, NEW_CHAIN, FAMILY_INET, _chain(name, "out", hook)))
        self._send_batch(messages, ignore=0)

    def add_some(self, name: str, interface: str, impairment: RandomLoss | SizeLimit) -> None:
        """Drop arriving packets as the impairment says. Replaces a drop with the same name. Raises NodeError if the kernel refuses."""
        chain = f"in-{interface}"
        of_chain = [("NFTA_RULE_TABLE", PREFIX + name), ("NFTA_RULE_CHAIN", chain)]
        rule = [*of_chain, ("NFTA_RULE_EXPRESSIONS", dropping(impairment))]
        messages = [
            batched(nft_table_msg, NEW_TABLE, FAMILY_NETDEV, [("NFTA_TABLE_NAME", PREFIX + name)]),
            batched(nft_chain_msg, NEW_CHAIN, FAMILY_NETDEV, _chain(name, chain, _ingress(interface), policy=ACCEPT)),
            batched(nft_rule_msg, DEL_RULE, FAMILY_NETDEV, of_chain),
            batched(nft_rule_msg, NEW_RULE, FAMILY_NETDEV, rule),
        ]
        self._send_batch(messages, ignore=0)

    def remove(self, name: str) -> None:
        """Remove a drop. Does nothing if there is none."""
        for family in (FAMILY_NETDEV, FAMILY_INET):
            self._send_batch([batched(nft_table_msg, DEL_TABLE, family, [("NFTA_TABLE_NAME", PREFIX + name)])], ignore=ENOENT)

    def _send_batch(self, messages: list[bytes], *, ignore: int) -> None:
        send_batch(self._line, messages, ignore=ignore, what=_REFUSED)


def _chain(table: str, name: str, hook: Sequence[tuple[str, object]], policy: int = DROP) -> list[tuple[str, object]]:
    return [
        ("NFTA_CHAIN_TABLE", PREFIX + table),
        ("NFTA_CHAIN_NAME", name),
        ("NFTA_CHAIN_HOOK", {"attrs": list(hook)}),
        ("NFTA_CHAIN_POLICY", policy),
        ("NFTA_CHAIN_TYPE", "filter"),
    ]


def _ingress(interface: str) -> list[tuple[str, int | str]]:
    return [("NFTA_HOOK_HOOKNUM", _HOOK_INGRESS), ("NFTA_HOOK_PRIORITY", _PRIORITY), ("NFTA_HOOK_DEV", interface)]
