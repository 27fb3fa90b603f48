"""References: every name that is used is one that is given, by the kind of thing that is meant."""

from collections.abc import Iterator

from lab.intent.finding import Finding, Where
from lab.intent.rules.draft import Draft, where
from lab.intent.wording import way_out, with_article


def interconnect_ends(draft: Draft) -> Iterator[Finding]:
    """An interconnect joins data centres of the file."""
    for interconnect in draft.topology.interconnects:
        for index, name in enumerate(interconnect.between):
            yield from _dangling(draft, (*where(interconnect), "between", index), name, ("data centre",))


def attached_vpcs(draft: Draft) -> Iterator[Finding]:
    """A gateway is attached to VPCs of the file."""
    for gateway in draft.topology.gateways:
        for index, name in enumerate(gateway.vpcs):
            yield from _dangling(draft, (*where(gateway), "vpcs", index), name, ("VPC",))


def connection_ends(draft: Draft) -> Iterator[Finding]:
    """A VPN connection goes from an edge of a data centre to a gateway."""
    for vpn in draft.topology.vpn_connections:
        yield from _dangling(draft, (*where(vpn), "customer_gateway"), vpn.customer_gateway, ("edge",))
        yield from _dangling(draft, (*where(vpn), "gateway"), vpn.gateway, ("gateway",))


def flow_ends(draft: Draft) -> Iterator[Finding]:
    """A flow goes between data centres and VPCs."""
    for flow in draft.topology.flows:
        yield from _dangling(draft, (*where(flow), "from"), flow.source, ("data centre", "VPC"))
        yield from _dangling(draft, (*where(flow), "to"), flow.target, ("data centre", "VPC"))


def _dangling(draft: Draft, at: Where, name: str, whats: tuple[str, ...]) -> Iterator[Finding]:
    names = draft.known.names(*whats)
    if name in names or draft.known.unsure.intersection(whats):
        return
    wanted = " or ".join(whats)
    other = draft.known.what(name)
    if other is not None:
        yield Finding(where=at, message=f"{name!r} is {with_article(other)}, expected {with_article(wanted)} {way_out(name, names)}")
    else:
        yield Finding(where=at, message=f"no {wanted} named {name[:60]!r} {way_out(name, names)}")
