"""Prefixes: find those that contain an address, without a look at the others."""

from collections.abc import Iterable

from lab.model.ip import Address, Prefix


class Prefixes:
    """Some prefixes, by their lengths."""

    def __init__(self, prefixes: Iterable[Prefix]) -> None:
        self._of_length: dict[int, dict[int, Prefix]] = {}
        for each in prefixes:
            spare = each.max_prefixlen - each.prefixlen
            self._of_length.setdefault(spare, {})[int(each.network_address) >> spare] = each
        self._spares = sorted(self._of_length)

    def around(self, address: Address) -> tuple[Prefix, ...]:
        """The prefixes that contain an address, the longest first."""
        number = int(address)
        found = (self._of_length[spare].get(number >> spare) for spare in self._spares)
        return tuple(each for each in found if each is not None and each.version == address.version)
