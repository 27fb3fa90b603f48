"""FL4, the second half: preferences that have no effect, and backups that are used although the main connection works."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lab.model.audit import Code, Severity
from lab.model.plan import Node, Plan
from lab.model.prediction import Component, FlowPrediction
from lab.model.router import Prepend
from lab.model.topology import GatewayKind, VirtualInterface, VpnConnection
from lab.model.where import where
from lab.predict.audit.design import Design, flows_of, listed
from lab.predict.audit.rule import Hit, Rule
from lab.predict.prediction import Predictor


def _no_choice(design: Design) -> Iterator[Hit]:
    """Virtual interfaces that could carry the same traffic, all with the same local preference, at locations of one Region."""
    told: set[tuple[VirtualInterface, ...]] = set()
    for vif in design.topology.virtual_interfaces:
        group = (vif, *_rivals(design, vif))
        alike = {each.local_preference for each in group} == {vif.local_preference} and vif.local_preference is not None
        ordered = tuple(each for each in design.topology.virtual_interfaces if each in group)
        if alike and len({design.region(each) for each in group}) == 1 and ordered not in told and _shares(design, group):
            told.add(ordered)
            yield Hit(
                where=(*where(ordered[-1]), "local_preference"),
                subject=ordered[-1].name,
                message=f"{listed(each.name for each in ordered)} have the same local_preference, so AWS shares traffic over them",
            )


def _shares(design: Design, group: Iterable[VirtualInterface]) -> bool:
    """Whether AWS shares traffic to the customer over several of these virtual interfaces."""
    circuits = {vif.connection for vif in group}
    ways = ({node for path in each.paths for node in path} for each in design.healthy.flows if each.direction == "reverse")
    return any(len(circuits & nodes) > 1 for nodes in ways)


def _rivals(design: Design, vif: VirtualInterface) -> list[VirtualInterface]:
    """The other virtual interfaces of the same gateway, from the same site or a site that is joined with it.

    They announce the same prefixes.
    """
    sites = design.joined(design.center(design.connection(vif).edge).name)
    return [
        other
        for other in design.topology.virtual_interfaces
        if other is not vif and other.gateway == vif.gateway and design.center(design.connection(other).edge).name in sites
    ]


def _longer(design: Design) -> Iterator[Hit]:
    for vpn, stolen in _preferred_vpns(design):
        if not _beats_by_kind(design, vpn):
            yield Hit(
                where=where(vpn),
                subject=vpn.name,
                message=f"{vpn.name} carries {_directions(stolen)} because its prefix is longer, though a circuit could carry it",
            )


def _static(design: Design) -> Iterator[Hit]:
    for vpn, stolen in _preferred_vpns(design):
        if _beats_by_kind(design, vpn):
            gateway = design.gateway(vpn.gateway)
            yield Hit(
                where=(*where(gateway), "static_routes", vpn.name) if gateway and not vpn.static_routes else (*where(vpn), "static_routes"),
                subject=vpn.name,
                message=f"{vpn.name} carries {_directions(stolen)} because {vpn.gateway} prefers static routes to the circuit's",
            )


def _beats_by_kind(design: Design, vpn: VpnConnection) -> bool:
    """Whether static routes of a transit gateway lead into the VPN. A transit gateway prefers static routes to all others."""
    gateway = design.gateway(vpn.gateway)
    if gateway is None or gateway.kind is GatewayKind.VGW:
        return False
    return bool(vpn.static_routes) or any(route.attachment == vpn.name for route in gateway.static_routes)


def _preferred_vpns(design: Design) -> Iterator[tuple[VpnConnection, list[FlowPrediction]]]:
    """Each VPN that carries a flow although a circuit could carry it, with these flows.

    (A circuit carries them when all VPNs have failed.)
    """
    if not design.topology.connections or not design.topology.vpn_connections:
        return
    over_circuits = {(each.flow, each.direction) for each in design.without(design.topology.vpn_connections).flows if each.reachable}
    for vpn in design.topology.vpn_connections:
        ends = design.ends(vpn)
        carried = [each for each in design.healthy.flows if any(ends.intersection(path) for path in each.paths)]
        stolen = [each for each in carried if (each.flow, each.direction) in over_circuits]
        if stolen:
            yield vpn, stolen


def _directions(flows: list[FlowPrediction]) -> str:
    """The flow in words: `dc1-app`, or `dc1-app (reverse)` if only that direction is affected."""
    both = {each.flow for each in flows if each.direction == "forward"} & {each.flow for each in flows if each.direction == "reverse"}
    return listed(each.flow if each.flow in both else f"{each.flow} ({each.direction})" for each in flows)


def _deaf_backup(design: Design) -> Iterator[Hit]:
    """A flow that is cut off when an association is lost, but that works when all circuits of the Direct Connect gateway are lost."""
    for dxgw in design.topology.direct_connect_gateways:
        circuits = {vif.connection for vif in design.topology.virtual_interfaces if vif.gateway == dxgw.name}
        dark = design.without(each for each in design.topology.connections if each.name in circuits)
        saved = {(each.flow, each.direction) for each in dark.flows if each.reachable}
        links = {leg.link: leg.session.node for target in design.plan.targets if target.name == dxgw.name for leg in target.legs}
        for gateway in dict.fromkeys(links.values()):
            legs = [each for each in design.predictor.components if links.get(each.name) == gateway]
            lost = [each for each in design.predictor.of(legs).flows if not each.reachable and (each.flow, each.direction) in saved]
            if lost:
                yield Hit(
                    where=(*where(dxgw), "allowed_prefixes"),
                    subject=dxgw.name,
                    message=f"{dxgw.name} announces prefixes of {gateway} even after losing it, so packets of {flows_of(lost)} are lost",
                    revealed_by=f"the association of {dxgw.name} with {gateway} is lost, while BGP stays up",
                )


def _not_compared(design: Design) -> Iterator[Hit]:
    """Preferences of virtual interfaces that are never compared, because they belong to different Direct Connect gateways of one transit
    gateway.
    """
    for gateway in design.topology.gateways:
        dxgws = [
            dxgw.name
            for dxgw in design.topology.direct_connect_gateways
            if gateway.kind is GatewayKind.TGW and gateway.name in {each.gateway for each in dxgw.associations}
        ]
        vifs = [vif for vif in design.topology.virtual_interfaces if vif.gateway in dxgws and vif.local_preference]
        if len({(vif.gateway, vif.local_preference) for vif in vifs}) > 1 and len({vif.gateway for vif in vifs}) > 1:
            names = listed(vif.name for vif in vifs)
            yield Hit(
                where=where(gateway),
                subject=gateway.name,
                message=f"AWS may not compare the preferences of {names}, because {gateway.name} gets their routes through {listed(dxgws)}",
            )


def _ignored(design: Design) -> Iterator[Hit]:
    """An AS-path prepend without effect: without it every flow takes the same paths, when nothing has failed and after every single
    failure.
    """
    lines: tuple[VirtualInterface | VpnConnection, ...] = (*design.topology.virtual_interfaces, *design.topology.vpn_connections)
    for line in lines:
        if line.as_path_prepend and _paths(design.predictor) == _paths(Predictor(_without_prepend(design.plan, line.name))):
            yield Hit(
                where=(*where(line), "as_path_prepend"),
                subject=line.name,
                message=f"as_path_prepend: {line.as_path_prepend} on {line.name} changes no path: {_why_ignored(design, line)}",
            )


def _why_ignored(design: Design, line: VirtualInterface | VpnConnection) -> str:
    """Why AWS does not look at the AS path of this virtual interface or VPN connection."""
    if isinstance(line, VirtualInterface):
        rivals = _rivals(design, line)
        return "AWS prefers by local_preference and Region first" if rivals else "no other virtual interface announces the same prefixes"
    others = [each for each in design.companions(line) if isinstance(each, VpnConnection) and each.gateway == line.gateway]
    return "AWS prefers by kind and MED, or by another prepend" if others else "no other VPN connection announces the same prefixes"


def _paths(predictor: Predictor) -> list[tuple[tuple[str, ...], ...]]:
    sets: list[tuple[Component, ...]] = [(), *((each,) for each in predictor.components)]
    return [flow.paths for failed in sets for flow in predictor.of(failed).flows]


def _without_prepend(plan: Plan, line: str) -> Plan:
    """The same plan, but this virtual interface or VPN connection does not prepend its ASN."""
    maps = {(outlet.node, outlet.route_map) for target in plan.targets if target.name == line for outlet in target.outlets}
    return replace(plan, nodes=tuple(_plain(node, {name for owner, name in maps if owner == node.name}) for node in plan.nodes))


def _plain(node: Node, maps: set[str]) -> Node:
    if not maps or not node.router:
        return node
    entries = (
        replace(entry, set=tuple(each for each in entry.set if not isinstance(each, Prepend))) if entry.name in maps else entry
        for entry in node.router.route_maps
    )
    return replace(node, router=replace(node.router, route_maps=tuple(entries)))


RULES = (
    Rule(
        look=_no_choice,
        code=Code(
            code="FL406",
            severity=Severity.WARNING,
            title="All circuits have the same preference",
            symptom="Somebody wrote a preference, but AWS has nothing to prefer. It shares traffic over all circuits.",
            revealed_by="a look at the traffic of each circuit",
            remedy="Write local_preference: low on the backup. If all should carry traffic, remove local_preference.",
            section_8=(27,),
        ),
    ),
    Rule(
        look=_longer,
        code=Code(
            code="FL407",
            severity=Severity.WARNING,
            title="A longer prefix sends traffic into the VPN",
            symptom="The backup carries traffic every day: less bandwidth, more delay. The circuit is idle in that direction.",
            revealed_by="a look at the path in everyday use",
            remedy="Announce the same prefixes over both: VPC CIDRs as allowed prefixes, and the site's own prefixes in static_routes.",
            section_8=(8, 9),
        ),
    ),
    Rule(
        look=_static,
        code=Code(
            code="FL408",
            severity=Severity.WARNING,
            title="A static VPN route beats Direct Connect",
            symptom="AWS sends by the VPN every day, and goes on while a device beyond the tunnel is dead.",
            revealed_by="a look at the path in everyday use",
            remedy="Use BGP on the VPN: a transit gateway prefers Direct Connect to it. Or write shorter prefixes in static_routes.",
            section_8=(6, 7),
        ),
    ),
    Rule(
        look=_deaf_backup,
        code=Code(
            code="FL409",
            severity=Severity.NOTE,
            title="Direct Connect announces prefixes that it cannot reach",
            symptom="BGP is up, but packets to AWS are lost. The backup is not used, because the circuit's route stays.",
            revealed_by="the association is lost, while BGP stays up",
            remedy="Probe from end to end, and let a script or a person withdraw the route of the circuit when the probe fails.",
            section_8=(33,),
        ),
    ),
    Rule(
        look=_ignored,
        code=Code(
            code="FL410",
            severity=Severity.WARNING,
            title="Prepending changes nothing",
            symptom="Somebody meant the connection to be less preferred. AWS uses it as if nothing was prepended.",
            revealed_by="a look at the path in everyday use",
            remedy="On circuits use local_preference, on all of them. On a VPN remove as_path_prepend: AWS prefers circuits anyway.",
            section_8=(27,),
        ),
    ),
    Rule(
        look=_not_compared,
        code=Code(
            code="FL411",
            severity=Severity.NOTE,
            title="Preferences on two Direct Connect gateways",
            symptom="Users report that AWS compares local_preference only within one Direct Connect gateway. The lab compares all.",
            revealed_by="a look at the path in everyday use, on AWS",
            remedy="Put the virtual interfaces on one Direct Connect gateway, or order them by as_path_prepend, too.",
            section_8=(27,),
        ),
    ),
)
