"""Virtual private gateways: one VPC each, one each VPC, in its Region."""

from collections.abc import Iterator

from lab.intent.finding import Finding
from lab.intent.rules.draft import Draft, where


def one_vpc_each(draft: Draft) -> Iterator[Finding]:
    """A virtual private gateway is attached to one VPC, and a VPC has one."""
    attached: dict[str, str] = {}
    for gateway in draft.topology.gateways:
        at = (*where(gateway), "vpcs")
        if len(gateway.vpcs) != 1:
            message = f"a virtual private gateway is attached to exactly one VPC, found {len(gateway.vpcs)} (one gateway for each VPC)"
            yield Finding(where=at, message=message)
        for name in dict.fromkeys(gateway.vpcs):
            other = attached.setdefault(name, gateway.name)
            if other != gateway.name:
                message = f"VPC {name!r} already has gateway {other}, and a VPC has at most one (attach another VPC)"
                yield Finding(where=at, message=message)


def same_region(draft: Draft) -> Iterator[Finding]:
    """A gateway and its VPC are in one Region."""
    regions = {vpc.name: vpc.region for vpc in draft.topology.vpcs}
    for gateway in draft.topology.gateways:
        for index, name in enumerate(gateway.vpcs):
            region = regions.get(name, gateway.region)
            if region != gateway.region:
                message = f"VPC {name!r} is in {region}; a virtual private gateway takes one of its own Region, {gateway.region} (move one)"
                yield Finding(where=(*where(gateway), "vpcs", index), message=message)
