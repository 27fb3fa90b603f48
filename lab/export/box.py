"""A router of the customer as values that all products need: its interfaces, tunnels and BGP, with the names of a real network."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.model.ip import Address, AddressWithLength
from lab.model.plan import Interface, Node, Plan, Role, Route
from lab.model.router import BgpRouter, InPrefixes, Match, Neighbor
from lab.model.topology import LINK_MTU
from lab.model.tunnel import Tunnel

TCP_HEADERS = 40
"""Octets of the headers of IPv4 and TCP. A tunnel's MSS is its MTU without them."""
_EDGES = {Role.EDGE, Role.CUSTOMER_GATEWAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """An interface with an address. `to`: the node, the circuit or the provider at its other end. `vlan`: None without a tag.

    `bfd`: the neighbor behind it with BFD, None if there is none.
    """

    to: str
    address: AddressWithLength
    vlan: int | None
    about: str
    mtu: int
    bfd: Neighbor | None

    @property
    def name(self) -> str:
        """What stands for its name."""
        return f"<interface-to-{self.to}>"

    @property
    def is_jumbo(self) -> bool:
        """Whether it carries longer packets than usual."""
        return self.mtu > LINK_MTU


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """A BGP neighbor with the name of its line: a virtual interface, a tunnel, or the core router. `near`: the router's own address."""

    name: str
    neighbor: Neighbor
    near: Address

    @property
    def key(self) -> str | None:
        """What stands for the MD5 key. None if there is none."""
        return None if self.neighbor.password is None else f"<md5-key-of-{self.name}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe:
    """A tunnel with its number on the router, from 1 up, and the interface to its provider."""

    number: int
    tunnel: Tunnel
    outside: Port

    @property
    def key(self) -> str:
        """What stands for the pre-shared key."""
        return f"<pre-shared-key-of-{self.tunnel.name}>"

    @property
    def mss(self) -> int:
        """TCP's longest segment that fits into the tunnel, in octets (1.4)."""
        return self.tunnel.mtu - TCP_HEADERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One router of the customer. `routes`: its static routes to the other ends of its tunnels."""

    name: str
    lab: str
    router: BgpRouter
    ports: tuple[Port, ...]
    pipes: tuple[Pipe, ...]
    fars: tuple[Far, ...]
    routes: tuple[Route, ...]


def boxes(plan: Plan) -> tuple[Box, ...]:
    """The edges of a plan, in its order."""
    return tuple(_box(plan, node, _with_lists(node.router)) for node in plan.nodes if node.role in _EDGES and node.router)


def _with_lists(router: BgpRouter) -> BgpRouter:
    """The router without the entries of route-maps that match a list that does not exist. In FRR they match nothing, in IOS everything."""
    prefixes = {each.name for each in router.prefix_lists}
    communities = {(each.name, each.large) for each in router.community_lists}

    def exists(condition: Match) -> bool:
        return condition.list in prefixes if isinstance(condition, InPrefixes) else (condition.list, condition.large) in communities

    return replace(router, route_maps=tuple(entry for entry in router.route_maps if all(map(exists, entry.match))))


def _box(plan: Plan, node: Node, router: BgpRouter) -> Box:
    ports = tuple(_ports(plan, node, router))
    pipes = tuple(_pipes(plan, node, ports))
    return Box(
        name=node.name, lab=plan.name, router=router, ports=ports, pipes=pipes, fars=tuple(_fars(router, ports, pipes)), routes=node.routes
    )


def _ports(plan: Plan, node: Node, router: BgpRouter) -> Iterator[Port]:
    ends = [pair for link in plan.links for pair in ((link.a, link.b), (link.b, link.a))]
    far = {here.interface: there.node for here, there in ends if here.node == node.name}
    for each in node.interfaces:
        if each.address is not None:
            to, vlan = far[each.tag.parent if each.tag else each.name], each.tag.vlan if each.tag else None
            names = [vif.name for vif in plan.vifs if (vif.circuit, vif.vlan) == (to, vlan)]
            yield Port(to=to, address=each.address, vlan=vlan, about=names[0] if names else to, mtu=each.mtu, bfd=_with_bfd(router, each))


def _with_bfd(router: BgpRouter, interface: Interface) -> Neighbor | None:
    return next((each for each in router.neighbors if each.bfd and each.bfd.interface == interface.name), None)


def _pipes(plan: Plan, node: Node, ports: tuple[Port, ...]) -> Iterator[Pipe]:
    mine = [tunnel for tunnel in plan.tunnels if tunnel.customer.node == node.name]
    for number, tunnel in enumerate(mine, start=1):
        via = next(route.via for route in node.routes if route.via and tunnel.aws.outside in route.prefix)
        yield Pipe(number=number, tunnel=tunnel, outside=next(port for port in ports if via in port.address.network))


def _fars(router: BgpRouter, ports: tuple[Port, ...], pipes: tuple[Pipe, ...]) -> Iterator[Far]:
    for neighbor in router.neighbors:
        port = next((each for each in ports if neighbor.address in each.address.network), None)
        pipe = next((each for each in pipes if each.tunnel.aws.inside.ip == neighbor.address), None)
        if port:
            yield Far(name=port.about, neighbor=neighbor, near=port.address.ip)
        elif pipe:
            yield Far(name=pipe.tunnel.name, neighbor=neighbor, near=pipe.tunnel.customer.inside.ip)
