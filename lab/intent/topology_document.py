"""A topology as written: the shape of the YAML, key by key. What it means together is resolved in `topology` and judged in `rules`."""

from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from lab.intent.fields import Name, Prefix, Text, Written, checked

_ASN = Field(description="An AS number of 16 or 32 bits.", examples=[65001], json_schema_extra={"minimum": 1, "maximum": 4294967294})


def _emulated_kind(written: object) -> object:
    if written == "tgw":
        raise ValueError("a transit gateway (tgw) is not emulated yet; today: vgw")
    return written


def _no_direct_connect(_written: object) -> object:
    raise ValueError("not emulated yet (today: vpn_connections)")


class DataCenterDocument(Written):
    """A site of the customer; a core router and a host come by themselves."""

    asn: Annotated[int, _ASN]
    prefixes: Annotated[
        list[Prefix], Field(min_length=1, examples=[["10.1.0.0/16"]], description="Announced to AWS; the host is in the first.")
    ]
    edges: Annotated[list[Name], Field(examples=[["dc1-gw1"]], description="Routers that face providers.")]


class InterconnectDocument(Written):
    """A private link between the core routers of two data centres."""

    between: Annotated[list[str], Field(min_length=2, max_length=2, examples=[["dc1", "dc2"]])]


class VpcDocument(Written):
    """A VPC with one host in it."""

    cidr: Annotated[Prefix, Field(examples=["172.31.0.0/16"])]


class GatewayDocument(Written):
    """A virtual private gateway."""

    kind: Annotated[Literal["vgw"], checked(_emulated_kind), Field(examples=["vgw"])]
    asn: Annotated[int, Field(examples=[64512], description="The Amazon side ASN.")]
    vpcs: Annotated[list[str], Field(examples=[["app"]], description="The one VPC it is attached to.")]


class RegionDocument(Written):
    """What stands in one AWS Region."""

    vpcs: dict[Name, VpcDocument] = Field(default_factory=dict)
    gateways: dict[Name, GatewayDocument] = Field(default_factory=dict)


class VpnConnectionDocument(Written):
    """A Site-to-Site VPN connection: two tunnels, BGP in both."""

    customer_gateway: Annotated[str, Field(examples=["dc1-gw1"], description="An edge of a data centre.")]
    gateway: Annotated[str, Field(examples=["vgw"])]
    provider: Annotated[Name, Field(examples=["isp-a"], description="Whose network carries the tunnels to the internet.")] = "internet"
    inside_cidrs: Annotated[
        list[Prefix], Field(min_length=2, max_length=2, examples=[["169.254.10.0/30", "169.254.10.4/30"]], description="One /30 a tunnel.")
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
    direct_connect: SkipJsonSchema[Annotated[object, checked(_no_direct_connect)]] = None
    vpn_connections: dict[Name, VpnConnectionDocument] = Field(default_factory=dict)
    flows: Annotated[dict[Name, FlowDocument], Field(min_length=1, examples=[{"dc1-app": {"from": "dc1", "to": "app"}}])]
