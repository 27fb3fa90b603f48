"""Hosts: where the host of a site is in its first prefix."""

from ipaddress import IPv4Network

from lab.model.ip import Address, Prefix

VPC_RESERVED = 4
"""How many addresses at the start of a subnet AWS reserves. The second of them is the VPC router's."""
SITE_RESERVED = 1
"""How many addresses at the start of a subnet a data centre reserves: its router's."""


def host_subnet(prefix: Prefix) -> Prefix:
    """The subnet of host and router: the first /24 of the prefix, or the whole of a smaller prefix. With IPv6 a /64 in place of a /24."""
    if isinstance(prefix, IPv4Network):
        return next(prefix.subnets(new_prefix=max(24, prefix.prefixlen)))
    return next(prefix.subnets(new_prefix=max(64, prefix.prefixlen)))


def host_address(prefix: Prefix, *, reserved: int = SITE_RESERVED) -> Address:
    """The host's address: .10 of its subnet, or in a small one the first address that is not reserved."""
    subnet = host_subnet(prefix)
    return subnet[10] if subnet.num_addresses > 16 else subnet[reserved + 1]
