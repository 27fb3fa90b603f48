"""Cabling: connect nodes by cables, and give addresses to their interfaces. All numbers follow from the order of the calls."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Interface, IPv4Network

from lab.errors import InputError, Problem
from lab.model.ip import Address, AddressWithLength, Prefix
from lab.model.plan import Endpoint, Interface, Link, Tag

INSIDE = IPv4Network("100.64.0.0/16")
"""For links inside data centres, between them, and inside AWS (shared address space, RFC 6598).

No announced prefix includes it, so a lost next hop is always noticed.
"""
CUSTOMER_OUTSIDE = IPv4Network("198.51.100.0/24")
"""For customer gateways on the internet (TEST-NET-2, RFC 5737)."""
AWS_OUTSIDE = IPv4Network("203.0.113.0/24")
"""For VPN tunnel endpoints of AWS on the internet (TEST-NET-3)."""
MANY_CUSTOMERS_OUTSIDE = IPv4Network("198.18.0.0/16")
MANY_AWS_OUTSIDE = IPv4Network("198.19.0.0/16")
"""The same for networks with more VPN tunnels than a /24 has room for (addresses for benchmarks, RFC 2544)."""
CIRCUITS = IPv4Network("100.65.0.0/16")
"""For Direct Connect virtual interfaces: /31s, which AWS accepts on every kind (D23). No announced prefix includes them."""
WANS = IPv4Network("100.66.0.0/16")
"""For the WANs between data centres: a /24 each. No announced prefix includes them."""
TRANSIT_GATEWAY_BLOCKS = IPv4Network("100.67.0.0/16")
"""For VPN endpoints of private-IP VPNs: AWS takes their addresses from a CIDR block of the transit gateway."""
BACKBONE = IPv4Network("192.0.2.0/24")
"""For links between providers (TEST-NET-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A new cable: its two ends."""

    a: Interface
    b: Interface


@dataclass(slots=True)
class Cabling:
    """All cables so far. It gives out interface names, MAC addresses and IP addresses."""

    links: list[Link] = field(default_factory=list)
    interfaces: dict[str, list[Interface]] = field(default_factory=dict)
    _cables_of: dict[str, int] = field(default_factory=dict)
    _pools: dict[Prefix, Iterator[Prefix]] = field(default_factory=dict)

    def connect(self, a: str, b: str, *, pool: Prefix, name: str | None = None) -> Pair:
        """Add a cable with the next two addresses (/31, RFC 3021) of the pool. `a` gets the lower one.

        Raises InputError if the pool is used up.
        """
        return self.connect_with(a, b, addresses=self.next_addresses(pool), name=name)

    def connect_with(
        self, a: str, b: str, *, addresses: tuple[AddressWithLength | None, AddressWithLength | None], name: str | None = None
    ) -> Pair:
        """Add a cable whose ends have these addresses (None for a port of a bridge). If `name` is None, the cable gets the name `a--b`."""
        number = len(self.links)
        pair = Pair(a=self._interface(a, addresses[0], number * 2), b=self._interface(b, addresses[1], number * 2 + 1))
        ends = Endpoint(node=a, interface=pair.a.name), Endpoint(node=b, interface=pair.b.name)
        self.links.append(Link(name=name or f"{a}--{b}", a=ends[0], b=ends[1]))
        return pair

    def tag(self, node: str, parent: Interface, vlan: int, address: AddressWithLength) -> Interface:
        """Add a VLAN interface to an interface."""
        interface = Interface(name=f"{parent.name}.{vlan}", address=address, mac=parent.mac, tag=Tag(parent=parent.name, vlan=vlan))
        self.interfaces[node].append(interface)
        return interface

    def next_addresses(self, pool: Prefix) -> tuple[AddressWithLength, AddressWithLength]:
        """The two addresses of the pool's next /31. Raises InputError if the pool is used up."""
        lower, upper = self._next_subnet(pool)
        return IPv4Interface((lower, 31)), IPv4Interface((upper, 31))

    def wan_addresses(self) -> Iterator[AddressWithLength]:
        """The addresses of a new WAN, in the next /24. Raises InputError if there are too many WANs."""
        subnets = self._pools.setdefault(WANS, WANS.subnets(new_prefix=24))
        subnet = next(subnets, None)
        if subnet is None:
            raise InputError([Problem(place="topology", message=f"more than 256 WANs need addresses from {WANS} (use fewer WANs)")])
        return (IPv4Interface((host, subnet.prefixlen)) for host in subnet.hosts())

    def _interface(self, node: str, address: AddressWithLength | None, number: int) -> Interface:
        number_here = self._cables_of.get(node, 0)
        self._cables_of[node] = number_here + 1
        mac = f"02:fb:00:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
        interface = Interface(name=f"eth{number_here}", address=address, mac=mac)
        self.interfaces.setdefault(node, []).append(interface)
        return interface

    def _next_subnet(self, pool: Prefix) -> tuple[Address, Address]:
        subnets = self._pools.setdefault(pool, pool.subnets(new_prefix=31))
        subnet = next(subnets, None)
        if subnet is None:
            limit = 2 ** (31 - pool.prefixlen)
            raise InputError([Problem(place="topology", message=f"more than {limit} links need addresses from {pool} (use fewer links)")])
        return subnet[0], subnet[1]
