"""The BGP routers of a plan, their sessions, and which routes each router announces to each neighbor."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lab.model.ip import Address, Prefix, lies_in
from lab.model.plan import Plan
from lab.model.plan import Route as StaticRoute
from lab.model.router import BgpRouter, Neighbor, Origin, PrefixList, Prepend
from lab.predict.choice import OWN, Route
from lab.predict.policy import ORIGINS, Attributes, Policy, Seen
from lab.predict.wires import Hop, Wires

_OWN_WEIGHT = 32768
"""FRR's weight of a route that the router itself originates."""
_DISTANCE_SHIFT, _METRIC_MASK = 24, 0xFFFFFF
"""zebra takes the first octet of a static route's metric as its distance, and the rest as its metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One direction of a BGP session: the router `receiver` learns the routes that the router `sender` announces.

    - `back`: the number of the other direction of the same BGP session
    - `at_receiver`, `at_sender`: the neighbor configuration at each end
    - `hop`: the connection from the receiver to the sender
    - `distance`: the IGP distance of the sender as a next hop: the metric of a host route to it, or 0 if it is directly connected
    """

    number: int
    back: int
    sender: str
    receiver: str
    at_receiver: Neighbor
    at_sender: Neighbor
    hop: Hop
    internal: bool
    distance: int

    @property
    def ends_with_link(self) -> bool:
        """Whether the receiver removes the sender's routes as soon as the link between them is down.

        Exception: the receiver reaches the sender by a host route. When the link of this route goes down, zebra 10.3 does not tell bgpd
        that the next hop is lost, and an iBGP session does not end by itself.
        """
        return not (self.internal and self.distance)


class Speakers:
    """The BGP routers of a plan and their sessions. Each route that was computed has a number: its place in `routes`."""

    def __init__(self, plan: Plan, wires: Wires, kernel: Mapping[str, Iterable[Prefix]], *, renames: bool) -> None:
        """`kernel`: for each node, the prefixes of its static routes. `renames`: whether `Seen` names the home of a prefix."""
        self.routers: dict[str, BgpRouter] = {node.name: node.router for node in plan.nodes if node.router}
        self._policies = {name: Policy(router) for name, router in self.routers.items()}
        self.sessions = _sessions(self.routers, wires, {node.name: node.routes for node in plan.nodes})
        self.into: dict[str, list[Session]] = {name: [] for name in self.routers}
        self.out_of: dict[str, list[Session]] = {name: [] for name in self.routers}
        for session in self.sessions:
            self.into[session.receiver].append(session)
            self.out_of[session.sender].append(session)
        self.around = {name: tuple(dict.fromkeys((name, *(each.receiver for each in self.out_of[name])))) for name in self.routers}
        """Each router, and its neighbors."""
        self._internal = Counter(each.receiver for each in self.sessions if each.internal)
        self.routes: list[Route] = []
        self._numbers: dict[Route, int] = {}
        self.originators = _originators(self.routers, kernel)
        self._asns = {name: frozenset(_asns(router)) for name, router in self.routers.items()}
        self._renames = renames
        self._listed = _Listed(self.routers.values())
        self._seen: dict[Prefix, dict[str, Seen]] = {}

    def number_of(self, route: Route) -> int:
        """The number of a route. A new route gets the next number."""
        if route not in self._numbers:
            self._numbers[route] = len(self.routes)
            self.routes.append(route)
        return self._numbers[route]

    def seen(self, router: str, prefix: Prefix) -> Seen:
        """What a router knows about a prefix."""
        known = self._seen.setdefault(prefix, {})
        if router not in known:
            asns = {self.routers[each].asn for each in self.originators.get(prefix, ())}
            home = next(iter(asns)) if self._renames and len(asns) == 1 and asns <= self._asns[router] else None
            known[router] = Seen(self._listed.names(self.routers[router], prefix), home, prefix.version)
        return known[router]

    def own(self, node: str, prefix: Prefix, kernel: StaticRoute | None) -> tuple[int, ...]:
        """The routes that a router originates itself. `kernel`: the router's best static route to the prefix, None if it has none."""
        router, policy = self.routers[node], self._policies[node]
        fresh, seen = Attributes(weight=_OWN_WEIGHT), self.seen(node, prefix)
        made = [policy.applied(network.route_map, fresh, seen) for network in router.networks if network.prefix == prefix]
        if kernel and router.kernel_routes:
            told = fresh._replace(med=kernel.metric & _METRIC_MASK, origin=ORIGINS.index(Origin.INCOMPLETE))
            made.append(policy.applied(router.kernel_routes, told, seen))
        return tuple(self.number_of(Route(attributes, OWN)) for attributes in made if attributes)

    def announced(self, session: Session, number: int, prefix: Prefix) -> int | None:
        """The route that the receiver of a session makes from a route of the sender. Both routes are given by number.

        None if the sender does not announce the route, or if the receiver refuses it.
        """
        if session.at_receiver.address.version != prefix.version:
            return None
        route = self.routes[number]
        told = self._told(session, route, self.seen(session.sender, prefix))
        heard = None if told is None else self._heard(session, told, self.seen(session.receiver, prefix))
        if heard is None:
            return None
        sender = self.routers[session.sender]
        source = None if route.session == OWN else self.sessions[route.session]
        reflected = session.internal and route.internal
        clusters = (int(sender.router_id), *route.clusters) if reflected else ()
        speaker = route.speaker if reflected else int(sender.router_id)
        receiver = int(self.routers[session.receiver].router_id)
        if receiver in clusters or (reflected and speaker == receiver) or (source and source.sender == session.receiver):
            return None
        is_sole = self._renames and self._is_sole(session)
        return self.number_of(
            Route(
                heard,
                session.number,
                internal=session.internal,
                speaker=0 if is_sole else speaker,
                clusters=() if is_sole else clusters,
                distance=session.distance,
                address=int(session.at_receiver.address),
            )
        )

    def _is_sole(self, session: Session) -> bool:
        """Whether the receiver never compares where the routes of a session began, and never passes that on.

        Law: it has no other iBGP session, and learns at most one route on this one.
        """
        return session.internal and not session.at_sender.send_all_paths and self._internal[session.receiver] == 1

    def _told(self, session: Session, route: Route, seen: Seen) -> Attributes | None:
        """The attributes with which the sender announces a route. None if it does not announce the route.

        A router does not announce a route to the neighbor from which it learned it. It announces a route from an iBGP neighbor to another
        iBGP neighbor only if it is a route reflector.
        """
        if route.session == session.back:
            return None
        if session.internal and route.internal:
            source = self.sessions[route.session]
            if not (session.at_sender.reflector_client or source.at_receiver.reflector_client):
                return None
        attributes = route.attributes._replace(weight=0)
        if not session.internal and route.session != OWN:
            attributes = attributes._replace(med=0)
        sent = self._policies[session.sender].applied(session.at_sender.map_out, attributes, seen)
        if sent is None or session.internal:
            return sent
        router = self.routers[session.sender]
        return sent._replace(path=(seen.named(session.at_sender.local_as or router.asn), *sent.path))

    def _heard(self, session: Session, told: Attributes, seen: Seen) -> Attributes | None:
        """The attributes of the route that the receiver accepts.

        None if its own ASN is in the path, or if its route-map denies the route.
        """
        router, neighbor = self.routers[session.receiver], session.at_receiver
        mine = (router.asn,) if neighbor.local_as is None else (router.asn, neighbor.local_as)
        if any(told.path.count(seen.named(asn)) > neighbor.allowas_in for asn in mine):
            return None
        fresh = told if session.internal else told._replace(preference=100)
        return self._policies[session.receiver].applied(neighbor.map_in, fresh, seen)


class _Listed:
    """Which prefix lists contain a prefix. Lists of several routers that are one object have one set."""

    def __init__(self, routers: Iterable[BgpRouter]) -> None:
        self._sets: dict[int, frozenset[Prefix]] = {}
        for each in (each for router in routers for each in router.prefix_lists):
            if id(each.prefixes) not in self._sets:
                self._sets[id(each.prefixes)] = frozenset(each.prefixes)

    def names(self, router: BgpRouter, prefix: Prefix) -> frozenset[str]:
        """The names of the router's lists that contain the prefix."""
        return frozenset(each.name for each in router.prefix_lists if self._has(each, prefix))

    def _has(self, listed: PrefixList, prefix: Prefix) -> bool:
        return prefix in self._sets[id(listed.prefixes)] or (listed.longer and any(lies_in(prefix, each) for each in listed.prefixes))


def _originators(routers: Mapping[str, BgpRouter], kernel: Mapping[str, Iterable[Prefix]]) -> dict[Prefix, dict[str, None]]:
    """The routers that originate each prefix, in the order of the plan."""
    found: dict[Prefix, dict[str, None]] = {}
    for name, router in routers.items():
        for prefix in (*(network.prefix for network in router.networks), *(kernel[name] if router.kernel_routes else ())):
            found.setdefault(prefix, {})[name] = None
    return found


def _asns(router: BgpRouter) -> Iterator[int]:
    """Every ASN that a router puts in AS paths or looks for there."""
    yield router.asn
    yield from (each.local_as for each in router.neighbors if each.local_as is not None)
    yield from (asn for entry in router.route_maps for change in entry.set if isinstance(change, Prepend) for asn in change.asns)


def kernel_distance(route: StaticRoute) -> int:
    """The administrative distance that zebra gives to a static route."""
    return route.metric >> _DISTANCE_SHIFT


def _sessions(routers: dict[str, BgpRouter], wires: Wires, routes: dict[str, tuple[StaticRoute, ...]]) -> tuple[Session, ...]:
    """Both directions of each BGP session. A session is between an address of a router and an address of its direct neighbor.

    A session whose ends do not agree never comes up, so it is left out. So is one in a tunnel that never comes up: it has no hop.
    """
    neighbors = [(name, neighbor) for name, router in routers.items() for neighbor in router.neighbors]
    hops = ((name, neighbor, wires.hops.get((name, neighbor.address))) for name, neighbor in neighbors)
    every = [(name, neighbor, hop) for name, neighbor, hop in hops if hop]
    configured = {(name, neighbor.address): neighbor for name, neighbor, _ in every}
    ends = [end for end in every if _agree(routers[end[0]], end[1], routers[end[2].far], configured[end[2].far, end[2].local])]
    numbers = {(name, neighbor.address): number for number, (name, neighbor, _) in enumerate(ends)}
    sessions = []
    distances = {name: _distances(routes[name]) for name in routers}
    for number, (name, neighbor, hop) in enumerate(ends):
        back = numbers[hop.far, hop.local]
        at_sender = ends[back][1]
        internal = routers[name].asn == routers[hop.far].asn and neighbor.local_as is None and at_sender.local_as is None
        sessions.append(
            Session(
                number=number,
                back=back,
                sender=hop.far,
                receiver=name,
                at_receiver=neighbor,
                at_sender=at_sender,
                hop=hop,
                internal=internal,
                distance=distances[name].get(neighbor.address, 0),
            )
        )
    return tuple(sessions)


def _agree(near: BgpRouter, at_near: Neighbor, far: BgpRouter, at_far: Neighbor) -> bool:
    """Whether both ends of a session have the same MD5 key, and each expects the ASN that the other one shows."""
    shown_by_near, shown_by_far = at_near.local_as or near.asn, at_far.local_as or far.asn
    return (at_near.remote_as, at_far.remote_as, at_near.password) == (shown_by_far, shown_by_near, at_far.password)


def _distances(routes: tuple[StaticRoute, ...]) -> dict[Address, int]:
    """The metric of each host route, by its address."""
    return {route.prefix.network_address: route.metric for route in reversed(routes) if _is_host(route.prefix)}


def _is_host(prefix: Prefix) -> bool:
    return prefix.prefixlen == prefix.max_prefixlen
