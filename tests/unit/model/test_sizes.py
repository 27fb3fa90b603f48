"""Facts about AWS, computed in a second way."""

from itertools import product

import pytest

from lab.model.tunnel_options import Cipher, Integrity, Suite

SUITES = [Suite(cipher=cipher, integrity=integrity) for cipher, integrity in product(Cipher, Integrity)]
_NEXT_BLOCK = 16


@pytest.mark.parametrize("suite", SUITES, ids=str)
def test_the_longest_packet_in_a_tunnel_fits_the_internet_in_one_piece_and_a_block_more_does_not(suite: Suite) -> None:
    block = 1 if suite.cipher.has_own_integrity else _NEXT_BLOCK
    assert suite.outside(suite.mtu) <= 1500 < suite.outside(suite.mtu + block)


@pytest.mark.parametrize("suite", SUITES, ids=str)
def test_the_shortest_packet_beyond_a_limit_is_beyond_it_and_the_next_shorter_is_not(suite: Suite) -> None:
    for limit in range(150, 1500):
        least = suite.fewest(limit)
        assert suite.outside(least - 1) <= limit < suite.outside(least), limit
