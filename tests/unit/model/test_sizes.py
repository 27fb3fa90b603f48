"""Facts about AWS, computed in a second way."""

from lab.model.aws import TUNNEL_MTU, fewest_outside, octets_outside


def test_the_longest_packet_in_a_tunnel_is_the_longest_that_the_internet_carries_in_one_piece() -> None:
    assert (octets_outside(TUNNEL_MTU), octets_outside(TUNNEL_MTU + 1)) == (1500, 1504)


def test_the_shortest_packet_beyond_a_limit_is_beyond_it_and_the_next_shorter_is_not() -> None:
    for limit in range(105, 1500):
        least = fewest_outside(limit)
        assert octets_outside(least - 1) <= limit < octets_outside(least), limit
