"""What an account has of Direct Connect."""

from dataclasses import dataclass
from ipaddress import IPv4Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A Direct Connect location. `id`: its code, such as `EqDC2`. `region`: the Region that AWS associates with it."""

    id: str
    name: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A Direct Connect connection. `location`: a location's code. `region`: the Region of the location.

    - `device`: AWS's device that ends it (awsLogicalDeviceId), and `hardware`: the box that is this device now (awsDeviceV2). "" if the
      files do not say it.
    - `bandwidth`: bits per second. None: the files do not say it.
    - `provider`: the partner or carrier as written, "" if AWS does not know one.
    - `lag`: the LAG that it belongs to, "" if none.
    """

    id: str
    name: str
    region: str
    location: str
    device: str = ""
    hardware: str = ""
    bandwidth: int | None = None
    provider: str = ""
    lag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """A link aggregation group. `members`: the ids of its connections. `bandwidth`: of one member, in bits per second.

    `size`: how many members AWS says it has, 0 if the files do not say it. Another account may own the members.
    """

    id: str
    name: str
    region: str
    location: str
    device: str = ""
    hardware: str = ""
    bandwidth: int | None = None
    provider: str = ""
    members: tuple[str, ...] = ()
    size: int = 0
    minimum_links: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualInterface:
    """A virtual interface.

    - `connection`: the id of a connection or of a LAG.
    - `location`, `region`, `device`, `hardware`: where it ends, also if no file has its connection.
    - `kind`: `private`, `transit` or `public`.
    - `gateway`: a Direct Connect gateway, or a virtual private gateway. "" if it is public.
    - `asn`: the customer's. `amazon_asn`: AWS's, None if the files do not say it.
    - `families`: `ipv4`, `ipv6`: the families of its BGP peers.
    - `mtu`: in octets. `prefix_limit`: its allocation of IPv4 prefixes. None if the files do not say it.
    - `tags`: a digest of each tag (`private.digest` of `KEY=VALUE`), so that experiments find their targets. No tag itself comes in.
    """

    id: str
    name: str
    region: str
    location: str
    connection: str
    kind: str
    gateway: str
    vlan: int
    asn: int
    amazon_asn: int | None = None
    device: str = ""
    hardware: str = ""
    sitelink: bool = False
    families: tuple[str, ...] = ("ipv4",)
    mtu: int | None = None
    prefix_limit: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DxGateway:
    """A Direct Connect gateway. It belongs to no Region."""

    id: str
    name: str
    asn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """The association of a gateway with a Direct Connect gateway.

    `allowed_prefixes`: the IPv4 ones. `has_ipv6`: there are IPv6 ones, too.
    """

    id: str
    dx_gateway: str
    gateway: str
    region: str
    allowed_prefixes: tuple[IPv4Network, ...] = ()
    has_ipv6: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A route that AWS accepted from the customer on a virtual interface.

    `as_path`: the ASNs, the customer's own first. `communities`: as AWS writes them, such as `7224:7300`.
    """

    id: str
    virtual_interface: str
    prefix: IPv4Network
    as_path: tuple[int, ...] = ()
    communities: tuple[str, ...] = ()
