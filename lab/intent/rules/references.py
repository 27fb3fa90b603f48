"""Rules for references: every name that is used exists in the file, and means something of the right kind."""

import re
from collections.abc import Iterator

from lab.intent.document.finding import Finding, Where
from lab.intent.document.wording import with_article
from lab.intent.rules.draft import Draft, where
from lab.spelling import way_out

_AWS_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]", re.ASCII)


def interconnect_ends(draft: Draft) -> Iterator[Finding]:
    """Rule: an interconnect joins data centres of the file."""
    for interconnect in draft.topology.interconnects:
        for index, name in enumerate(interconnect.between):
            yield from dangling(draft, (*where(interconnect), "between", index), name, ("data centre",))


def default_route_givers(draft: Draft) -> Iterator[Finding]:
    """Rule: a site has its default route from a data centre at the other end of one of its interconnects."""
    for center in draft.topology.data_centers:
        name, at = center.default_route_from, (*where(center), "default_route_from")
        if name is None:
            continue
        yield from dangling(draft, at, name, ("data centre",))
        known = [each.name for each in draft.joined_with(center)]
        if draft.known.has(name, "data centre") and name not in known and "interconnect" not in draft.known.unsure:
            message = f"no interconnect joins {center.name} with {name}, so it gives no default route {way_out(name, known)}"
            yield Finding(where=at, message=message)


def attached_vpcs(draft: Draft) -> Iterator[Finding]:
    """Rule: a gateway is attached to VPCs of the file."""
    for gateway in draft.topology.gateways:
        for index, name in enumerate(gateway.vpcs):
            yield from dangling(draft, (*where(gateway), "vpcs", index), name, ("VPC",))


def peering_ends(draft: Draft) -> Iterator[Finding]:
    """Rule: a peering joins gateways of the file."""
    for peering in draft.topology.peerings:
        for index, name in enumerate(peering.between):
            yield from dangling(draft, (*where(peering), "between", index), name, ("gateway",))


def connection_ends(draft: Draft) -> Iterator[Finding]:
    """Rule: a VPN connection goes from an edge of a data centre to a gateway."""
    for vpn in draft.topology.vpn_connections:
        yield from dangling(draft, (*where(vpn), "customer_gateway"), vpn.customer_gateway, ("edge",))
        yield from dangling(draft, (*where(vpn), "gateway"), vpn.gateway, ("gateway",))


def location_regions(draft: Draft) -> Iterator[Finding]:
    """Rule: the Region of a location is a Region of the file, or any other AWS Region."""
    regions = dict.fromkeys(str(named.where[1]) for named in draft.known.named if named.where[0] == "regions")
    for location in draft.topology.locations:
        if location.region not in regions and not _AWS_REGION.fullmatch(location.region):
            message = f"{location.region[:60]!r} is not an AWS Region, and not a Region of this file {way_out(location.region, regions)}"
            yield Finding(where=(*where(location), "region"), message=message)


def circuit_ends(draft: Draft) -> Iterator[Finding]:
    """Rule: a Direct Connect connection goes from an edge of a data centre to a location."""
    for connection in draft.topology.connections:
        yield from dangling(draft, (*where(connection), "edge"), connection.edge, ("edge",))
        yield from dangling(draft, (*where(connection), "location"), connection.location, ("DX location",))


def virtual_interface_ends(draft: Draft) -> Iterator[Finding]:
    """Rule: a virtual interface goes over a connection to a Direct Connect gateway, or directly to a gateway."""
    for vif in draft.topology.virtual_interfaces:
        yield from dangling(draft, (*where(vif), "connection"), vif.connection, ("DX connection",))
        yield from dangling(draft, (*where(vif), "gateway"), vif.gateway, ("DX gateway", "gateway"))


def associated_gateways(draft: Draft) -> Iterator[Finding]:
    """Rule: a Direct Connect gateway is associated with gateways of the file, and allows prefixes only for those."""
    gateways = draft.known.names("gateway")
    for dxgw in draft.topology.direct_connect_gateways:
        associated = [association.gateway for association in dxgw.associations]
        for index, name in enumerate(associated):
            yield from dangling(draft, (*where(dxgw), "associations", index), name, ("gateway",))
        for stray in draft.strays:
            meant = stray.name in gateways and not set(associated).issubset(gateways)  # the name is misspelt in `associations`, not here
            if stray.where[:-2] == where(dxgw) and not meant:
                message = f"no gateway named {stray.name!r} is associated with {dxgw.name} {way_out(stray.name, associated)}"
                yield Finding(where=stray.where, message=message)


def flow_ends(draft: Draft) -> Iterator[Finding]:
    """Rule: a flow goes between data centres and VPCs."""
    for flow in draft.topology.flows:
        yield from dangling(draft, (*where(flow), "from"), flow.source, ("data centre", "VPC"))
        yield from dangling(draft, (*where(flow), "to"), flow.target, ("data centre", "VPC"))


def dangling(draft: Draft, at: Where, name: str, whats: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a mistake if nothing of these kinds has this name."""
    if draft.known.has(name, *whats) or draft.known.unsure.intersection(whats):
        return
    names = draft.known.names(*whats)
    wanted = " or ".join(whats)
    other = draft.known.what(name)
    if other is not None:
        yield Finding(where=at, message=f"{name!r} is {with_article(other)}, expected {with_article(wanted)} {way_out(name, names)}")
    else:
        yield Finding(where=at, message=f"there is no {wanted} named {name[:60]!r} {way_out(name, names)}")
