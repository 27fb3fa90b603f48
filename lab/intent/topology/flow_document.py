"""The keys of a flow, as a pydantic model."""

from typing import Annotated, Literal

from pydantic import Field

from lab.intent.document.fields import Bandwidth, NotNull, Written


class FlowDocument(Written):
    """Traffic between two sites. It is always measured in both directions."""

    source: Annotated[str, Field(alias="from", examples=["dc1"], description="Where it begins: a data centre or a VPC.")]
    target: Annotated[str, Field(alias="to", examples=["app"], description="Where it ends: a data centre or a VPC.")]
    bandwidth: Annotated[
        Bandwidth | None,
        NotNull,
        Field(examples=["2gbit"], description="How much it needs each way, for `audit`. The lab sends less."),
    ] = None
    family: Annotated[
        Literal["ipv4", "ipv6"],
        Field(examples=["ipv6"], description="Whether its packets are IPv4 or IPv6. Both ends need addresses of this family."),
    ] = "ipv4"
