"""Topology: a network in the terms of AWS and data centres. It contains nothing that can be computed."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Network

from lab.model.alarm import Alarm
from lab.model.automation import Automation
from lab.model.customer_side import USUAL, CustomerSide
from lab.model.dx_session import Ipv6Session, LocalPreference
from lab.model.interconnect import Interconnect
from lab.model.ip import Family, Prefix
from lab.model.lag import Lag
from lab.model.monitoring import Monitoring
from lab.model.nat import Nat
from lab.model.own_router import OwnConfiguration
from lab.model.route_tables import Peering, TransitRoute, TransitTable, VpcRoute
from lab.model.stated import Stated
from lab.model.tunnel_options import USUAL_TUNNEL, TunnelOptions

VIF_PREFIX_LIMIT = 100
"""How many prefixes a customer may announce on a virtual interface, if AWS has allocated no more (Direct Connect quotas).

With more, the BGP session closes and stays closed until it is reset (3.3).
"""

DEFAULT_ROUTE = IPv4Network("0.0.0.0/0")

LINK_MTU = 1500
"""The longest IP packet that fits into a link that carries no jumbo frames, in octets."""


class GatewayKind(Enum):
    """The kind of a gateway on AWS's side: virtual private gateway or transit gateway."""

    VGW = "vgw"
    TGW = "tgw"


class VifKind(Enum):
    """The kind of a virtual interface. Private leads to virtual private gateways, transit to transit gateways (D23 3.1). There are no
    public ones.
    """

    PRIVATE = "private"
    TRANSIT = "transit"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenter:
    """A site of the customer. `edges` are its routers to providers. The lab adds a host and a core router.

    - `allowas_in`: how often the site's own ASN may be in an AS path that its edges accept from AWS. 0 is BGP's normal loop check.
    - `announce`: what its edges announce to AWS. (): its own prefixes, and those that it learns over interconnects.
    - `edges_originate`: each edge originates what the site announces, also without its core router. False: only the core router does.
    - `is_stateful`: its edges are firewalls that keep state. They do not tell each other what they have seen.
    - `nat`: its boxes that translate addresses
    - `default_route_from`: the site at another end of an interconnect that gives it a default route. It then announces 0.0.0.0/0 only while
      it has that route.
    - `own_asns`: edges with an ASN of their own, each with it. They have eBGP with the core router.
    - `own`: the edges that run the customer's own FRR configuration
    - `ipv6_prefixes`: its IPv6 networks. (): the site has only IPv4.
    """

    name: str
    asn: int
    prefixes: tuple[Prefix, ...]
    edges: tuple[str, ...]
    allowas_in: int = 0
    announce: tuple[Prefix, ...] = ()
    edges_originate: bool = False
    is_stateful: bool = False
    nat: tuple[Nat, ...] = ()
    default_route_from: str | None = None
    own_asns: tuple[tuple[str, int], ...] = ()
    own: tuple[OwnConfiguration, ...] = ()
    ipv6_prefixes: tuple[Prefix, ...] = ()

    def asn_of(self, edge: str) -> int:
        """The ASN of an edge."""
        return dict(self.own_asns).get(edge, self.asn)

    @property
    def asns(self) -> tuple[int, ...]:
        """All ASNs of the site, each once. The core router's is the first."""
        return tuple(dict.fromkeys((self.asn, *(asn for _, asn in self.own_asns))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc:
    """A VPC with one host in it.

    - `static_routes`: those of its route table. With none, everything goes to its gateway, or by propagated routes if it has several.
    - `propagation`: its virtual private gateway propagates the routes that it knows into the table
    - `ipv6_cidr`: None if it has only IPv4
    """

    name: str
    region: str
    cidr: Prefix
    static_routes: tuple[VpcRoute, ...] = ()
    propagation: bool = True
    ipv6_cidr: Prefix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A virtual private or transit gateway: its ASN and its attached VPCs.

    - `vpn_ecmp`: whether a transit gateway spreads flows over equal VPN tunnels (T26). A virtual private gateway never does.
    - `static_routes`: those in the route table of a transit gateway
    - `tables`: its route tables, if it has several. () is the one table in which every attachment learns all routes.
    """

    name: str
    kind: GatewayKind
    region: str
    asn: int
    vpcs: tuple[str, ...]
    vpn_ecmp: bool = True
    static_routes: tuple[TransitRoute, ...] = ()
    tables: tuple[TransitTable, ...] = ()

    @property
    def shares_vpn(self) -> bool:
        """Whether the gateway spreads flows over equal VPN tunnels."""
        return self.kind is GatewayKind.TGW and self.vpn_ecmp


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A Direct Connect location and its associated Region (from `describe_locations`; not always the nearest)."""

    name: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A gateway associated with a Direct Connect gateway, and its allowed prefixes.

    - Virtual private gateway: the CIDR of its VPC is announced if the allowed prefixes include it. () allows every CIDR.
    - Transit gateway: the allowed prefixes themselves are announced, in any state of the gateway (D23 allowed-to-prefixes).
    """

    gateway: str
    allowed_prefixes: tuple[Prefix, ...]
    allowed_ipv6_prefixes: tuple[Prefix, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectConnectGateway:
    """A Direct Connect gateway: a routing policy, not a box. All its associated gateways are of one kind (D23 3.4)."""

    name: str
    asn: int
    associations: tuple[Association, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A Direct Connect connection: a provider's circuit from a customer's router to an AWS device at a location.

    `shared_risk` names things that it shares with other circuits (a conduit, a building). One event there breaks all of them.
    `lag`: it is a LAG of several parallel connections. `bandwidth` is then that of all members together.
    """

    name: str
    edge: str
    location: str
    device: int
    provider: str
    shared_risk: tuple[str, ...]
    bandwidth: int | None = None
    lag: Lag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface:
    """A VLAN of a connection with one BGP session for each family: to a Direct Connect gateway, or directly to a virtual private gateway of
    the Region.

    - `bfd`: the customer's router has BFD. With default timers only if the file also has its numbers (`runs_bfd`).
    - `local_preference`, `as_path_prepend` (how often the customer's ASN is added): for all announcements of the customer on it.
    - `customer`: what the customer chose for its end.
    - `prefix_limit`: how many prefixes of the customer AWS accepts on it.
    - `mtu`: the longest IP packet that fits, in octets. AWS has 1500 and 8500, and 9001 on a private one (D23).
    - `ipv6`: its second session. None: it carries only IPv4.
    """

    name: str
    connection: str
    kind: VifKind
    gateway: str
    vlan: int
    bfd: bool
    sitelink: bool
    local_preference: LocalPreference | None
    as_path_prepend: int
    customer: CustomerSide = USUAL
    mtu: int = LINK_MTU
    prefix_limit: int = VIF_PREFIX_LIMIT
    ipv6: Ipv6Session | None = None

    def runs_bfd(self, *, tuned: bool) -> bool:
        """Whether the customer's router runs BFD. What the file says of BFD's numbers holds with any timers."""
        return self.bfd and (tuned or self.customer.bfd.is_written)


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnConnection:
    """A Site-to-Site VPN connection: two tunnels from one customer gateway to endpoints in two availability zones.

    - `inside_cidrs`: the tunnels' /30s from 169.254.0.0/16 (V26 1.2). AWS has the first usable address, the customer the second.
    - `static_routes`: if there are any, the VPN is static and has no BGP. AWS sends these prefixes into it, and the customer sends the
      CIDRs of its VPCs. Both ends prefer one tunnel.
    - `shared_risk`: what its internet line shares with circuits or other lines. One event there breaks all of them.
    - `as_path_prepend`: how often the customer adds its ASN to all its announcements. `customer`: what it chose for its end.
    - `tunnels`: how many of them the customer gateway has configured, the first one first. `options`: those of both.
    - `wrong_key`: the number of the tunnel whose key the customer gateway has wrong, so that it never comes up. None: no tunnel.
    - `bandwidth`: of its internet line each way, in bits per second. None: not written.
    - `over`: the transit virtual interface that carries the tunnels of a private-IP VPN (V23 1.9). `provider` is then its circuit's.
    """

    name: str
    customer_gateway: str
    gateway: str
    provider: str
    inside_cidrs: tuple[IPv4Network, IPv4Network]
    static_routes: tuple[Prefix, ...] = ()
    shared_risk: tuple[str, ...] = ()
    as_path_prepend: int = 0
    customer: CustomerSide = USUAL
    tunnels: int = 2
    options: TunnelOptions = USUAL_TUNNEL
    wrong_key: int | None = None
    bandwidth: int | None = None
    over: str | None = None

    @property
    def working(self) -> int:
        """How many of its tunnels come up."""
        return self.tunnels - (self.wrong_key is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowIntent:
    """Traffic between two sites (data centres or VPCs). It is always measured in both directions."""

    name: str
    source: str
    target: str
    bandwidth: int | None = None
    family: Family = Family.IPV4


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """A whole network. Everything is in the order of the file.

    `alarms` are its own alarms. `default_alarms`: it also has those that AWS's guides recommend. `monitoring`: labs of it always have
    a monitor.
    """

    name: str
    summary: str
    data_centers: tuple[DataCenter, ...]
    interconnects: tuple[Interconnect, ...]
    vpcs: tuple[Vpc, ...]
    gateways: tuple[Gateway, ...]
    vpn_connections: tuple[VpnConnection, ...]
    flows: tuple[FlowIntent, ...]
    locations: tuple[Location, ...] = ()
    direct_connect_gateways: tuple[DirectConnectGateway, ...] = ()
    connections: tuple[Connection, ...] = ()
    virtual_interfaces: tuple[VirtualInterface, ...] = ()
    peerings: tuple[Peering, ...] = ()
    stated: tuple[Stated, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    default_alarms: bool = True
    automations: tuple[Automation, ...] = ()
    monitoring: Monitoring | None = None
