"""The BGP routers of a plan, their sessions, and what each router announces to each neighbor."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from lab.model.plan import Plan
from lab.model.plan import Route as StaticRoute
from lab.model.router import BgpRouter, Neighbor, Origin
from lab.predict.choice import OWN, Route
from lab.predict.policy import ORIGINS, Attributes, Policy
from lab.predict.wires import Hop, Wires

_OWN_WEIGHT = 32768
"""FRR's weight of a route that the router itself originates."""
_DISTANCE_SHIFT, _METRIC_MASK = 24, 0xFFFFFF
"""zebra takes the first octet of a static route's metric as its distance, and the rest as its metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One direction of a BGP session: `hearer` learns what `teller` announces. `back` is the number of the other direction.

    `heard_as` is the hearer's configuration of the teller, `told_as` the teller's of the hearer. `hop` leads from the hearer to the teller.
    `distance` is the IGP distance of the teller as a next hop: the metric of a host route to it, else 0 (directly connected).
    """

    number: int
    back: int
    teller: str
    hearer: str
    heard_as: Neighbor
    told_as: Neighbor
    hop: Hop
    internal: bool
    distance: int

    @property
    def ends_with_link(self) -> bool:
        """Whether the hearer gives the teller's routes up as soon as the link between them is down.

        Exception: a host route leads to the teller. When its link goes down, zebra 10.3 does not tell bgpd that the next hop is lost, and
        an internal session does not end by itself.
        """
        return not (self.internal and self.distance)


class Speakers:
    """The routers, their sessions, and a number for each route that has occurred."""

    def __init__(self, plan: Plan, wires: Wires) -> None:
        self.routers: dict[str, BgpRouter] = {node.name: node.router for node in plan.nodes if node.router}
        self._policies = {name: Policy(router) for name, router in self.routers.items()}
        self.sessions = _sessions(self.routers, wires, {node.name: node.routes for node in plan.nodes})
        self.into: dict[str, list[Session]] = {name: [] for name in self.routers}
        self.out_of: dict[str, list[Session]] = {name: [] for name in self.routers}
        for session in self.sessions:
            self.into[session.hearer].append(session)
            self.out_of[session.teller].append(session)
        self.routes: list[Route] = []
        self._numbers: dict[Route, int] = {}
        self._announced: dict[tuple[int, int], int | None] = {}

    def number_of(self, route: Route) -> int:
        """The number of a route."""
        if route not in self._numbers:
            self._numbers[route] = len(self.routes)
            self.routes.append(route)
        return self._numbers[route]

    def own(self, node: str, prefix: IPv4Network, kernel: StaticRoute | None) -> tuple[int, ...]:
        """The routes that a router originates itself. `kernel`: its best static route to the prefix."""
        router, policy = self.routers[node], self._policies[node]
        fresh = Attributes(prefix, weight=_OWN_WEIGHT)
        made = [policy.applied(network.route_map, fresh) for network in router.networks if network.prefix == prefix]
        if kernel and router.kernel_routes:
            told = fresh._replace(med=kernel.metric & _METRIC_MASK, origin=ORIGINS.index(Origin.INCOMPLETE))
            made.append(policy.applied(router.kernel_routes, told))
        return tuple(self.number_of(Route(attributes, OWN)) for attributes in made if attributes)

    def announced(self, session: Session, number: int) -> int | None:
        """The hearer's route from a route of the teller. None if the teller does not announce it, or if the hearer refuses it."""
        key = (session.number, number)
        if key not in self._announced:
            self._announced[key] = self._announce(session, number)
        return self._announced[key]

    def _announce(self, session: Session, number: int) -> int | None:
        route = self.routes[number]
        told = self._told(session, route)
        heard = None if told is None else self._heard(session, told)
        if heard is None:
            return None
        teller = self.routers[session.teller]
        source = None if route.session == OWN else self.sessions[route.session]
        reflected = session.internal and route.internal
        clusters = (int(teller.router_id), *route.clusters) if reflected else ()
        speaker = route.speaker if reflected else int(teller.router_id)
        hearer = int(self.routers[session.hearer].router_id)
        if hearer in clusters or (reflected and speaker == hearer) or (source and source.teller == session.hearer):
            return None
        return self.number_of(
            Route(
                heard,
                session.number,
                parent=number,
                internal=session.internal,
                speaker=speaker,
                clusters=clusters,
                distance=session.distance,
                address=int(session.heard_as.address),
            )
        )

    def _told(self, session: Session, route: Route) -> Attributes | None:
        """The announcement of the teller: nothing goes back to where it came from, and between iBGP neighbors only reflected routes."""
        if route.session == session.back:
            return None
        if session.internal and route.internal:
            source = self.sessions[route.session]
            if not (session.told_as.reflector_client or source.heard_as.reflector_client):
                return None
        attributes = route.attributes._replace(weight=0)
        if not session.internal and route.session != OWN:
            attributes = attributes._replace(med=0)
        sent = self._policies[session.teller].applied(session.told_as.map_out, attributes)
        if sent is None or session.internal:
            return sent
        router = self.routers[session.teller]
        return sent._replace(path=(session.told_as.local_as or router.asn, *sent.path))

    def _heard(self, session: Session, told: Attributes) -> Attributes | None:
        """The route that the hearer accepts. None if its own ASN is in the path, or if its route-map denies the route."""
        router, neighbor = self.routers[session.hearer], session.heard_as
        mine = (router.asn,) if neighbor.local_as is None else (router.asn, neighbor.local_as)
        if any(told.path.count(asn) > neighbor.allowas_in for asn in mine):
            return None
        fresh = told if session.internal else told._replace(preference=100)
        return self._policies[session.hearer].applied(neighbor.map_in, fresh)


def kernel_distance(route: StaticRoute) -> int:
    """zebra's administrative distance of a static route."""
    return route.metric >> _DISTANCE_SHIFT


def _sessions(routers: dict[str, BgpRouter], wires: Wires, routes: dict[str, tuple[StaticRoute, ...]]) -> tuple[Session, ...]:
    """Both directions of each session. A session is between an address of a router and an address of its direct neighbor."""
    ends = [(name, neighbor, wires.hops[name, neighbor.address]) for name, router in routers.items() for neighbor in router.neighbors]
    numbers = {(name, neighbor.address): number for number, (name, neighbor, _) in enumerate(ends)}
    sessions = []
    for number, (name, neighbor, hop) in enumerate(ends):
        back = numbers[hop.far, hop.local]
        told_as = ends[back][1]
        internal = routers[name].asn == routers[hop.far].asn and neighbor.local_as is None and told_as.local_as is None
        sessions.append(
            Session(
                number=number,
                back=back,
                teller=hop.far,
                hearer=name,
                heard_as=neighbor,
                told_as=told_as,
                hop=hop,
                internal=internal,
                distance=_distance(neighbor.address, routes[name]),
            )
        )
    return tuple(sessions)


def _distance(address: IPv4Address, routes: tuple[StaticRoute, ...]) -> int:
    return next((route.metric for route in routes if route.prefix.prefixlen == 32 and address in route.prefix), 0)
