"""Effect: everything that a fault does to a lab. Other code needs no knowledge of the kinds of fault."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab.model.broken import Broken
from lab.model.mark import Mark
from lab.model.plan import Plan
from lab.model.tunnel import Tunnel

_KERNEL = "kernel"
_STATIC_ROUTES = "static routes"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Part:
    """A part of a node that a fault changes: a daemon (by its name), the kernel, or the static routes into tunnels."""

    node: str
    name: str

    def __str__(self) -> str:
        return self.node if self.name == _KERNEL else f"{self.node}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one fault does to one lab.

    - `holds`: what the fault occupies. Two faults that hold the same thing cannot be in force together.
    - `marks`: the differences from the plan that show the fault. If they are missing, the fault is not in force.
    - `breaks`: the parts of the network that do not work. The fault touches a flow that passes one of them.
    - `needs`: the parts that must be alive, and keep their settings, until the fault is undone.
    - `begins_anew`: the parts that have lost their settings when the fault is undone.
    - `silences`: the parts that do not answer while the fault is in force.
    - `notice_seconds`: how long the injection may take. No other fault may begin or end in this time.
    - `is_momentary`: what the fault breaks works again after a moment. Its marks may be gone by then, so monitors must report them.
    - `is_by_chance`: packets are lost at random or because a queue is full. No event marks where such a loss begins or ends.
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
    """The kernel of each node, as a `Part`."""
    return frozenset(Part(node=node, name=_KERNEL) for node in nodes)


def bgpds(nodes: Iterable[str]) -> frozenset[Part]:
    """The BGP daemon of each node, as a `Part`."""
    return frozenset(Part(node=node, name="bgpd") for node in nodes)


def daemons(plan: Plan, nodes: Iterable[str]) -> frozenset[Part]:
    """Every daemon of the nodes, as a `Part`."""
    return frozenset(Part(node=node, name=daemon) for node in nodes for daemon in plan.node(node).daemons)


def charons(tunnels: Iterable[Tunnel]) -> frozenset[Part]:
    """The charons at both ends of each tunnel. Both are needed, because the charon of the customer starts the tunnel again."""
    return frozenset(Part(node=end.node, name=f"charon:{tunnel.name}") for tunnel in tunnels for end in (tunnel.customer, tunnel.aws))


def static_routes(nodes: Iterable[str]) -> frozenset[Part]:
    """The static routes into tunnels on these endpoints of AWS, as a `Part`."""
    return frozenset(Part(node=node, name=_STATIC_ROUTES) for node in nodes)


def routes_into(tunnels: Iterable[Tunnel]) -> frozenset[Part]:
    """The static routes into these tunnels. They exist only while their tunnel is up."""
    return static_routes(tunnel.aws.node for tunnel in tunnels)
