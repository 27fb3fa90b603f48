"""A LAG in a lab has light only while enough of its members have light."""

from dataclasses import replace

from lab.compiler import compile_topology
from lab.model.lag import Lag
from lab.model.plan import Endpoint, Ipsec, Plan, Route, Timers
from lab.runtime.lags import cables_of, follow, set_cable
from tests.networks import HYBRID


class _Node:
    """The interfaces of a node: a view of them, and the switch."""

    def __init__(self) -> None:
        self.down: set[str] = set()

    def links_down(self) -> tuple[str, ...]:
        return tuple(self.down)

    def set_link(self, interface: str, *, up: bool) -> None:
        (self.down.discard if up else self.down.add)(interface)

    def add_routes(self, routes: tuple[Route, ...]) -> None:
        assert isinstance(routes, tuple)


class _Lab:
    def __init__(self, minimum_links: int) -> None:
        first, *others = HYBRID.connections
        topology = replace(HYBRID, connections=(replace(first, lag=Lag(members=3, minimum_links=minimum_links)), *others))
        self.plan: Plan = compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
        self.nodes = {node.name: _Node() for node in self.plan.nodes}
        self.view = self.network = self.nodes.__getitem__

    def has_light(self, link: str) -> bool:
        return not any(end.interface in self.nodes[end.node].down for end in self.ends(link))

    def ends(self, link: str) -> tuple[Endpoint, Endpoint]:
        return self.plan.link(link).a, self.plan.link(link).b


def test_a_lag_goes_down_with_one_member_too_many_and_comes_back_with_it() -> None:
    lab = _Lab(minimum_links=2)
    for bundle in lab.plan.bundles:
        one, two = (lab.ends(member) for member in bundle.members[:2])
        set_cable(lab, one[0], up=False)
        assert all(map(lab.has_light, bundle.links))
        set_cable(lab, two[1], up=False)
        assert not any(map(lab.has_light, bundle.links))
        set_cable(lab, one[0], up=True)
        assert all(map(lab.has_light, bundle.links))
        set_cable(lab, two[1], up=True)
    assert not any(node.down for node in lab.nodes.values())


def test_each_side_counts_its_own_members() -> None:
    lab = _Lab(minimum_links=3)
    near, far = lab.plan.bundles
    set_cable(lab, lab.ends(near.members[0])[0], up=False)
    assert not any(map(lab.has_light, near.links))
    assert all(map(lab.has_light, far.links))


def test_a_node_that_boots_leaves_a_lag_down_that_lacks_members() -> None:
    lab = _Lab(minimum_links=3)
    near = lab.plan.bundles[0]
    edge, carrier = (end.node for end in lab.ends(near.members[0]))
    set_cable(lab, lab.ends(near.members[0])[0], up=False)
    lab.nodes[carrier].down.clear()
    assert all(map(lab.has_light, near.links))
    follow(lab, cables_of(lab.plan, carrier))
    assert not any(map(lab.has_light, near.links))
    assert edge != carrier
