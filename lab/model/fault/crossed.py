"""Find the nodes and hops that a fault breaks, for comparison with the paths of flows.

A path names the nodes that a flow's packets pass in clear text, also the carrier's equipment, but not the internet. A tunnel is one hop,
from the customer gateway to AWS's endpoint. So a fault on the tunnel's way through the internet breaks that hop.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lab.model.bgp import BgpSession
from lab.model.broken import Broken
from lab.model.fault.ways import Way, receivers, senders
from lab.model.plan import Endpoint, Link, Plan
from lab.model.tunnel import Tunnel
from lab.model.underlay import underlay

_Hop = tuple[str, str]


def crossed_cables(plan: Plan, links: tuple[str, ...], way: Way = "both") -> Broken:
    """What does not work if these cables do not work in these directions. Tunnels whose ESP packets use the cables are included.

    No packet is on the cable of a LAG's member. So it counts only if the LAG is down without it.
    """
    hops = [hop for link in map(plan.link, _with_packets(plan, links)) for hop in _along(link, way)]
    return Broken(links=links, hops=_once((*hops, *_tunnels_along(plan, frozenset(hops)))))


def _with_packets(plan: Plan, links: tuple[str, ...]) -> tuple[str, ...]:
    """These cables, without members of LAGs. A LAG that is down without them has its own cables in their place."""
    broken = frozenset(links)
    members = frozenset(name for bundle in plan.bundles for name in bundle.members)
    down = (name for bundle in plan.bundles if len(broken.intersection(bundle.members)) > bundle.spare for name in bundle.links)
    return tuple(dict.fromkeys((*(name for name in links if name not in members), *down)))


def crossed_nodes(plan: Plan, nodes: tuple[str, ...]) -> Broken:
    """What does not work if these nodes do not work. Tunnels whose ESP packets pass the nodes are included."""
    between = [tunnel for tunnel in plan.tunnels if set(underlay(plan, tunnel)[1:-1]) & set(nodes)]
    return Broken(nodes=nodes, hops=_through(between))


def crossed_tunnels(plan: Plan, names: tuple[str, ...]) -> Broken:
    """What does not work if these tunnels do not work: their hops."""
    return Broken(tunnels=names, hops=_through(map(plan.tunnel, names)))


def crossed_sessions(plan: Plan, sessions: Iterable[BgpSession]) -> Broken:
    """What does not work without these BGP sessions: the hops from AWS's routers to the customer. No cable and no tunnel is broken."""
    return Broken(hops=_once(hop for session in sessions for hop in _of_session(plan, session)))


def _along(link: Link, way: Way) -> Iterator[_Hop]:
    for sender, receiver in zip(senders(link, way), receivers(link, way), strict=True):
        yield sender.node, receiver.node


def _tunnels_along(plan: Plan, hops: frozenset[_Hop]) -> Iterator[_Hop]:
    """The tunnels whose ESP packets use one of these hops. Each is given as a hop in the same direction."""
    for tunnel in plan.tunnels:
        out = underlay(plan, tunnel)
        for way in (out, out[::-1]):
            if hops & set(pairwise(way)):
                yield way[0], way[-1]


def _through(tunnels: Iterable[Tunnel]) -> tuple[_Hop, ...]:
    return _once(hop for tunnel in tunnels for hop in _both_ways(tunnel.customer.node, tunnel.aws.node))


def _of_session(plan: Plan, session: BgpSession) -> tuple[_Hop, ...]:
    """The hop of a session: its tunnel, or on a virtual interface the cable from the carrier to the AWS device.

    The cable to the customer does not count, because several virtual interfaces share it.
    """
    for tunnel in plan.tunnels:
        if (tunnel.aws.node, tunnel.customer.inside.ip) == (session.node, session.neighbor):
            return _both_ways(tunnel.customer.node, tunnel.aws.node)
    return _both_ways(_carrier(plan, session), session.node)


def _carrier(plan: Plan, session: BgpSession) -> str:
    """The carrier's equipment at the other end of the customer's cable."""
    interfaces = plan.node(session.neighbor_node).interfaces
    bearer = next(each for each in interfaces if session.neighbor in {address.ip for address in each.addresses})
    end = Endpoint(node=session.neighbor_node, interface=bearer.tag.parent if bearer.tag else bearer.name)
    return next(link.b.node if link.a == end else link.a.node for link in plan.links if end in {link.a, link.b})


def _both_ways(one: str, other: str) -> tuple[_Hop, ...]:
    return (one, other), (other, one)


def _once(hops: Iterable[_Hop]) -> tuple[_Hop, ...]:
    return tuple(dict.fromkeys(hops))
