"""BGP routers as typed values. `compiler/frr` writes them as FRR's configuration, and `predict` computes with them."""

from dataclasses import dataclass, replace
from enum import Enum

from lab.model.ip import Address, Family, Prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Bfd:
    """BFD with a directly connected neighbor. A `passive` router sends nothing before the neighbor's first packet.

    - `interval`: milliseconds between packets, both ways. The slower end counts, for each direction.
    - `multiplier`: the neighbor notices a loss when so many of this router's packets are missing.
    - `checks_control_plane`: graceful restart goes before BFD (FRR's `check-control-plane-failure`), unless the neighbor sends the C bit
    """

    local: Address
    interface: str
    passive: bool = False
    interval: int = 300
    multiplier: int = 3
    checks_control_plane: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether it has FRR's own interval and multiplier."""
        return (self.interval, self.multiplier) == (300, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbor:
    """One BGP neighbor.

    - `keepalive`, `hold`: seconds
    - `local_as`: the ASN that this neighbor sees instead of the router's own (`no-prepend replace-as`)
    - `bfd`: only if both ends have BFD, because FRR 10.3 keeps the session Idle while BFD is down
    - `send_all_paths`: FRR's `addpath-tx-all-paths`
    - `restart_time`: seconds that the neighbor waits for this router's restart (RFC 4724). None: no graceful restart
    - `maximum_prefix`: with more prefixes the session closes and stays closed until it is cleared by hand
    - `map_in`, `map_out`: names of route-maps
    """

    address: Address
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
    restart_time: int | None = None
    maximum_prefix: int | None = None
    map_in: str | None = None
    map_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A prefix that this router originates. `route_map`: the name of the route-map that changes the route, if there is one."""

    prefix: Prefix
    route_map: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList:
    """A named list of prefixes. With `longer` it also matches all longer prefixes inside them."""

    name: str
    prefixes: tuple[Prefix, ...]
    longer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityList:
    """A named list that matches one community, ordinary or `large` (RFC 8092). `beginning`: it matches all that begin with `value`."""

    name: str
    value: str
    large: bool = False
    beginning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InPrefixes:
    """A route matches if its prefix is in the prefix list. A list that does not exist matches nothing. `ipv6`: it is a list of IPv6."""

    list: str
    ipv6: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HasCommunity:
    """A route matches if it carries a community of the community list."""

    list: str
    large: bool = False


Match = InPrefixes | HasCommunity


class Origin(Enum):
    """How a route was originated (RFC 4271 4.3), the preferred one first."""

    IGP = "igp"
    EGP = "egp"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPreference:
    """Set the route's local preference."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWeight:
    """Set the weight of the route. FRR compares the weight first. It is not announced to other routers."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMed:
    """Set the route's MED (FRR's `metric`)."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOrigin:
    """Set the route's origin."""

    value: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCommunities:
    """Replace the route's communities of one kind, or add to them (`added`)."""

    values: tuple[str, ...]
    large: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCommunities:
    """Remove the communities that a community list matches."""

    list: str
    large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepend:
    """Add ASNs in front of the AS path."""

    asns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferGlobal:
    """Use the neighbor's global IPv6 address as the next hop, not its link-local address. So next hops have names in reports."""


Set = SetPreference | SetWeight | SetMed | SetOrigin | SetCommunities | DropCommunities | Prepend | PreferGlobal


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMapEntry:
    """One entry of a route-map. The first entry whose `match` conditions all hold decides: it permits or denies, and applies `set` in
    order.
    """

    name: str
    seq: int
    permit: bool = True
    match: tuple[Match, ...] = ()
    set: tuple[Set, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Multipath: how many equal paths share traffic. `across_ases`: their AS paths may differ if equally long (FRR's `multipath-relax`)."""

    paths: int = 1
    across_ases: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpRouter:
    """The BGP configuration of one node.

    - `kernel_routes`: the route-map for announcing the routes that the lab or a tunnel put into the kernel
    - `fast_convergence`: a lost next hop also ends iBGP sessions (FRR's `bgp fast-convergence`)
    - `minimum_hold`: the shortest hold time, in seconds, that the router accepts
    - `ipv6_sharing`: the multipath of IPv6 routes
    - With IPv6, neighbors, networks and prefix lists are those of both families. No route of one family goes over a session of the other.
    """

    hostname: str
    asn: int
    router_id: Address
    neighbors: tuple[Neighbor, ...]
    networks: tuple[Network, ...] = ()
    kernel_routes: str | None = None
    prefix_lists: tuple[PrefixList, ...] = ()
    community_lists: tuple[CommunityList, ...] = ()
    route_maps: tuple[RouteMapEntry, ...] = ()
    sharing: Sharing = Sharing()
    fast_convergence: bool = False
    minimum_hold: int | None = None
    ipv6_sharing: Sharing = Sharing()

    @property
    def families(self) -> tuple[tuple[Family, "BgpRouter"], ...]:
        """The router as several routers, one for each family that it has. IPv4 comes first."""
        versions = {4, *(each.address.version for each in self.neighbors)}
        return tuple((family, self._of(family)) for family in Family if family.version in versions)

    def _of(self, family: Family) -> "BgpRouter":
        return replace(
            self,
            neighbors=tuple(each for each in self.neighbors if each.address.version == family.version),
            networks=tuple(each for each in self.networks if each.prefix.version == family.version),
            kernel_routes=self.kernel_routes if family is Family.IPV4 else None,
            sharing=self.sharing_of(family.version),
        )

    def sharing_of(self, version: int) -> Sharing:
        """The multipath of a family."""
        return self.sharing if version == 4 else self.ipv6_sharing

    @property
    def restart_time(self) -> int | None:
        """The restart time of its neighbors. FRR 10.3 has one for all neighbors of a router. None if none has graceful restart."""
        return next((each.restart_time for each in self.neighbors if each.restart_time is not None), None)
