"""Direct Connect as plans and pictures name it: virtual interfaces, Direct Connect gateways, shared risks. Names of nodes, no addresses."""

from dataclasses import dataclass

from lab.model.topology import VifKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DxGateway:
    """A Direct Connect gateway: a domain of policy and no node, so nothing of it can fail. `associations` are the gateways behind it."""

    name: str
    asn: int
    associations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vif:
    """A virtual interface on the nodes it needs: the circuit it runs over and AWS's device it ends on.

    `gateway` is a Direct Connect gateway, or a virtual private gateway that it leads to straight.
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
    """What several circuits share (a conduit, a building): one event takes all of them. `circuits` are nodes."""

    name: str
    circuits: tuple[str, ...]
