"""Rules: the kernel's expressions that drop some arriving packets. Whether they drop is tested on a real lab."""

import struct

import pytest

from lab.model.impairment import RandomLoss, SizeLimit
from lab.runtime.netns.rules import Attributes, dropping


def _named(rule: list[Attributes]) -> list[str]:
    return [str(dict(expression["attrs"])["NFTA_EXPR_NAME"]) for expression in rule]


def _compared(rule: list[Attributes]) -> tuple[object, int]:
    """Operation and number of the rule's comparison."""
    (data,) = (dict(each["attrs"])["NFTA_EXPR_DATA"] for each in rule if dict(each["attrs"])["NFTA_EXPR_NAME"] == "cmp")
    fields = dict(data["attrs"])
    (number,) = struct.unpack("!I", dict(fields["NFTA_CMP_DATA"]["attrs"])["NFTA_DATA_VALUE"])
    return fields["NFTA_CMP_OP"], number


@pytest.mark.parametrize(("part", "below"), [(0.5, 1 << 31), (0.25, 1 << 30), (1e-12, 0), (1.0, (1 << 32) - 1)])
def test_a_loss_is_a_random_32_bit_number_below_that_part(part: float, below: int) -> None:
    rule = dropping(RandomLoss(part=part))
    assert _named(rule) == ["meta", "cmp", "immediate"]
    assert _compared(rule) == (2, below)


def test_a_length_is_put_in_network_order_before_it_is_compared() -> None:
    rule = dropping(SizeLimit(octets=1400))
    assert _named(rule) == ["meta", "byteorder", "cmp", "immediate"]
    assert _compared(rule) == (4, 1400)
