"""Direct Connect as pictures show it: virtual interfaces, Direct Connect gateways, shared risks."""

from dataclasses import dataclass

from lab.model.topology import VifKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DxGateway:
    """A Direct Connect gateway, and the names of its associated gateways. It is a routing policy, not a node, so it cannot fail."""

    name: str
    asn: int
    associations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vif:
    """A virtual interface. `circuit` and `device` are the nodes that it passes: the carrier's circuit and the AWS device.

    `gateway` is the Direct Connect gateway behind it, or the virtual private gateway if it leads there directly.
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
    """Something that several circuits have in common (a conduit, a building). If it fails, all of them fail. `circuits`: names of nodes."""

    name: str
    circuits: tuple[str, ...]
