"""Prefixes: find those that contain an address, without a look at the others."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network


class Prefixes:
    """Some prefixes, by their lengths."""

    def __init__(self, prefixes: Iterable[IPv4Network]) -> None:
        self._of_length: dict[int, dict[int, IPv4Network]] = {}
        for each in prefixes:
            spare = 32 - each.prefixlen
            self._of_length.setdefault(spare, {})[int(each.network_address) >> spare] = each
        self._spares = sorted(self._of_length)

    def around(self, address: IPv4Address) -> tuple[IPv4Network, ...]:
        """The prefixes that contain an address, the longest first."""
        number = int(address)
        found = (self._of_length[spare].get(number >> spare) for spare in self._spares)
        return tuple(each for each in found if each is not None)
