"""Wires: which nodes are connected, and which connections still carry packets when components have failed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address

from lab.model.plan import Endpoint, Interface, Node, Plan, Tunnel
from lab.model.prediction import Component

MOST_HOPS = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hop:
    """The connection from `node` to its neighbor `far`: over `links` and through bridges (`through`), or through a `tunnel`.

    `local` is the address of `node` on the hop. If a neighbor has two addresses on one link, there is only one hop. Two hops are equal only
    if they are the same object.
    """

    node: str
    far: str
    local: IPv4Address
    links: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    tunnel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What a failure does.

    - `broken`: hops on which no packet arrives
    - `dark`: hops that their node (`Hop.node`) sees go down at once: its link has lost the carrier, or its tunnel has lost the IKE SA
    - `dead`: nodes that do not run any more

    A prediction uses nothing else: two components with the same damage have the same prediction. See `all_damage` for several components.
    """

    broken: frozenset[Hop] = frozenset()
    dark: frozenset[Hop] = frozenset()
    dead: frozenset[str] = frozenset()

    def within(self, hops: frozenset[Hop]) -> "Damage":
        """The part of the damage that concerns these hops."""
        return Damage(broken=self.broken & hops, dark=self.dark & hops, dead=self.dead)

    def of_living_nodes(self) -> "Damage":
        """The damage without the hops that begin at dead nodes. A dead node sends and hears nothing, so these hops do not matter."""
        if not self.dead:
            return self
        broken, dark = (frozenset(hop for hop in hops if hop.node not in self.dead) for hops in (self.broken, self.dark))
        return Damage(broken=broken, dark=dark, dead=self.dead)


NO_DAMAGE = Damage()


class Wires:
    """All hops of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = {node.name: node for node in plan.nodes}
        self._ends = {end: (link.name, link.b if end == link.a else link.a) for link in plan.links for end in (link.a, link.b)}
        self._bridges = {
            Endpoint(node=node.name, interface=port): bridge.ports
            for node in plan.nodes
            for bridge in node.bridges
            for port in bridge.ports
        }
        self.hops: dict[tuple[str, IPv4Address], Hop] = {}
        """Each hop, by its node and the address at its far end."""
        for node in plan.nodes:
            one_each: dict[object, Hop] = {}
            for hop, address in self._hops_of(node):
                self.hops[node.name, address] = one_each.setdefault((hop.local, hop.links, hop.through, hop.far), hop)
        self._outside = {tunnel.name: (*self._walk(tunnel), *self._walk(tunnel, back=True)) for tunnel in plan.tunnels}
        for tunnel in plan.tunnels:
            for here, there in ((tunnel.customer, tunnel.aws), (tunnel.aws, tunnel.customer)):
                self.hops[here.node, there.inside.ip] = Hop(node=here.node, far=there.node, local=here.inside.ip, tunnel=tunnel.name)

    def damage(self, failed: Component) -> Damage:
        """What the failure of a component does to every hop."""
        hops = frozenset(self.hops.values())
        return Damage(
            broken=frozenset(hop for hop in hops if not self.passes(hop, failed)),
            dark=frozenset(hop for hop in hops if not self.has_carrier(hop, failed)),
            dead=frozenset(failed.nodes),
        )

    def has_carrier(self, hop: Hop, failed: Component) -> bool:
        """Whether the interface of the hop's node still works.

        If it does not, the kernel of the node withdraws the routes over the hop at once.
        """
        return hop.tunnel not in failed.tunnels if hop.tunnel else hop.links[0] not in failed.links

    def passes(self, hop: Hop, failed: Component) -> bool:
        """Whether a packet on this hop arrives at the neighbor when the component has failed."""
        if hop.far in failed.nodes or hop.node in failed.nodes:
            return False
        if hop.tunnel:
            return hop.tunnel not in failed.tunnels and all(self.passes(each, failed) for each in self._outside[hop.tunnel])
        return not any(link in failed.links or link in failed.silent for link in hop.links) and not any(
            node in failed.nodes for node in hop.through
        )

    def _hops_of(self, node: Node) -> Iterator[tuple[Hop, IPv4Address]]:
        for interface in node.interfaces:
            if interface.address:
                for hop, far in self._beyond(node.name, interface):
                    if far.address and far.address.network == interface.address.network:
                        yield hop, far.ip

    def _beyond(self, node: str, interface: Interface) -> Iterator[tuple[Hop, Interface]]:
        """Every interface that an interface reaches directly or across bridges, each with the hop to it."""
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
            for each in self._nodes[far.node].interfaces:
                same = (
                    each.name == far.interface if vlan is None else each.tag and (each.tag.parent, each.tag.vlan) == (far.interface, vlan)
                )
                if same:
                    yield Hop(node=node, far=far.node, local=interface.ip, links=(*links, link), through=through), each

    def _walk(self, tunnel: Tunnel, *, back: bool = False) -> tuple[Hop, ...]:
        """The hops that a tunnel's ESP packets take over the internet. These packets follow static routes only."""
        here, there = (tunnel.aws, tunnel.customer) if back else (tunnel.customer, tunnel.aws)
        node = here.node
        hops: list[Hop] = []
        while node != there.node and len(hops) < MOST_HOPS:
            hop = self.hops.get((node, there.outside)) or self._by_static_route(node, there.outside)
            if hop is None:
                return ()
            hops.append(hop)
            node = hop.far
        return tuple(hops)

    def _by_static_route(self, node: str, address: IPv4Address) -> Hop | None:
        fitting = [route for route in self._nodes[node].routes if route.via and address in route.prefix]
        best = max(fitting, key=lambda route: route.prefix.prefixlen, default=None)
        return self.hops.get((node, best.via)) if best and best.via else None


def all_damage(parts: Iterable[Damage]) -> Damage:
    """The damage of several failures together: what at least one of them breaks.

    Exception: if a node at one end of a tunnel is dead, the other end does not see the tunnel go down (the hop is not `dark`), because a
    dead node deletes no IKE SA.
    """
    kept = tuple(parts)
    dead = frozenset[str]().union(*(each.dead for each in kept))
    dark = frozenset[Hop]().union(*(each.dark for each in kept))
    if dead:
        dark = frozenset(hop for hop in dark if not (hop.tunnel and dead & {hop.node, hop.far}))
    return Damage(broken=frozenset[Hop]().union(*(each.broken for each in kept)), dark=dark, dead=dead)
