"""The keys of Regions in a topology file: VPCs, gateways and peerings between transit gateways."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from lab.intent.document.fields import Ipv6Prefix, Name, NotNull, Prefix, Written, refused


def _of_a_transit_gateway(written: object, info: ValidationInfo) -> object:
    if info.data.get("kind") == "vgw":
        reason = (
            "a virtual private gateway uses one tunnel at a time. Only transit gateways have ECMP (remove vpn_ecmp, or write kind: tgw)"
        )
        raise PydanticCustomError("written", "{reason}", {"reason": reason})
    return written


def _routed_by_a_transit_gateway(written: object, info: ValidationInfo) -> object:
    if info.data.get("kind") == "vgw":
        reason = "a virtual private gateway has no static routes of its own (write static_routes of a VPN connection, or kind: tgw)"
        raise PydanticCustomError("written", "{reason}", {"reason": reason})
    return written


def _tables_of_a_transit_gateway(written: object, info: ValidationInfo) -> object:
    if info.data.get("kind") == "vgw":
        reason = "a virtual private gateway has no route tables (remove route_tables, or write kind: tgw)"
        raise PydanticCustomError("written", "{reason}", {"reason": reason})
    return written


_InATable = SkipJsonSchema[Annotated[None, refused("a route table has these (write them in route_tables, for each table)")]]
"""What belongs into a table. In no schema."""


class TransitTableDocument(Written):
    """One of several route tables of a transit gateway."""

    associations: Annotated[
        list[str],
        Field(
            examples=[["app"]],
            description="The attached VPCs and VPN connections whose packets it routes. Each is in one table. A VPN connection hears the "
            "routes of this table.",
        ),
    ] = Field(default_factory=list)
    propagations: Annotated[
        list[str],
        Field(examples=[["app", "vpn1"]], description="The attached VPCs and VPN connections whose routes it learns."),
    ] = Field(default_factory=list)
    static_routes: Annotated[
        dict[str, list[Prefix]],
        Field(
            examples=[{"blackhole": ["10.9.0.0/16"]}],
            description="Its static routes: for each attached VPC, the prefixes that lead to it. `blackhole` drops them.",
        ),
    ] = Field(default_factory=dict)


class VpcDocument(Written):
    """A VPC. The lab adds one host to it."""

    cidr: Annotated[Prefix, Field(examples=["172.31.0.0/16"], description="The network of the VPC.")]
    ipv6_cidr: Annotated[
        Ipv6Prefix | None,
        NotNull,
        Field(examples=["2001:db8:aaaa::/56"], description="Its IPv6 network. AWS allows /44 to /60, in steps of 4."),
    ] = None
    static_routes: Annotated[
        dict[str, list[Prefix]],
        Field(
            examples=[{"tgw": ["10.0.0.0/8"]}],
            description="The static routes of its route table: for each of its gateways, the prefixes that lead there. They beat "
            "propagated routes to the same prefix. Each of several transit gateways needs some. Default: all to its one gateway.",
        ),
    ] = Field(default_factory=dict)
    propagation: Annotated[
        bool,
        Field(examples=[False], description="Whether its virtual private gateway propagates its routes into the route table."),
    ] = True


class GatewayDocument(Written):
    """A virtual private gateway (vgw) or a transit gateway (tgw)."""

    kind: Annotated[Literal["vgw", "tgw"], Field(examples=["vgw"], description="`vgw`: virtual private gateway. `tgw`: transit gateway.")]
    asn: Annotated[
        int,
        Field(
            examples=[64512],
            description="The Amazon side ASN: 64512 to 65534, or 4200000000 to 4294967294. A virtual private gateway from before "
            "30 June 2018 has 9059 in `eu-west-1`, 10124 in `ap-northeast-1`, 17493 in `ap-southeast-1`, and 7224 in other Regions.",
        ),
    ]
    vpcs: Annotated[
        list[str],
        Field(
            examples=[["app"]],
            description="The VPCs attached to it. A virtual private gateway has one, a transit gateway any number.",
        ),
    ]
    vpn_ecmp: Annotated[
        bool,
        BeforeValidator(_of_a_transit_gateway),
        Field(examples=[False], description="Only for `tgw`: whether it spreads flows over equal VPN tunnels."),
    ] = True
    static_routes: Annotated[
        dict[str, list[Prefix]],
        BeforeValidator(_routed_by_a_transit_gateway),
        Field(
            examples=[{"peer1": ["172.21.0.0/16"], "blackhole": ["10.9.0.0/16"]}],
            description="Only for `tgw`: the static routes of its route table. For each attachment (a VPC, a VPN connection with BGP, or a "
            "peering), the prefixes that lead to it. `blackhole` drops them. They beat every other route to the same prefix.",
        ),
    ] = Field(default_factory=dict)
    route_tables: Annotated[
        dict[Name, TransitTableDocument],
        BeforeValidator(_tables_of_a_transit_gateway),
        Field(
            examples=[{"prod": {"associations": ["app"], "propagations": ["vpn1"]}}],
            description="Only for `tgw`: its route tables, by name, if it has several. Its VPN connections then have BGP, and it has no "
            "Direct Connect and no peerings. Default: one table, in which every attachment learns all routes.",
        ),
    ] = Field(default_factory=dict)
    associations: _InATable = None
    propagations: _InATable = None


class RegionDocument(Written):
    """The VPCs and gateways of one AWS Region."""

    vpcs: Annotated[dict[Name, VpcDocument], Field(examples=[{"app": {"cidr": "172.31.0.0/16"}}], description="VPCs, by name.")] = Field(
        default_factory=dict
    )
    gateways: Annotated[
        dict[Name, GatewayDocument],
        Field(
            examples=[{"vgw": {"kind": "vgw", "asn": 64512, "vpcs": ["app"]}}],
            description="Virtual private gateways and transit gateways, by name.",
        ),
    ] = Field(default_factory=dict)


class PeeringDocument(Written):
    """A peering between two transit gateways. It has no BGP: only static routes of the two gateways lead over it."""

    between: Annotated[
        list[str], Field(min_length=2, max_length=2, examples=[["tgw-eu", "tgw-us"]], description="The two transit gateways.")
    ]
