"""Sketch: the part of a plan that a picture of the network needs. Journals contain it, so that reports can draw the network."""

from dataclasses import dataclass

from lab.model.dx import DxGateway, SharedRisk, Vif
from lab.model.plan import Plan, Role
from lab.model.tunnel import Tunnel
from lab.model.underlay import underlay


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchNode:
    """A node: its role, and its data centre, availability zone, location, Region or provider."""

    name: str
    role: Role
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchLink:
    """A cable between two nodes, by their names."""

    name: str
    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchTunnel:
    """A VPN tunnel from a customer gateway to an AWS endpoint.

    `outward`: the node after the customer gateway on its way, None if unknown.
    """

    name: str
    connection: str
    customer: str
    aws: str
    outward: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchFlow:
    """A flow and the hosts at its ends. Forward is from source to target."""

    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchTarget:
    """A name that faults may use. `what` is its kind, for messages."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The network of a picture. `name` is the name of the topology and of the lab.

    `dx_gateways`, `vifs` and `risks` are empty in old journals.
    """

    name: str
    summary: str
    nodes: tuple[SketchNode, ...]
    links: tuple[SketchLink, ...]
    tunnels: tuple[SketchTunnel, ...]
    flows: tuple[SketchFlow, ...]
    targets: tuple[SketchTarget, ...]
    dx_gateways: tuple[DxGateway, ...] = ()
    vifs: tuple[Vif, ...] = ()
    risks: tuple[SharedRisk, ...] = ()

    def node(self, name: str) -> SketchNode:
        """The node of that name. Raises StopIteration."""
        return next(node for node in self.nodes if node.name == name)


def sketch_of(plan: Plan) -> Sketch:
    """The sketch of a plan: its names and connections, without addresses, files and sessions. A LAG is drawn as its members."""
    bundled = frozenset(link for bundle in plan.bundles for link in bundle.links)
    return Sketch(
        name=plan.name,
        summary=plan.summary,
        nodes=tuple(SketchNode(name=node.name, role=node.role, place=node.place) for node in plan.nodes),
        links=tuple(SketchLink(name=link.name, a=link.a.node, b=link.b.node) for link in plan.links if link.name not in bundled),
        tunnels=tuple(_tunnel(plan, tunnel) for tunnel in plan.tunnels),
        flows=tuple(SketchFlow(name=flow.name, source=flow.source.node, target=flow.target.node) for flow in plan.flows),
        targets=tuple(SketchTarget(name=target.name, what=target.what) for target in plan.targets),
        dx_gateways=plan.dx_gateways,
        vifs=plan.vifs,
        risks=plan.risks,
    )


def _tunnel(plan: Plan, tunnel: Tunnel) -> SketchTunnel:
    return SketchTunnel(
        name=tunnel.name,
        connection=tunnel.connection,
        customer=tunnel.customer.node,
        aws=tunnel.aws.node,
        outward=underlay(plan, tunnel)[1],
    )
