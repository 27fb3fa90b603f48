"""The rules of nftables chains, as expressions of the kernel (linux/netfilter/nf_tables.h). They say which packets to drop."""

import struct
from collections.abc import Sequence
from typing import assert_never

from lab.model.impairment import RandomLoss, SizeLimit

Attributes = dict[str, list[tuple[str, object]]]

_KEY_LENGTH, _KEY_RANDOM = 0, 24
"""Keys of packet properties. For arriving packets NFT_META_LEN counts from the IP header. NFT_META_PRANDOM is always part of nf_tables,
numgen is not.
"""
_BELOW, _ABOVE = 2, 4
_TO_NETWORK_ORDER = 1
_REGISTER, _VERDICT = 1, 0
_OCTETS = 4
_DROP = 0
_RANDOM_RANGE = 1 << 32


def dropping(impairment: RandomLoss | SizeLimit) -> list[Attributes]:
    """The expressions of a rule that drops packets as the impairment says. The kernel compares registers in network byte order."""
    match impairment:
        case RandomLoss():
            below = min(round(impairment.part * _RANDOM_RANGE), _RANDOM_RANGE - 1)
            return [_loaded(_KEY_RANDOM), _compared(_BELOW, below), _dropped()]
        case SizeLimit():
            return [_loaded(_KEY_LENGTH), _in_network_order(), _compared(_ABOVE, impairment.octets), _dropped()]
        case _:
            assert_never(impairment)


def _loaded(key: int) -> Attributes:
    return _expression("meta", [("NFTA_META_KEY", key), ("NFTA_META_DREG", _REGISTER)])


def _in_network_order() -> Attributes:
    registers = [("NFTA_BYTEORDER_SREG", _REGISTER), ("NFTA_BYTEORDER_DREG", _REGISTER)]
    widths = [("NFTA_BYTEORDER_LEN", _OCTETS), ("NFTA_BYTEORDER_SIZE", _OCTETS)]
    return _expression("byteorder", [*registers, ("NFTA_BYTEORDER_OP", _TO_NETWORK_ORDER), *widths])


def _compared(operation: int, number: int) -> Attributes:
    value = {"attrs": [("NFTA_DATA_VALUE", struct.pack("!I", number))]}
    return _expression("cmp", [("NFTA_CMP_SREG", _REGISTER), ("NFTA_CMP_OP", operation), ("NFTA_CMP_DATA", value)])


def _dropped() -> Attributes:
    verdict = {"attrs": [("NFTA_DATA_VERDICT", {"attrs": [("NFTA_VERDICT_CODE", _DROP)]})]}
    return _expression("immediate", [("NFTA_IMMEDIATE_DREG", _VERDICT), ("NFTA_IMMEDIATE_DATA", verdict)])


def _expression(name: str, fields: Sequence[tuple[str, object]]) -> Attributes:
    return {"attrs": [("NFTA_EXPR_NAME", name), ("NFTA_EXPR_DATA", {"attrs": list(fields)})]}
