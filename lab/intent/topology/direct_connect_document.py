"""The keys of the section `direct_connect`, as pydantic models."""

from typing import Annotated, Literal

from pydantic import Field

from lab.intent.document.fields import Bandwidth, Ipv6Prefix, Name, NotNull, Prefix, Written, checked
from lab.intent.topology.customer_side import (
    Accept,
    Announce,
    BfdChecks,
    BfdInterval,
    BfdMultiplier,
    GracefulRestart,
    Prefer,
    Prepend,
    Timers,
)
from lab.intent.topology.ipv6_document import Ipv6
from lab.model.topology import VIF_PREFIX_LIMIT


def _emulated_kind(written: object) -> object:
    if written == "public":
        reason = "no host of the lab has one of AWS's public addresses"
        way_out = "write private or transit; for a VPN over a public one, write the VPN with the carrier as its provider"
        raise ValueError(f"public virtual interfaces are not emulated: {reason} ({way_out})")
    return written


def _preference_of_aws(written: object) -> object:
    if isinstance(written, int) and not isinstance(written, bool):
        way_out = "it is AWS's preference for this path back to you; your router's own local preference is prefer"
        raise ValueError(f"expected low, medium or high, found {written} ({way_out})")
    return written


class LocationDocument(Written):
    """A Direct Connect location: a building where your circuits meet AWS's devices."""

    region: Annotated[
        str,
        Field(examples=["us-east-1"], description="The Region that AWS associates with it. The file needs nothing else in that Region."),
    ]


class DirectConnectGatewayDocument(Written):
    """A Direct Connect gateway. It joins virtual interfaces to gateways of any Region."""

    asn: Annotated[
        int,
        Field(
            examples=[64513],
            description="The Amazon side ASN. The customer sees it instead of the ASNs of the gateways behind it.",
            json_schema_extra={"minimum": 64512, "maximum": 4294967294},
        ),
    ]
    associations: Annotated[
        list[str],
        Field(
            examples=[["vgw"]],
            description="The gateways behind it: virtual private gateways or transit gateways, not both. Empty for SiteLink alone.",
        ),
    ] = Field(default_factory=list)
    allowed_prefixes: Annotated[
        dict[Name, Annotated[list[Prefix], Field(examples=[["172.31.0.0/16"]])]],
        Field(
            examples=[{"tgw": ["172.31.0.0/16"]}],
            description="For each associated gateway, a list of prefixes. For a transit gateway: what AWS announces (required). "
            "For a virtual private gateway: a filter.",
        ),
    ] = Field(default_factory=dict)
    allowed_ipv6_prefixes: Annotated[
        dict[Name, Annotated[list[Ipv6Prefix], Field(examples=[["2001:db8:aaaa::/56"]])]],
        Field(examples=[{"tgw": ["2001:db8:aaaa::/56"]}], description="The same for IPv6."),
    ] = Field(default_factory=dict)


class LagDocument(Written):
    """A LAG: a connection that is made of several parallel ones. They all end on one of AWS's devices."""

    members: Annotated[
        int,
        Field(
            examples=[2],
            description="How many connections are in it. They are the targets `dx1-1`, `dx1-2` and so on.",
            json_schema_extra={"minimum": 1, "maximum": 4},
        ),
    ]
    minimum_links: Annotated[
        int,
        Field(
            examples=[1],
            description="How many of them must work. With fewer, AWS takes the whole LAG down. With 0 or 1, the last one carries all.",
            json_schema_extra={"minimum": 0, "maximum": 4},
        ),
    ] = 0


class ConnectionDocument(Written):
    """A Direct Connect connection: a circuit from your router to one of AWS's devices at a location."""

    edge: Annotated[str, Field(examples=["dc1-r1"], description="Your router: an edge of a data centre.")]
    location: Annotated[str, Field(examples=["loc-a"], description="The location where it ends.")]
    device: Annotated[
        int,
        Field(examples=[1], description="The number of AWS's device at the location.", json_schema_extra={"minimum": 1, "maximum": 9}),
    ] = 1
    provider: Annotated[Name, Field(examples=["carrier-a"], description="The carrier whose circuit it is.")] = "carrier"
    bandwidth: Annotated[
        Bandwidth | None,
        NotNull,
        Field(
            examples=["10gbit"],
            description="How much it carries each way, for `audit`. The lab does not limit traffic to it.",
        ),
    ] = None
    lag: Annotated[
        LagDocument | None,
        NotNull,
        Field(
            examples=[{"members": 2, "minimum_links": 1}],
            description="The connection is a LAG of several parallel connections. `bandwidth` is that of all of them together.",
        ),
    ] = None
    shared_risk: Annotated[
        list[Name],
        Field(
            examples=[["conduit-7"]],
            description="Things that it shares with other circuits, for instance a duct. A fault with that name breaks all of them.",
        ),
    ] = Field(default_factory=list)


class VirtualInterfaceDocument(Written):
    """A virtual interface: a VLAN of a connection with one BGP session, or with one for each family."""

    connection: Annotated[str, Field(examples=["dx1"], description="The connection that carries it.")]
    kind: Annotated[
        Literal["private", "transit"],
        checked(_emulated_kind),
        Field(examples=["private"], description="`private`: to virtual private gateways. `transit`: to transit gateways."),
    ]
    gateway: Annotated[
        str,
        Field(
            examples=["dxgw"],
            description="A Direct Connect gateway. A private one may also name a virtual private gateway of the location's Region.",
        ),
    ]
    vlan: Annotated[
        int,
        Field(
            examples=[101],
            description="Each virtual interface of a connection has its own VLAN.",
            json_schema_extra={"minimum": 1, "maximum": 4094},
        ),
    ]
    bfd: Annotated[
        bool,
        Field(
            examples=[True],
            description="Whether your router runs BFD. AWS's side always offers it. Under `--timers default` only with one of the "
            "`bfd_` keys below.",
        ),
    ] = False
    sitelink: Annotated[
        bool,
        Field(examples=[True], description="Whether it reaches the other SiteLink interfaces of its Direct Connect gateway."),
    ] = False
    local_preference: Annotated[
        Literal["low", "medium", "high"] | None,
        NotNull,
        checked(_preference_of_aws),
        Field(
            examples=["high"],
            description="How much AWS prefers this path back to you. Sent as a BGP community (7224:7100, 7200 or 7300) with your prefixes.",
        ),
    ] = None
    as_path_prepend: Prepend = 0
    prefer: Prefer = None
    accept: Accept = Field(default_factory=list)
    announce: Announce = Field(default_factory=list)
    mtu: Annotated[
        Literal[1500, 8500, 9001],
        Field(
            examples=[9001],
            description="The longest IP packet that it carries, in octets. Jumbo frames: 9001 or 8500 on a private one, 8500 on a transit "
            "one. Your sites then carry them, too.",
        ),
    ] = 1500
    prefix_limit: Annotated[
        int,
        Field(
            examples=[500],
            description="How many of your prefixes AWS accepts on it: its allocation from the prefix pool. "
            "With more, AWS closes the session.",
            json_schema_extra={"minimum": 100, "maximum": 1000},
        ),
    ] = VIF_PREFIX_LIMIT
    timers: Timers = None
    graceful_restart: GracefulRestart = None
    bfd_interval: BfdInterval = None
    bfd_multiplier: BfdMultiplier = None
    bfd_checks_control_plane: BfdChecks = False
    ipv6: Ipv6 = None


class DirectConnectDocument(Written):
    """Direct Connect: locations, gateways, connections and their virtual interfaces."""

    locations: Annotated[
        dict[Name, LocationDocument],
        Field(examples=[{"loc-a": {"region": "us-east-1"}}], description="Direct Connect locations, by name."),
    ] = Field(default_factory=dict)
    gateways: Annotated[
        dict[Name, DirectConnectGatewayDocument],
        Field(examples=[{"dxgw": {"asn": 64513, "associations": ["vgw"]}}], description="Direct Connect gateways, by name."),
    ] = Field(default_factory=dict)
    connections: Annotated[
        dict[Name, ConnectionDocument],
        Field(examples=[{"dx1": {"edge": "dc1-r1", "location": "loc-a"}}], description="Circuits, by name."),
    ] = Field(default_factory=dict)
    virtual_interfaces: Annotated[
        dict[Name, VirtualInterfaceDocument],
        Field(
            examples=[{"vif1": {"connection": "dx1", "kind": "private", "gateway": "dxgw", "vlan": 101}}],
            description="Virtual interfaces, by name.",
        ),
    ] = Field(default_factory=dict)
