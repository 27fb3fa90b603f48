"""LAGs in a lab: a LAG has light only while enough of its members have light.

No kernel bonding is used, so LAGs work on every kernel. LACP is not run: the lab applies its result when a fault changes a cable.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from lab.model.fault.links import carriers_port
from lab.model.lag import Bundle
from lab.model.plan import Endpoint, Plan
from lab.runtime.netns import NodeView

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.runtime.netns.network import NodeNetwork


class Switched(Protocol):
    """The methods of a lab that set cables down and up."""

    @property
    def plan(self) -> Plan:
        """The plan of the lab."""
        ...

    def view(self, node: str) -> NodeView:
        """The present network of a node, for reading."""
        ...

    def network(self, node: str) -> "NodeNetwork":
        """The network of a node, for changing it."""
        ...


def set_cable(lab: Switched, end: Endpoint, *, up: bool) -> None:
    """Set one end of a cable down or up. If it belongs to a member of a LAG, the LAG follows."""
    network = lab.network(end.node)
    network.set_link(end.interface, up=up)
    if up:  # when an interface goes down, its static routes vanish
        network.add_routes(lab.plan.node(end.node).routes)
    if lab.plan.bundles:
        follow(lab, {link.name for link in lab.plan.links if end in (link.a, link.b)})


def cables_of(plan: Plan, node: str) -> frozenset[str]:
    """The cables that end on a node."""
    return frozenset(link.name for link in plan.links if node in {link.a.node, link.b.node})


def follow(lab: Switched, changed: Iterable[str]) -> None:
    """Give light to the LAGs that have one of these cables as a member, or take it from them."""
    cables = frozenset(changed)
    for bundle in lab.plan.bundles:
        if cables.intersection(bundle.members):
            lit = len(bundle.members) - sum(1 for _ in _dark(lab, bundle)) >= len(bundle.members) - bundle.spare
            for link in bundle.links:
                port = carriers_port(lab.plan, link)
                lab.network(port.node).set_link(port.interface, up=lit)


def _dark(lab: Switched, bundle: Bundle) -> Iterator[str]:
    """The members without light: one of their ends is set down."""
    members = [lab.plan.link(name) for name in bundle.members]
    down = {node: lab.view(node).links_down() for node in {end.node for link in members for end in (link.a, link.b)}}
    return (link.name for link in members if any(end.interface in down[end.node] for end in (link.a, link.b)))
