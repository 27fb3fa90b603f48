"""A topology as written: the shape of the YAML, key by key. What it means together is resolved in `topology` and judged in `rules`."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from lab.intent.document.fields import Name, Prefix, Text, Written
from lab.intent.topology.direct_connect_document import DirectConnectDocument

_ASN = Field(description="An AS number of 16 or 32 bits.", examples=[65001], json_schema_extra={"minimum": 1, "maximum": 4294967294})


def _of_a_transit_gateway(written: object, info: ValidationInfo) -> object:
    if info.data.get("kind") == "vgw":
        reason = "a virtual private gateway sends by one tunnel at a time; only a transit gateway shares (remove it, or write kind: tgw)"
        raise PydanticCustomError("written", "{reason}", {"reason": reason})
    return written


class DataCenterDocument(Written):
    """A site of the customer; a core router and a host come by themselves."""

    asn: Annotated[int, _ASN]
    prefixes: Annotated[
        list[Prefix], Field(min_length=1, examples=[["10.1.0.0/16"]], description="Announced to AWS; the host is in the first.")
    ]
    edges: Annotated[list[Name], Field(examples=[["dc1-gw1"]], description="Routers that face providers.")]
    allowas_in: Annotated[
        int,
        Field(
            examples=[1],
            description="How often the site's own ASN may stand in a path its edges take from AWS: for sites that share one.",
            json_schema_extra={"minimum": 0, "maximum": 10},
        ),
    ] = 0


class InterconnectDocument(Written):
    """A private link between the core routers of two data centres."""

    between: Annotated[list[str], Field(min_length=2, max_length=2, examples=[["dc1", "dc2"]])]


class VpcDocument(Written):
    """A VPC with one host in it."""

    cidr: Annotated[Prefix, Field(examples=["172.31.0.0/16"])]


class GatewayDocument(Written):
    """A virtual private gateway (vgw) or a transit gateway (tgw)."""

    kind: Annotated[Literal["vgw", "tgw"], Field(examples=["vgw"])]
    asn: Annotated[int, Field(examples=[64512], description="The Amazon side ASN.")]
    vpcs: Annotated[list[str], Field(examples=[["app"]], description="The one VPC of a virtual private gateway, any of a transit gateway.")]
    vpn_ecmp: Annotated[
        bool,
        BeforeValidator(_of_a_transit_gateway),
        Field(examples=[False], description="tgw only: whether it shares among equal VPN tunnels."),
    ] = True


class RegionDocument(Written):
    """What stands in one AWS Region."""

    vpcs: dict[Name, VpcDocument] = Field(default_factory=dict)
    gateways: dict[Name, GatewayDocument] = Field(default_factory=dict)


class VpnConnectionDocument(Written):
    """A Site-to-Site VPN connection: two tunnels, with BGP in both unless it has static routes."""

    customer_gateway: Annotated[str, Field(examples=["dc1-gw1"], description="An edge of a data centre.")]
    gateway: Annotated[str, Field(examples=["vgw"])]
    provider: Annotated[Name, Field(examples=["isp-a"], description="Whose network carries the tunnels to the internet.")] = "internet"
    inside_cidrs: Annotated[
        list[Prefix], Field(min_length=2, max_length=2, examples=[["169.254.10.0/30", "169.254.10.4/30"]], description="One /30 a tunnel.")
    ] = Field(default_factory=list)
    static_routes: Annotated[
        list[Prefix],
        Field(min_length=1, examples=[["10.2.0.0/16"]], description="What AWS sends to it; makes it a static VPN, without BGP."),
    ] = Field(default_factory=list)


class FlowDocument(Written):
    """Traffic that must survive, looked at in both directions."""

    source: Annotated[str, Field(alias="from", examples=["dc1"], description="A data centre or VPC.")]
    target: Annotated[str, Field(alias="to", examples=["app"], description="A data centre or VPC.")]


class TopologyDocument(Written):
    """A network in AWS's and the data centre's words; nothing that can be derived."""

    name: Annotated[Name, Field(examples=["active-active-vpn"])]
    summary: Annotated[Text, Field(examples=["Two data centres on one virtual private gateway."])]
    data_centers: Annotated[
        dict[Name, DataCenterDocument], Field(examples=[{"dc1": {"asn": 65001, "prefixes": ["10.1.0.0/16"], "edges": ["dc1-gw1"]}}])
    ]
    interconnects: dict[Name, InterconnectDocument] = Field(default_factory=dict)
    regions: dict[Name, RegionDocument] = Field(default_factory=dict)
    direct_connect: DirectConnectDocument = Field(default_factory=DirectConnectDocument)
    vpn_connections: dict[Name, VpnConnectionDocument] = Field(default_factory=dict)
    flows: Annotated[dict[Name, FlowDocument], Field(min_length=1, examples=[{"dc1-app": {"from": "dc1", "to": "app"}}])]
