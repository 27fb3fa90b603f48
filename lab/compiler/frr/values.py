"""A BGP router as typed values, in FRR's words."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Bfd:
    """BFD (300 ms × 3) with a directly connected neighbor, from this address and interface. `passive` waits for the neighbor's packets."""

    local: IPv4Address
    interface: str
    passive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbor:
    """One BGP neighbor.

    - `keepalive`, `hold`: seconds
    - `local_as`: the ASN this neighbor sees instead of the router's own (`no-prepend replace-as`)
    - `bfd`: only where both ends have BFD, because FRR 10.3 keeps the session Idle while BFD is down
    - `send_all_paths`: FRR's `addpath-tx-all-paths`
    - `maximum_prefix`: with more prefixes the session closes and stays closed until it is cleared by hand
    - `map_in`, `map_out`: names of route-maps
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
    """A prefix that this router originates, through a route-map if one is named."""

    prefix: IPv4Network
    route_map: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList:
    """A named list of prefixes. With `longer` it also matches every prefix they cover."""

    name: str
    prefixes: tuple[IPv4Network, ...]
    longer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityList:
    """A community list in FRR's words. `kind` is `community-list` or `large-community-list`, then `standard` or `expanded`."""

    kind: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMapEntry:
    """One entry of a route-map. A route must match every `match`. Both `match` and `set` are in FRR's words."""

    name: str
    seq: int
    permit: bool = True
    match: tuple[str, ...] = ()
    set: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How many equal paths share traffic. `across_ases`: AS_PATHs of equal length may differ (FRR's `multipath-relax`)."""

    paths: int = 1
    across_ases: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpRouter:
    """The BGP of one node.

    - `kernel_routes`: the route-map for announcing routes that the lab or a tunnel put into the kernel
    - `fast_convergence`: a lost next hop also ends iBGP sessions (FRR's `bgp fast-convergence`)
    - `minimum_hold`: the lowest hold time, in seconds, that the router accepts
    """

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
