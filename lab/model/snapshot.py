"""Snapshot: everything that can be read of a running lab at one moment. Metrics, pages and boards show only this.

A reading that could not be taken is missing: its field is None, or its entry is not there. It is never zero.
"""

from dataclasses import dataclass
from typing import Literal

from lab.model.direction import Direction
from lab.model.ip import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """The counters of an interface, since the interface exists. `in` is what its node received, `out` is what its node sent."""

    in_bytes: int = 0
    in_packets: int = 0
    in_dropped: int = 0
    out_bytes: int = 0
    out_packets: int = 0
    out_dropped: int = 0

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(
            in_bytes=self.in_bytes + other.in_bytes,
            in_packets=self.in_packets + other.in_packets,
            in_dropped=self.in_dropped + other.in_dropped,
            out_bytes=self.out_bytes + other.out_bytes,
            out_packets=self.out_packets + other.out_packets,
            out_dropped=self.out_dropped + other.out_dropped,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSeen:
    """An interface of a node. `up`: the interface has a carrier, and is not set down."""

    node: str
    interface: str
    up: bool
    traffic: Traffic


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighborSeen:
    """A BGP session as `node` sees it. `accepted`: prefixes accepted from the neighbor. `advertised`: prefixes announced to it."""

    node: str
    neighbor_node: str
    neighbor: Address
    established: bool
    accepted: int
    advertised: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSeen:
    """A BFD session as `node` sees it."""

    node: str
    peer_node: str
    peer: Address
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionReading:
    """A Direct Connect connection. `up` is the physical state at AWS's device: light, not BGP. Traffic is counted at AWS's device."""

    connection: str
    location: str
    up: bool | None
    traffic: Traffic | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VifReading:
    """A virtual interface, as AWS's device sees it. `accepted`: prefixes from the customer. `advertised`: prefixes to the customer."""

    vif: str
    connection: str
    kind: str
    bgp_up: bool | None
    accepted: int | None
    advertised: int | None
    traffic: Traffic | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelReading:
    """A tunnel of a VPN connection, as AWS's endpoint sees it. `address` is AWS's outside address.

    - `up`: AWS's TunnelState. With BGP: the session is Established. Static: IPsec is up. An endpoint that does not answer is down.
    - `ipsec_up`: the IKE SA and the child SA exist.
    - `accepted`, `advertised`: as in `VifReading`. None for a static VPN, too.
    - `traffic`: what passed the tunnel, without ESP.
    """

    tunnel: str
    connection: str
    address: Address
    has_bgp: bool
    up: bool | None
    ipsec_up: bool | None
    accepted: int | None
    advertised: int | None
    traffic: Traffic | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentReading:
    """An attachment of a transit gateway: a VPC, a VPN connection or a Direct Connect gateway."""

    gateway: str
    attachment: str
    traffic: Traffic | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayReading:
    """A transit gateway: packets that it dropped, because no route led to their destination, or because their TTL expired."""

    gateway: str
    no_route: int | None
    ttl_expired: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowReading:
    """One direction of one flow, since its probes run.

    - `sent`: probes that are old enough to have arrived. `lost`: those of them that did not arrive.
    - `delay_seconds`: the median one-way delay of the last second. None if nothing arrived.
    - `path`: the path of the last sampled probe. () if no probe arrived in the last second, None if the path is not known yet.
    - `path_at_first`: the path when the probes began.
    """

    flow: str
    direction: Direction
    sent: int
    lost: int
    delay_seconds: float | None
    path: tuple[str, ...] | None
    path_at_first: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A running lab at the instant `at` (wall-clock seconds). `seq` counts the snapshots of one reader.

    - `sessions`, `peers`, `interfaces`: the customer's routers.
    - `asked_seconds_ago`: how long ago the last round of questions to all routers began. None: no round has begun.
    """

    lab: str
    seq: int
    at: float
    asked_seconds_ago: float | None
    connections: tuple[ConnectionReading, ...] = ()
    vifs: tuple[VifReading, ...] = ()
    tunnels: tuple[TunnelReading, ...] = ()
    gateways: tuple[GatewayReading, ...] = ()
    attachments: tuple[AttachmentReading, ...] = ()
    sessions: tuple[NeighborSeen, ...] = ()
    peers: tuple[PeerSeen, ...] = ()
    interfaces: tuple[InterfaceSeen, ...] = ()
    flows: tuple[FlowReading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A message of Alertmanager: an alarm began (`firing`) or ended (`resolved`). `at`: when we received the message (wall-clock seconds).

    `labels` are pairs, sorted by name, without the rule's name. `summary` is one line.
    """

    rule: str
    state: Literal["firing", "resolved"]
    at: float
    labels: tuple[tuple[str, str], ...] = ()
    summary: str = ""
