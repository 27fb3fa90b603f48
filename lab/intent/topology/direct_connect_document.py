"""The section `direct_connect` as written: circuits, what they end on, and the virtual interfaces in them."""

from typing import Annotated, Literal

from pydantic import Field

from lab.intent.document.fields import Name, NotNull, Prefix, Written, checked


def _emulated_kind(written: object) -> object:
    if written == "public":
        raise ValueError("a public virtual interface leads to AWS's public addresses, which are not emulated (write private or transit)")
    return written


class LocationDocument(Written):
    """A Direct Connect location."""

    region: Annotated[
        str, Field(examples=["us-east-1"], description="The Region AWS associates it with; nothing else needs to stand in that Region.")
    ]


class DirectConnectGatewayDocument(Written):
    """A Direct Connect gateway: between virtual interfaces and the gateways of any Region."""

    asn: Annotated[
        int,
        Field(
            examples=[64513],
            description="The Amazon side ASN, which the customer sees instead of the ASNs of the gateways behind.",
            json_schema_extra={"minimum": 64512, "maximum": 4294967294},
        ),
    ]
    associations: Annotated[
        list[str], Field(examples=[["vgw"]], description="Virtual private gateways or transit gateways, not both; none for SiteLink alone.")
    ] = Field(default_factory=list)
    allowed_prefixes: Annotated[
        dict[Name, Annotated[list[Prefix], Field(examples=[["172.31.0.0/16"]])]],
        Field(
            examples=[{"tgw": ["172.31.0.0/16"]}],
            description="By associated gateway: what is announced for a transit gateway (required), a filter for a virtual private one.",
        ),
    ] = Field(default_factory=dict)


class ConnectionDocument(Written):
    """A Direct Connect connection: a circuit from a router of the customer to one of AWS's devices at a location."""

    edge: Annotated[str, Field(examples=["dc1-r1"], description="An edge of a data centre.")]
    location: Annotated[str, Field(examples=["loc-a"])]
    device: Annotated[
        int, Field(examples=[1], description="Which of AWS's devices at the location.", json_schema_extra={"minimum": 1, "maximum": 9})
    ] = 1
    provider: Annotated[Name, Field(examples=["carrier-a"], description="Whose circuit it is.")] = "carrier"
    shared_risk: Annotated[
        list[Name], Field(examples=[["conduit-7"]], description="What it shares with other circuits: one event takes all of them.")
    ] = Field(default_factory=list)


class VirtualInterfaceDocument(Written):
    """A VLAN of a connection with one BGP session."""

    connection: Annotated[str, Field(examples=["dx1"])]
    kind: Annotated[Literal["private", "transit"], checked(_emulated_kind), Field(examples=["private"])]
    gateway: Annotated[
        str, Field(examples=["dxgw"], description="A DX gateway, or for a private one a virtual private gateway of the location's Region.")
    ]
    vlan: Annotated[int, Field(examples=[101], description="Once on a connection.", json_schema_extra={"minimum": 1, "maximum": 4094})]
    bfd: Annotated[bool, Field(examples=[True], description="Whether the customer's router has BFD; AWS's side always offers it.")] = False
    sitelink: Annotated[bool, Field(examples=[True], description="Whether it reaches the other SiteLink interfaces of its DX gateway.")] = (
        False
    )
    local_preference: Annotated[
        Literal["low", "medium", "high"] | None,
        NotNull,
        Field(examples=["high"], description="The community on what the customer announces: how AWS should like this way back."),
    ] = None
    as_path_prepend: Annotated[
        int,
        Field(
            examples=[2],
            description="How often the customer adds its own ASN to what it announces.",
            json_schema_extra={"minimum": 0, "maximum": 10},
        ),
    ] = 0


class DirectConnectDocument(Written):
    """Direct Connect: locations, gateways, connections and their virtual interfaces."""

    locations: Annotated[dict[Name, LocationDocument], Field(examples=[{"loc-a": {"region": "us-east-1"}}])] = Field(default_factory=dict)
    gateways: Annotated[dict[Name, DirectConnectGatewayDocument], Field(examples=[{"dxgw": {"asn": 64513, "associations": ["vgw"]}}])] = (
        Field(default_factory=dict)
    )
    connections: Annotated[dict[Name, ConnectionDocument], Field(examples=[{"dx1": {"edge": "dc1-r1", "location": "loc-a"}}])] = Field(
        default_factory=dict
    )
    virtual_interfaces: Annotated[
        dict[Name, VirtualInterfaceDocument],
        Field(examples=[{"vif1": {"connection": "dx1", "kind": "private", "gateway": "dxgw", "vlan": 101}}]),
    ] = Field(default_factory=dict)
