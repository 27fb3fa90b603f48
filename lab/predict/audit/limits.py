"""FL6: quotas, packet sizes and bandwidth that suffice now, but not after a change or a failure. (`validate` refuses what AWS refuses.)"""

from collections.abc import Iterable, Iterator

from lab.model.audit import Code, Severity
from lab.model.aws import ROUTE_TABLE_LIMIT, VPN_PREFIX_LIMIT
from lab.model.ip import Prefix
from lab.model.told import Line, told
from lab.model.topology import Connection, DataCenter, Gateway, GatewayKind, VirtualInterface, VpnConnection
from lab.model.where import where
from lab.predict.audit.design import Design, listed
from lab.predict.audit.rule import Hit, Rule

_NEAR = 0.8
"""A quota is near its end if more than this share of it is used."""


def _near_the_limit(design: Design) -> Iterator[Hit]:
    for center in design.topology.data_centers:
        takers = list(_takers(design, center))
        count, limit = min(((count, limit) for _, count, limit in takers), key=lambda each: each[1] - each[0], default=(0, 0))
        closing = [name for name, *each in takers if each == [count, limit]]
        if closing and count > _NEAR * limit:
            yield Hit(
                where=(*where(center), "announce" if center.announce else "prefixes"),
                subject=center.name,
                message=f"{center.name} announces {count} prefixes; above {limit} AWS closes the BGP session of {listed(closing)}",
                revealed_by=f"{limit - count + 1} more prefixes, for instance after a merger",
            )


def _takers(design: Design, center: DataCenter) -> Iterator[tuple[str, int, int]]:
    """Each BGP session between a site and AWS: its name, how many prefixes the site announces on it, and how many AWS accepts."""
    for line in design.lines_of(center.name):
        if isinstance(line, Connection):
            yield from ((vif.name, len(told_by(design, center, vif)), vif.prefix_limit) for vif in design.vifs(line.name))
        elif not line.static_routes and (gateway := design.gateway(line.gateway)):
            yield line.name, len(told_by(design, center, line)), VPN_PREFIX_LIMIT[gateway.kind]


def told_by(design: Design, center: DataCenter, line: Line) -> tuple[Prefix, ...]:
    """What a site announces on a virtual interface or VPN connection."""
    names = design.joined(center.name) - {center.name}
    return told(center, line, (each for each in design.topology.data_centers if each.name in names)).prefixes


def _full_table(design: Design) -> Iterator[Hit]:
    for gateway in design.topology.gateways:
        if gateway.kind is not GatewayKind.VGW:
            continue
        count = len(_received(design, gateway))
        if count > ROUTE_TABLE_LIMIT:
            yield Hit(
                where=where(gateway),
                subject=gateway.name,
                message=f"{gateway.name} receives {count} prefixes, but its VPC's route table takes {ROUTE_TABLE_LIMIT} propagated routes",
            )


def _received(design: Design, gateway: Gateway) -> set[Prefix]:
    """The prefixes that customers announce to a gateway, directly or through a Direct Connect gateway."""
    vpns = [vpn for vpn in design.topology.vpn_connections if vpn.gateway == gateway.name]
    found = {prefix for vpn in vpns for prefix in vpn.static_routes or told_by(design, design.center(vpn.customer_gateway), vpn)}
    for vif in design.topology.virtual_interfaces:
        if gateway in design.gateways_behind(vif.gateway):
            found.update(told_by(design, design.center(design.connection(vif).edge), vif))
    return found


def _smaller_packets(design: Design) -> Iterator[Hit]:
    """A VPN that is a backup for circuits, although the circuits carry longer packets than the VPN."""
    mtus = {tunnel.connection: tunnel.mtu for tunnel in reversed(design.plan.tunnels)}
    for vpn in design.topology.vpn_connections:
        mtu, flows = mtus[vpn.name], design.stood_in_for(vpn)
        if flows:
            before = max(vif.mtu for flow in flows for vif in _carrying(design, flow))
            message = f"{vpn.name} carries packets of up to {mtu} octets, but is the backup of a circuit that carries up to {before}"
            yield Hit(where=where(vpn), subject=vpn.name, message=f"{message} ({listed(flows)})")


def _carrying(design: Design, flow: str) -> Iterator[VirtualInterface]:
    """The virtual interfaces of the circuits that carry a flow as drawn."""
    for (name, _), prediction in design.drawn.items():
        for line in design.over(prediction) if name == flow else ():
            if isinstance(line, Connection):
                yield from design.vifs(line.name)


def _one_tunnel(design: Design) -> Iterator[Hit]:
    for gateway in design.topology.gateways:
        here = [vpn for vpn in design.topology.vpn_connections if vpn.gateway == gateway.name]
        vpns = [vpn for vpn in here if any(other in here for other in design.companions(vpn))]
        if gateway.kind is GatewayKind.VGW and vpns and _used(design, vpns):
            yield Hit(
                where=where(gateway),
                subject=gateway.name,
                message=f"{gateway.name} uses only one of the tunnels of {listed(vpn.name for vpn in vpns)} for each prefix of a site",
            )


def _no_sharing(design: Design) -> Iterator[Hit]:
    """A transit gateway that sends traffic over only one VPN of a site, although the site has several. Its settings prevent sharing."""
    for gateway in design.topology.gateways:
        if gateway.kind is not GatewayKind.TGW:
            continue
        for center in design.topology.data_centers:
            lines = design.lines_of(center.name)
            vpns = [line for line in lines if isinstance(line, VpnConnection) and line.gateway == gateway.name]
            static = [vpn for vpn in vpns if vpn.static_routes]
            if len(vpns) > 1 and (static or not gateway.vpn_ecmp) and _used(design, vpns):
                why = f"static routes on {listed(vpn.name for vpn in static)}" if static else f"{gateway.name} has vpn_ecmp: false"
                yield Hit(
                    where=where(gateway),
                    subject=gateway.name,
                    message=f"{gateway.name} does not share traffic over {listed(vpn.name for vpn in vpns)}: {why}",
                )


def _used(design: Design, vpns: Iterable[VpnConnection]) -> bool:
    """Whether AWS sends packets of a flow over at least one of these VPNs when nothing has failed."""
    ends = frozenset[str]().union(*map(design.ends, vpns))
    return any(ends.intersection(path) for each in design.healthy.flows if each.direction == "reverse" for path in each.paths)


RULES = (
    Rule(
        look=_near_the_limit,
        code=Code(
            code="FL601",
            severity=Severity.WARNING,
            title="A site announces nearly as many prefixes as AWS accepts",
            symptom="One prefix too many closes all sessions of the site in the same second. They stay closed until reset by hand.",
            revealed_by="a few more prefixes",
            remedy="Announce summaries, or have AWS raise the limit of the virtual interface.",
            section_8=(13,),
        ),
    ),
    Rule(
        look=_full_table,
        code=Code(
            code="FL602",
            severity=Severity.WARNING,
            title="A VPC's route table cannot hold all prefixes",
            symptom="Some sites are missing in the route table. The VPC cannot answer them.",
            revealed_by="traffic to the missing prefixes",
            remedy="Announce summaries, or use a transit gateway.",
            section_8=(13,),
        ),
    ),
    Rule(
        look=_smaller_packets,
        code=Code(
            code="FL603",
            severity=Severity.NOTE,
            title="The backup carries smaller packets",
            symptom="After failover small packets pass and bulk transfers stall, where packets may not be fragmented.",
            revealed_by="failover with packets of 1500 octets and the DF bit",
            remedy="Clamp TCP's MSS to what fits the VPN (1398 octets), or set a smaller MTU at the hosts.",
            section_8=(25,),
        ),
    ),
    Rule(
        look=_one_tunnel,
        code=Code(
            code="FL604",
            severity=Severity.NOTE,
            title="A virtual private gateway uses one tunnel at a time",
            symptom="More VPN connections add redundancy, but no bandwidth: about 1.25 Gbit/s from AWS in all.",
            revealed_by="more traffic than one tunnel carries",
            remedy="If you need more bandwidth, use a transit gateway with VPN ECMP, or Direct Connect.",
            section_8=(31, 40),
        ),
    ),
    Rule(
        look=_no_sharing,
        code=Code(
            code="FL605",
            severity=Severity.NOTE,
            title="A transit gateway does not share over equal VPNs",
            symptom="More VPN connections add redundancy, but no bandwidth: one tunnel carries 1.25 Gbit/s.",
            revealed_by="more traffic than one tunnel carries",
            remedy="Write vpn_ecmp: true and use BGP on all of them, if you need their bandwidth.",
            section_8=(31, 40),
        ),
    ),
)
