"""Wires: which nodes are connected, and which connections still carry packets when components have failed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from lab.model.ip import Address
from lab.model.lag import Bundle
from lab.model.plan import Endpoint, Interface, Node, Plan
from lab.model.prediction import Component
from lab.model.topology import LINK_MTU
from lab.model.tunnel import Tunnel
from lab.predict.prefixes import Prefixes

MOST_HOPS = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hop:
    """The connection from `node` to its neighbor `far`: over `links` and through bridges (`through`), or through a `tunnel`.

    `local` is the address of `node` on the hop. If a neighbor has two addresses on one link, there is only one hop. Two hops are equal only
    if they are the same object. `mtu`: the longest IP packet that fits, in octets.
    `dead_after`: in a tunnel, after how many seconds of silence its node declares the other end dead. None: it never does.
    """

    node: str
    far: str
    local: Address
    links: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    tunnel: str | None = None
    mtu: int = LINK_MTU
    dead_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What a failure does.

    - `broken`: hops on which no packet arrives
    - `dark`: hops that their node (`Hop.node`) sees go down at once: its link has lost the carrier, or its tunnel has lost the IKE SA
    - `dead`: nodes that do not run any more
    - `unlit`: members of LAGs without light. If more of them fail than a LAG can spare, `all_damage` breaks the LAG's hops, too.

    A prediction uses nothing else: two components with the same damage have the same prediction. See `all_damage` for several components.
    """

    broken: frozenset[Hop] = frozenset()
    dark: frozenset[Hop] = frozenset()
    dead: frozenset[str] = frozenset()
    unlit: frozenset["Unlit"] = frozenset()

    def within(self, hops: frozenset[Hop]) -> "Damage":
        """The part of the damage that concerns these hops."""
        unlit = frozenset(each for each in self.unlit if not hops.isdisjoint(each.bundle.broken))
        return Damage(broken=self.broken & hops, dark=self.dark & hops, dead=self.dead, unlit=unlit)

    def of_living_nodes(self) -> "Damage":
        """The damage without the hops that begin at dead nodes. A dead node sends and hears nothing, so these hops do not matter."""
        if not self.dead:
            return self
        broken, dark = (frozenset(hop for hop in hops if hop.node not in self.dead) for hops in (self.broken, self.dark))
        return Damage(broken=broken, dark=dark, dead=self.dead, unlit=self.unlit)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bundled:
    """The hops of a LAG, on one side of the carrier: those that break with it, and those whose nodes see it go dark."""

    broken: frozenset[Hop]
    dark: frozenset[Hop]
    spare: int


class Unlit(NamedTuple):
    """A member of a LAG that has lost its light, by the name of its cable."""

    bundle: Bundled
    member: str


NO_DAMAGE = Damage()


class Wires:
    """All hops of a plan."""

    def __init__(self, plan: Plan, octets: int) -> None:
        """`octets`: the length of the flows' packets."""
        self._interfaces = {_socket(node.name, each): each for node in plan.nodes for each in node.interfaces}
        self._ends = {end: (link.name, link.b if end == link.a else link.a) for link in plan.links for end in (link.a, link.b)}
        self._bridges = {
            Endpoint(node=node.name, interface=port): bridge.ports
            for node in plan.nodes
            for bridge in node.bridges
            for port in bridge.ports
        }
        self.hops: dict[tuple[str, Address], Hop] = {}
        """Each hop, by its node and the address at its far end."""
        for node in plan.nodes:
            one_each: dict[object, Hop] = {}
            for hop, address in self._hops_of(node):
                self.hops[node.name, address] = one_each.setdefault((hop.local, hop.links, hop.through, hop.far), hop)
        self.first_from: dict[tuple[str, Address], Hop] = {}
        """The first hop from each node and local address."""
        for hop in self.hops.values():
            self.first_from.setdefault((hop.node, hop.local), hop)
        self._vias = {
            node.name: {route.prefix: route.via for route in reversed(node.routes) if route.via} for node in plan.nodes if node.routes
        }
        self._static = {name: Prefixes(vias) for name, vias in self._vias.items()}
        self._parts = _Parts(self.hops.values())
        outside = {tunnel.name: (*self._walk(tunnel), *self._walk(tunnel, back=True)) for tunnel in plan.tunnels}
        for tunnel in plan.tunnels:
            for here, there in ((tunnel.customer, tunnel.aws), (tunnel.aws, tunnel.customer)):
                hop = Hop(
                    node=here.node,
                    far=there.node,
                    local=here.inside.ip,
                    tunnel=tunnel.name,
                    mtu=tunnel.mtu,
                    dead_after=tunnel.dead_after(here),
                )
                self.hops[here.node, there.inside.ip] = hop
                self._parts.add_tunnel(hop, outside[tunnel.name])
        for bundle in plan.bundles:
            self._parts.add_bundle(bundle)
        self.narrow = frozenset(hop for hop in self.hops.values() if hop.mtu < octets)
        """The hops into which packets of flows do not fit. Those of BGP and BFD are short, and fit."""

    def damage(self, failed: Component) -> Damage:
        """What the failure of a component does to hops."""
        return self._parts.damage(failed)

    def _hops_of(self, node: Node) -> Iterator[tuple[Hop, Address]]:
        for interface in node.interfaces:
            for local in interface.addresses:
                for hop, far in self._beyond(node.name, interface, local.ip):
                    yield from ((hop, each.ip) for each in far.addresses if each.network == local.network)

    def _beyond(self, node: str, interface: Interface, local: Address) -> Iterator[tuple[Hop, Interface]]:
        """Every interface that an interface reaches directly or across bridges, each with the hop to it. `local`: its address."""
        vlan = interface.tag.vlan if interface.tag else None
        start = Endpoint(node=node, interface=interface.tag.parent if interface.tag else interface.name)
        ways: list[tuple[Endpoint, tuple[str, ...], tuple[str, ...]]] = [(start, (), ())]
        while ways:
            end, links, through = ways.pop()
            if end not in self._ends:
                continue
            link, far = self._ends[end]
            if far in self._bridges:
                others = (port for port in self._bridges[far] if port != far.interface)
                ways += [(Endpoint(node=far.node, interface=port), (*links, link), (*through, far.node)) for port in others]
                continue
            each = self._interfaces.get((far.node, far.interface, vlan))
            if each:
                mtu = min(interface.mtu, each.mtu)
                yield Hop(node=node, far=far.node, local=local, links=(*links, link), through=through, mtu=mtu), each

    def _walk(self, tunnel: Tunnel, *, back: bool = False) -> tuple[Hop, ...]:
        """The hops that a tunnel's ESP packets take over the internet. These packets follow static routes only."""
        here, there = (tunnel.aws, tunnel.customer) if back else (tunnel.customer, tunnel.aws)
        node = here.node
        hops: list[Hop] = []
        while node != there.node and len(hops) < MOST_HOPS:
            hop = self.hops.get((node, there.own)) or self.hops.get((node, there.outside)) or self._by_static_route(node, there.outside)
            if hop is None:
                return ()
            hops.append(hop)
            node = hop.far
        return tuple(hops)

    def _by_static_route(self, node: str, address: Address) -> Hop | None:
        """The hop of the longest static route to an address."""
        around = self._static[node].around(address) if node in self._static else ()
        via = self._vias[node][around[0]] if around else None
        return self.hops.get((node, via)) if via else None


def _socket(node: str, interface: Interface) -> tuple[str, str, int | None]:
    """What a cable, and a VLAN on it, lead to."""
    return (node, interface.tag.parent, interface.tag.vlan) if interface.tag else (node, interface.name, None)


class _Parts:
    """Which hops need each part of the network: nodes, links and tunnels. So a failure is looked up without a look at other hops."""

    def __init__(self, hops: Iterable[Hop]) -> None:
        """`hops`: those outside tunnels."""
        self._of_node: dict[str, list[Hop]] = {}
        self._of_link: dict[str, list[Hop]] = {}
        self._first_on: dict[str, list[Hop]] = {}
        self._of_tunnel: dict[str, list[Hop]] = {}
        self._inside: dict[Hop, list[Hop]] = {}
        self._unlit: dict[str, Unlit] = {}
        for hop in dict.fromkeys(hops):
            for node in {hop.node, hop.far, *hop.through}:
                self._of_node.setdefault(node, []).append(hop)
            for link in set(hop.links):
                self._of_link.setdefault(link, []).append(hop)
            self._first_on.setdefault(hop.links[0], []).append(hop)

    def add_tunnel(self, hop: Hop, outside: Iterable[Hop]) -> None:
        """Add a hop in a tunnel. `outside`: the hops of the tunnel's ESP packets."""
        self._of_tunnel.setdefault(hop.tunnel or "", []).append(hop)
        for node in (hop.node, hop.far):
            self._of_node.setdefault(node, []).append(hop)
        for each in outside:
            self._inside.setdefault(each, []).append(hop)

    def add_bundle(self, bundle: Bundle) -> None:
        """Add a LAG, after all hops and tunnels."""
        broken = _all_of(self._of_link, bundle.links)
        hops = Bundled(broken=broken | _all_of(self._inside, broken), dark=_all_of(self._first_on, bundle.links), spare=bundle.spare)
        self._unlit |= {member: Unlit(hops, member) for member in bundle.members}

    def damage(self, failed: Component) -> Damage:
        """What the failure of a component does to hops."""
        tunnels = _all_of(self._of_tunnel, failed.tunnels)
        broken = tunnels | _all_of(self._of_node, failed.nodes) | _all_of(self._of_link, (*failed.links, *failed.silent))
        return Damage(
            broken=broken | _all_of(self._inside, broken),
            dark=tunnels | _all_of(self._first_on, failed.links),
            dead=frozenset(failed.nodes),
            unlit=frozenset(self._unlit[link] for link in failed.links if link in self._unlit),
        )


_Part = TypeVar("_Part", str, Hop)


def _all_of(hops: Mapping[_Part, list[Hop]], parts: Iterable[_Part]) -> frozenset[Hop]:
    return frozenset(hop for part in parts for hop in hops.get(part, ()))


def all_damage(parts: Iterable[Damage]) -> Damage:
    """The damage of several failures together: what at least one of them breaks.

    Exception: if a node at one end of a tunnel is dead, the other end does not see the tunnel go down (the hop is not `dark`), because a
    dead node deletes no IKE SA.
    """
    kept = tuple(parts)
    unlit = frozenset[Unlit]().union(*(each.unlit for each in kept))
    if unlit:
        kept = (*kept, *_too_few_members(unlit))
    dead = frozenset[str]().union(*(each.dead for each in kept))
    dark = frozenset[Hop]().union(*(each.dark for each in kept))
    if dead:
        dark = frozenset(hop for hop in dark if not (hop.tunnel and dead & {hop.node, hop.far}))
    return Damage(broken=frozenset[Hop]().union(*(each.broken for each in kept)), dark=dark, dead=dead, unlit=unlit)


def _too_few_members(unlit: frozenset[Unlit]) -> Iterator[Damage]:
    """The damage of the LAGs that have lost more members than they can spare."""
    for bundle, lost in Counter(each.bundle for each in unlit).items():
        if lost > bundle.spare:
            yield Damage(broken=bundle.broken, dark=bundle.dark)
