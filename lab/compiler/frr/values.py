"""What a BGP speaker is, in FRR's words, before it is text."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Bfd:
    """BFD with a directly connected neighbor, 300 ms × 3, from this address and interface; `passive` waits for the neighbor to speak."""

    local: IPv4Address
    interface: str
    passive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbor:
    """One BGP neighbor. Seconds for `keepalive` and `hold`; maps are names of route-maps.

    `local_as` shows the neighbor this ASN instead of the router's own (`no-prepend replace-as`). `bfd` makes FRR 10.3 keep the session
    Idle while BFD is down, so it may stand only where both ends have it. `send_all_paths` is add-path tx-all-paths. A neighbor that
    announces more than `maximum_prefix` prefixes is shut out until the session is cleared by hand.
    """

    address: IPv4Address
    remote_as: int
    node: str
    keepalive: int
    hold: int
    local_as: int | None = None
    password: str | None = None
    bfd: Bfd | None = None
    reflector_client: bool = False
    next_hop_self: bool = False
    send_all_paths: bool = False
    allowas_in: int = 0
    maximum_prefix: int | None = None
    map_in: str | None = None
    map_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A prefix this router originates, through a route-map if named."""

    prefix: IPv4Network
    route_map: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList:
    """Prefixes under a name: exactly these or, with `longer`, all they cover, too."""

    name: str
    prefixes: tuple[IPv4Network, ...]
    longer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityList:
    """A list of communities as FRR spells it: kind is `community-list` or `large-community-list`, with standard or expanded."""

    kind: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMapEntry:
    """One entry of a route-map: what it matches (all of it) and sets, as FRR spells both."""

    name: str
    seq: int
    permit: bool = True
    match: tuple[str, ...] = ()
    set: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How many equal paths share traffic; `across_ases` lets paths of equal length differ in their ASNs (multipath-relax)."""

    paths: int = 1
    across_ases: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpRouter:
    """One FRR node. `fast_convergence` lets next-hop tracking end iBGP sessions, too; `kernel_routes` names the route-map through which
    routes that the lab or a tunnel put into the kernel are announced."""

    hostname: str
    asn: int
    router_id: IPv4Address
    neighbors: tuple[Neighbor, ...]
    networks: tuple[Network, ...] = ()
    kernel_routes: str | None = None
    prefix_lists: tuple[PrefixList, ...] = ()
    community_lists: tuple[CommunityList, ...] = ()
    route_maps: tuple[RouteMapEntry, ...] = ()
    sharing: Sharing = Sharing()
    fast_convergence: bool = False
    minimum_hold: int | None = None
