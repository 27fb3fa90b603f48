"""Direct Connect in plans and pictures: virtual interfaces, Direct Connect gateways, shared risks. Names of nodes, no addresses."""

from dataclasses import dataclass

from lab.model.topology import VifKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DxGateway:
    """A Direct Connect gateway. It is a routing policy, not a node, so it cannot fail. `associations` are the gateways behind it."""

    name: str
    asn: int
    associations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vif:
    """A virtual interface, with its circuit and the AWS device it ends on (both are nodes).

    `gateway` is a Direct Connect gateway, or a virtual private gateway without one in between.
    """

    name: str
    kind: VifKind
    vlan: int
    circuit: str
    device: str
    gateway: str
    sitelink: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedRisk:
    """A risk that several circuits share (a conduit, a building): one event breaks all of them. `circuits` are nodes."""

    name: str
    circuits: tuple[str, ...]
