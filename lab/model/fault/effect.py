"""Effect: everything that a fault does to a lab, so that nobody else has to know its kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab.model.broken import Broken
from lab.model.mark import Mark
from lab.model.plan import Plan, Tunnel

_KERNEL = "kernel"
_STATIC_ROUTES = "static routes"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Part:
    """What a fault speaks to in a node: a daemon by its name, the kernel, or the static routes into tunnels."""

    node: str
    name: str

    def __str__(self) -> str:
        return self.node if self.name == _KERNEL else f"{self.node}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one fault does to one lab.

    - `holds`: what it takes hold of. Two faults that hold the same thing could not be undone apart.
    - `marks`: what shows in the lab while it is in force. A fault that leaves no marks is not in force.
    - `breaks`: what a flow passes if the fault touches it.
    - `needs`: who has to be there, and to remember what it was told, for the fault to be in force and to be undone.
    - `begins_anew`: who has forgotten, once the fault is undone, what it was told before.
    - `silences`: who does not answer while the fault is in force.
    - `notice_seconds`: how long the fault may take to go in. Nothing else may begin or end meanwhile.
    - `is_momentary`: it is over in a moment, each time. Nobody may find its marks any more, so monitors have to tell of them.
    - `is_by_chance`: packets are lost, and get through, by chance or by queues. No event marks the edges of such a loss.
    """

    holds: frozenset[str]
    marks: frozenset[Mark]
    breaks: Broken
    needs: frozenset[Part] = frozenset()
    begins_anew: frozenset[Part] = frozenset()
    silences: frozenset[Part] = frozenset()
    notice_seconds: float = 0.0
    is_momentary: bool = False
    is_by_chance: bool = False


def kernels(nodes: Iterable[str]) -> frozenset[Part]:
    """The kernels of nodes."""
    return frozenset(Part(node=node, name=_KERNEL) for node in nodes)


def bgpds(nodes: Iterable[str]) -> frozenset[Part]:
    """The BGP daemons of nodes."""
    return frozenset(Part(node=node, name="bgpd") for node in nodes)


def daemons(plan: Plan, nodes: Iterable[str]) -> frozenset[Part]:
    """Every daemon of nodes."""
    return frozenset(Part(node=node, name=daemon) for node in nodes for daemon in plan.node(node).daemons)


def charons(tunnels: Iterable[Tunnel]) -> frozenset[Part]:
    """Both ends' charons: a tunnel is brought back from the customer's side, whichever end was lost."""
    return frozenset(Part(node=end.node, name=f"charon:{tunnel.name}") for tunnel in tunnels for end in (tunnel.customer, tunnel.aws))


def static_routes(nodes: Iterable[str]) -> frozenset[Part]:
    """The static routes of AWS's endpoints into their tunnels."""
    return frozenset(Part(node=node, name=_STATIC_ROUTES) for node in nodes)


def routes_into(tunnels: Iterable[Tunnel]) -> frozenset[Part]:
    """Static routes into tunnels, which go with these and come back as planned."""
    return static_routes(tunnel.aws.node for tunnel in tunnels)
