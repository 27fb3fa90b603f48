"""Find the flows that have no path when some BGP sessions are closed and everything else works."""

from collections.abc import Iterable, Iterator

from lab.model.bgp import BgpSession
from lab.model.direction import DIRECTIONS
from lab.model.flow import Flow
from lab.model.plan import Plan
from lab.predict.forwarding import Forwarding
from lab.predict.network import Network
from lab.predict.walks import Trip
from lab.predict.wires import Damage, Hop


class Closing:
    """The paths of a plan without some of its BGP sessions. Nothing carries packets where a session is closed."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._network = Network(plan)

    def cut_off(self, down: Iterable[BgpSession], closed: Iterable[BgpSession]) -> tuple[str, ...]:
        """The flows that have a path while the sessions in `down` are closed, but none if those in `closed` are closed, too."""
        down = tuple(down)
        before, after = self._with_a_path(down), self._with_a_path((*down, *closed))
        return tuple(flow for flow in before if flow not in after)

    def _with_a_path(self, sessions: Iterable[BgpSession]) -> tuple[str, ...]:
        """The flows whose packets arrive in both directions."""
        network, hops = self._network, frozenset(hop for session in sessions for hop in self._hops(session))
        damage = Damage(broken=hops, dark=hops)
        forwarding = Forwarding(network, network.after(damage), damage)
        return tuple(flow.name for flow in self._plan.flows if all(_arrives(forwarding, trip) for trip in _trips(flow)))

    def _hops(self, session: BgpSession) -> Iterator[Hop]:
        """The hop of a session, in both directions."""
        hops = self._network.wires.hops
        hop = hops.get((session.node, session.neighbor))
        if hop is not None:
            yield hop
            yield from (each for each in hops.values() if (each.node, each.far) == (hop.far, hop.node) and _is_same(each, hop))


def _is_same(one: Hop, other: Hop) -> bool:
    return one.tunnel == other.tunnel and set(one.links) == set(other.links)


def _trips(flow: Flow) -> Iterator[Trip]:
    for direction in DIRECTIONS:
        source, target = (flow.source, flow.target) if direction == "forward" else (flow.target, flow.source)
        yield Trip(source=source.node, target=target.address)


def _arrives(forwarding: Forwarding, trip: Trip) -> bool:
    return all(way.arrives for way in forwarding.walked(trip).ways)
