"""The keys of a data centre, as a pydantic model."""

from typing import Annotated, Literal

from pydantic import Field

from lab.intent.document.fields import Ipv6Prefix, Name, NotNull, Prefix, Written

_ASN = Field(
    description="The site's AS number. Private ones are 64512 to 65534.",
    examples=[65001],
    json_schema_extra={"minimum": 1, "maximum": 4294967294},
)


class RouterDocument(Written):
    """What one edge has of its own."""

    asn: Annotated[
        int | None,
        NotNull,
        Field(
            examples=[65011],
            description="Its own AS number. It then has eBGP with the core router, and the site's AS number is behind its own in AS paths. "
            "Default: the site's.",
        ),
    ] = None
    frr: Annotated[
        Annotated[str, Field(min_length=1)] | None,
        NotNull,
        Field(
            examples=["my-frr.conf"],
            description="A file with your own FRR configuration, which this edge runs instead of the lab's. Its path begins at the "
            "topology's folder, and stays in it. Addresses are written as placeholders, such as `${vif1.aws}`.",
        ),
    ] = None


class DataCenterDocument(Written):
    """A site of the customer. The lab adds a core router and a host to it."""

    asn: Annotated[int, _ASN]
    prefixes: Annotated[
        list[Prefix],
        Field(
            min_length=1,
            examples=[["10.1.0.0/16"]],
            description="The networks of the site. Its edges announce them to AWS. The host is in the first one.",
        ),
    ]
    ipv6_prefixes: Annotated[
        list[Ipv6Prefix],
        Field(
            min_length=1,
            examples=[["2001:db8:1::/48"]],
            description="Its IPv6 networks, beside `prefixes`. Its edges announce them on virtual interfaces with `ipv6`. "
            "The host has an address in the first one, too.",
        ),
    ] = Field(default_factory=list)
    edges: Annotated[
        list[Name],
        Field(
            examples=[["dc1-gw1"]],
            description="Routers that face providers. Each is the end of a VPN or a Direct Connect connection.",
        ),
    ]
    allowas_in: Annotated[
        int,
        Field(
            examples=[1],
            description="How often the site's own ASN may be in an AS path that its edges accept from AWS. Needed if sites share one ASN.",
            json_schema_extra={"minimum": 0, "maximum": 10},
        ),
    ] = 0
    announce: Annotated[
        list[Prefix],
        Field(
            min_length=1,
            examples=[["0.0.0.0/0", "10.1.0.0/16"]],
            description="What its edges announce to AWS: a default route, summaries, longer prefixes. It may be more or less than the site "
            "has. Default: its prefixes, and those of other sites while it learns them over an interconnect.",
        ),
    ] = Field(default_factory=list)
    default_route_from: Annotated[
        str | None,
        NotNull,
        Field(
            examples=["internet-a"],
            description="A site behind one of its interconnects, such as the internet, that gives it a default route. It then announces "
            "0.0.0.0/0 only while it has that route. Default: it announces it always, if it is in `announce`.",
        ),
    ] = None
    originated_by: Annotated[
        Literal["core", "edges"],
        Field(
            examples=["edges"],
            description="Who originates them in BGP. `core`: an edge that loses its LAN stops announcing. `edges`: it goes on "
            "announcing, also while it boots before its LAN works, and packets from AWS are lost there.",
        ),
    ] = "core"
    nat: Annotated[
        dict[Name, list[str]],
        Field(
            examples=[{"nat1": ["dc1-gw1", "dc1-gw2"]}],
            description="Boxes between its edges and their internet providers, by name, with the edges behind each. AWS sees only the one "
            "address of the box.",
        ),
    ] = Field(default_factory=dict)
    stateful: Annotated[
        bool,
        Field(
            examples=[True],
            description="Whether its edges are firewalls that keep state: each drops packets of flows whose start it has not seen.",
        ),
    ] = False
    routers: Annotated[
        dict[Name, RouterDocument],
        Field(min_length=1, examples=[{"dc1-gw1": {"asn": 65011}}], description="What single edges have of their own, by edge."),
    ] = Field(default_factory=dict)
