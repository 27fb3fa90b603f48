"""The rules of nftables chains, as expressions of the kernel (linux/netfilter/nf_tables.h). They say which packets to drop or to change."""

import struct
from collections.abc import Sequence
from typing import assert_never

from lab.model.impairment import RandomLoss, SizeLimit
from lab.model.probe_ports import PROBE_PORTS

Attributes = dict[str, list[tuple[str, object]]]

_KEY_LENGTH, _KEY_RANDOM = 0, 24
"""Keys of packet properties. For arriving packets NFT_META_LEN counts from the IP header. NFT_META_PRANDOM is always part of nf_tables,
numgen is not.
"""
_KEY_PROTOCOL, _UDP = 16, 17
_EQUAL, _UNEQUAL, _BELOW, _AT_MOST, _ABOVE, _AT_LEAST = 0, 1, 2, 3, 4, 5
_CT_STATE, _INVALID, _NEW = 0, 1, 8
"""The key of a flow's state, and two states as bits."""
_TRANSPORT = 2
"""Offsets count from the UDP header."""
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


def without_state() -> list[Attributes]:
    """The expressions of a rule that drops packets which connection tracking calls invalid."""
    return [*_of_states(_INVALID), _dropped()]


def replies_without_a_start() -> list[Attributes]:
    """The expressions of a rule that drops probes of a reverse direction (to odd ports) that belong to no known flow."""
    port = [("NFTA_PAYLOAD_DREG", _REGISTER), ("NFTA_PAYLOAD_BASE", _TRANSPORT), ("NFTA_PAYLOAD_OFFSET", 2), ("NFTA_PAYLOAD_LEN", 2)]
    loaded = _expression("payload", port)
    return [
        _loaded(_KEY_PROTOCOL),
        _matched(_EQUAL, bytes([_UDP])),
        loaded,
        _matched(_AT_LEAST, struct.pack("!H", PROBE_PORTS.start)),
        _matched(_AT_MOST, struct.pack("!H", PROBE_PORTS.stop - 1)),
        _masked(struct.pack("!H", 1)),
        _matched(_EQUAL, struct.pack("!H", 1)),
        *_of_states(_NEW),
        _dropped(),
    ]


def masqueraded() -> list[Attributes]:
    """The expressions of a rule that gives packets the address of the interface by which they leave."""
    return [_expression("masq", [])]


def udp_dropped() -> list[Attributes]:
    """The expressions of a rule that drops every UDP packet."""
    return [_loaded(_KEY_PROTOCOL), _matched(_EQUAL, bytes([_UDP])), _dropped()]


def _of_states(states: int) -> list[Attributes]:
    """Go on only if the state of the packet's flow is one of these. The kernel has it in the byte order of the host."""
    loaded = _expression("ct", [("NFTA_CT_KEY", _CT_STATE), ("NFTA_CT_DREG", _REGISTER)])
    return [loaded, _masked(struct.pack("=I", states)), _matched(_UNEQUAL, bytes(_OCTETS))]


def _masked(mask: bytes) -> Attributes:
    registers = [("NFTA_BITWISE_SREG", _REGISTER), ("NFTA_BITWISE_DREG", _REGISTER), ("NFTA_BITWISE_LEN", len(mask))]
    values = [(name, {"attrs": [("NFTA_DATA_VALUE", value)]}) for name, value in (("MASK", mask), ("XOR", bytes(len(mask))))]
    return _expression("bitwise", [*registers, *((f"NFTA_BITWISE_{name}", value) for name, value in values)])


def _loaded(key: int) -> Attributes:
    return _expression("meta", [("NFTA_META_KEY", key), ("NFTA_META_DREG", _REGISTER)])


def _in_network_order() -> Attributes:
    registers = [("NFTA_BYTEORDER_SREG", _REGISTER), ("NFTA_BYTEORDER_DREG", _REGISTER)]
    widths = [("NFTA_BYTEORDER_LEN", _OCTETS), ("NFTA_BYTEORDER_SIZE", _OCTETS)]
    return _expression("byteorder", [*registers, ("NFTA_BYTEORDER_OP", _TO_NETWORK_ORDER), *widths])


def _compared(operation: int, number: int) -> Attributes:
    return _matched(operation, struct.pack("!I", number))


def _matched(operation: int, octets: bytes) -> Attributes:
    value = {"attrs": [("NFTA_DATA_VALUE", octets)]}
    return _expression("cmp", [("NFTA_CMP_SREG", _REGISTER), ("NFTA_CMP_OP", operation), ("NFTA_CMP_DATA", value)])


def _dropped() -> Attributes:
    verdict = {"attrs": [("NFTA_DATA_VERDICT", {"attrs": [("NFTA_VERDICT_CODE", _DROP)]})]}
    return _expression("immediate", [("NFTA_IMMEDIATE_DREG", _VERDICT), ("NFTA_IMMEDIATE_DATA", verdict)])


def _expression(name: str, fields: Sequence[tuple[str, object]]) -> Attributes:
    return {"attrs": [("NFTA_EXPR_NAME", name), ("NFTA_EXPR_DATA", {"attrs": list(fields)})]}
