"""IP addresses and prefixes of both families. IPv4 and IPv6 have their own routes, and their own BGP sessions beside each other."""

from enum import Enum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network

Address = IPv4Address | IPv6Address
Prefix = IPv4Network | IPv6Network
AddressWithLength = IPv4Interface | IPv6Interface
"""An address of an interface, with the length of its prefix."""


class Family(Enum):
    """An address family, as AWS and FRR call it."""

    IPV4 = "ipv4"
    IPV6 = "ipv6"

    @property
    def version(self) -> int:
        """Its version of IP."""
        return int(self.value[-1])

    @property
    def name_in_text(self) -> str:
        """Its name in messages."""
        return f"IPv{self.version}"


def lies_in(prefix: Prefix, other: Prefix) -> bool:
    """Whether a prefix equals another one, or is a part of it. Prefixes of two families never do."""
    if isinstance(prefix, IPv4Network):
        return isinstance(other, IPv4Network) and prefix.subnet_of(other)
    return isinstance(other, IPv6Network) and prefix.subnet_of(other)


def in_order(value: Address | Prefix) -> tuple[int, Address | Prefix]:
    """A key to sort addresses or prefixes of both families: IPv4 comes first."""
    return value.version, value
