"""Rules for gateways: a virtual private gateway has one VPC. A VPC has one gateway, in its own Region."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import Gateway, GatewayKind

WORDS = {GatewayKind.VGW: "virtual private gateway", GatewayKind.TGW: "transit gateway"}
"""AWS's name for a gateway of each kind."""


def one_vpc_each(draft: Draft) -> Iterator[Finding]:
    """Rule: a virtual private gateway is attached to one VPC, and a VPC has one gateway."""
    attached: dict[str, Gateway] = {}
    for gateway in draft.topology.gateways:
        at = (*where(gateway), "vpcs")
        if gateway.kind is GatewayKind.VGW and len(gateway.vpcs) != 1:
            message = f"a virtual private gateway needs exactly one VPC, found {len(gateway.vpcs)} (use one gateway for each VPC)"
            yield Finding(where=at, message=message)
        for name in dict.fromkeys(gateway.vpcs):
            other = attached.setdefault(name, gateway)
            if other is not gateway:
                yield Finding(where=at, message=f"VPC {name!r} already has gateway {other.name}; {_only_one(gateway, other)}")


def _only_one(gateway: Gateway, other: Gateway) -> str:
    if gateway.kind is other.kind is GatewayKind.VGW:
        return "AWS allows one for each VPC (attach another VPC)"
    return "AWS allows several for a VPC, but the lab supports one (attach another VPC)"


def same_region(draft: Draft) -> Iterator[Finding]:
    """Rule: a gateway and its VPCs are in one Region."""
    regions = {vpc.name: vpc.region for vpc in draft.topology.vpcs}
    for gateway in draft.topology.gateways:
        for index, name in enumerate(gateway.vpcs):
            region = regions.get(name, gateway.region)
            if region != gateway.region:
                message = f"VPC {name!r} is in {region}, but its {WORDS[gateway.kind]} is in {gateway.region} (use one Region for both)"
                yield Finding(where=(*where(gateway), "vpcs", index), message=message)
