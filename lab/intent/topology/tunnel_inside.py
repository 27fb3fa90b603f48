"""Inside addresses of tunnels: the /30s that AWS reserves, and those that the lab chooses for tunnels without `inside_cidrs`."""

from collections.abc import Collection, Iterator
from ipaddress import IPv4Network
from itertools import count

INSIDE_RANGE = IPv4Network("169.254.0.0/16")
"""The range of the inside IPv4 CIDRs of VPN tunnels (Site-to-Site VPN User Guide, tunnel options)."""

AWS_RESERVED = (
    *(IPv4Network(f"169.254.{third}.0/30") for third in range(6)),
    IPv4Network("169.254.169.252/30"),
)
"""The CIDRs of that range that AWS does not accept (same guide)."""


def free_inside_cidrs(taken: Collection[IPv4Network]) -> Iterator[IPv4Network]:
    """Free /30s for tunnels: 64 from 169.254.10.0 up, then 64 from 169.254.11.0, and so on. `taken` and reserved ones are left out."""
    for number in count():
        third, fourth = 10 + number // 64, 4 * (number % 64)
        cidr = IPv4Network(f"169.254.{third}.{fourth}/30")
        if cidr not in taken and cidr not in AWS_RESERVED:
            yield cidr
