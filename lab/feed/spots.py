"""The places in a lab from which metrics are read: nodes, sessions and interfaces. They follow from the plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.model.ip import Address
from lab.model.plan import CUSTOMER_ROLES, Endpoint, Plan, Role
from lab.model.tunnel import Tunnel

_HOST_SUFFIX = "-host"
"""The host of a VPC is named after the VPC (see docs/reference/naming.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A BGP session: the router to ask, and the address of its neighbor."""

    node: str
    neighbor: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionSpot:
    """A Direct Connect connection: its ports at AWS's devices."""

    name: str
    location: str
    ports: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VifSpot:
    """A virtual interface: the BGP session and the interface of AWS's device."""

    name: str
    connection: str
    kind: str
    session: Session
    port: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelSpot:
    """A tunnel: the BGP session of AWS's endpoint (None for a static VPN), and the tunnel device of AWS's endpoint."""

    tunnel: Tunnel
    session: Session | None
    device: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentSpot:
    """An attachment of a transit gateway: the gateway's interfaces that lead to it."""

    gateway: str
    name: str
    ports: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Every place of one lab from which metrics are read. `customer`: the routers of the sites. `site`: their planned interfaces.

    A kernel may add interfaces that no plan has: with the module ipip, for instance, each node has a `tunl0` that is never up.
    """

    connections: tuple[ConnectionSpot, ...]
    vifs: tuple[VifSpot, ...]
    tunnels: tuple[TunnelSpot, ...]
    gateways: tuple[str, ...]
    attachments: tuple[AttachmentSpot, ...]
    customer: tuple[str, ...]
    site: tuple[Endpoint, ...]

    def asked(self) -> tuple[str, ...]:
        """The routers whose sessions and tunnels are read."""
        ours = (*(spot.session.node for spot in self.vifs), *(spot.tunnel.aws.node for spot in self.tunnels))
        return tuple(dict.fromkeys([*self.customer, *ours]))

    def metered(self) -> tuple[str, ...]:
        """The nodes whose interfaces are read."""
        ports = [*(spot.ports for spot in self.connections), *(spot.ports for spot in self.attachments)]
        ends = [*(end for each in ports for end in each), *(spot.port for spot in self.vifs), *(spot.device for spot in self.tunnels)]
        return tuple(dict.fromkeys([*self.customer, *(end.node for end in ends)]))


def spots_of(plan: Plan) -> Spots:
    """Where each metric of the lab is read."""
    gateways = tuple(node.name for node in plan.nodes if node.role is Role.TRANSIT_GATEWAY)
    customer = tuple(node.name for node in plan.nodes if node.role in CUSTOMER_ROLES)
    return Spots(
        connections=tuple(_connections(plan)),
        vifs=tuple(_vifs(plan)),
        tunnels=tuple(_tunnel(each) for each in plan.tunnels),
        gateways=gateways,
        attachments=tuple(spot for gateway in gateways for spot in _attachments(plan, gateway)),
        customer=customer,
        site=tuple(end for node in customer for end in _interfaces(plan, node)),
    )


def _interfaces(plan: Plan, node: str) -> Iterator[Endpoint]:
    """The interfaces of a node in the plan: those of its cables, and the devices of its tunnels."""
    for interface in plan.node(node).interfaces:
        yield Endpoint(node=node, interface=interface.name)
    for tunnel in plan.tunnels:
        if tunnel.customer.node == node:
            yield Endpoint(node=node, interface=tunnel.customer.device)


def _connections(plan: Plan) -> Iterator[ConnectionSpot]:
    for circuit in dict.fromkeys(vif.circuit for vif in plan.vifs):
        devices = {vif.device for vif in plan.vifs if vif.circuit == circuit}
        ports = tuple(far for far in _far_ends(plan, circuit) if far.node in devices)
        yield ConnectionSpot(name=circuit, location=plan.node(ports[0].node).place, ports=ports)


def _vifs(plan: Plan) -> Iterator[VifSpot]:
    for vif in plan.vifs:
        session = plan.target(vif.name).sessions[0]
        port = next(
            each.name for each in plan.node(vif.device).interfaces if each.address is not None and session.neighbor in each.address.network
        )
        yield VifSpot(
            name=vif.name,
            connection=vif.circuit,
            kind=vif.kind.value,
            session=Session(node=session.node, neighbor=session.neighbor),
            port=Endpoint(node=vif.device, interface=port),
        )


def _tunnel(tunnel: Tunnel) -> TunnelSpot:
    session = Session(node=tunnel.aws.node, neighbor=tunnel.customer.inside.ip) if tunnel.shown else None
    return TunnelSpot(tunnel=tunnel, session=session, device=Endpoint(node=tunnel.aws.node, interface=tunnel.aws.device))


def _attachments(plan: Plan, gateway: str) -> Iterator[AttachmentSpot]:
    ports: dict[str, list[Endpoint]] = {}
    for far, near in _both_ends(plan, gateway):
        ports.setdefault(_attached(plan, far.node), []).append(near)
    for name, ends in ports.items():
        yield AttachmentSpot(gateway=gateway, name=name, ports=tuple(ends))


def _attached(plan: Plan, node: str) -> str:
    """What a neighbor of a transit gateway stands for: a VPC, a VPN connection or a Direct Connect gateway."""
    names = [tunnel.connection for tunnel in plan.tunnels if tunnel.aws.node == node]
    names += [vif.gateway for vif in plan.vifs if vif.device == node]
    return names[0] if names else node.removesuffix(_HOST_SUFFIX)


def _far_ends(plan: Plan, node: str) -> Iterator[Endpoint]:
    return (far for far, _ in _both_ends(plan, node))


def _both_ends(plan: Plan, node: str) -> Iterator[tuple[Endpoint, Endpoint]]:
    """For each cable of a node: its far end, and its end at the node."""
    for link in plan.links:
        if link.a.node == node:
            yield link.b, link.a
        elif link.b.node == node:
            yield link.a, link.b
