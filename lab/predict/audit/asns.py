"""FL3: sites and gateways with the same AS number (ASN). BGP's loop check discards routes that contain the receiver's own ASN.

`validate` already refuses equal ASNs with which nothing would work.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

from lab.model.audit import Code, Severity
from lab.model.topology import DataCenter, DirectConnectGateway, Gateway, GatewayKind, VirtualInterface, VpnConnection
from lab.model.where import where
from lab.predict.audit.design import Design
from lab.predict.audit.rule import Hit, Rule


def _deaf(design: Design) -> Iterator[Hit]:
    """Two sites that have an ASN in common. AWS announces their routes to each other, but BGP's loop check discards the routes."""
    for one, other in _twins(design):
        deaf = [center.name for center in (one, other) if not center.allowas_in]
        if deaf and _meet(design, one, other):
            asn, who = _common(one, other), "each discards" if deaf[1:] else f"{deaf[0]} discards"
            yield Hit(
                where=(*where(other), "asn"),
                subject=other.name,
                message=f"{one.name} and {other.name} both have ASN {asn}, so {who} the routes of the other that AWS announces",
            )


def _twins(design: Design) -> Iterator[tuple[DataCenter, DataCenter]]:
    """Each two sites with one ASN, in the order of the file."""
    number = Counter(asn for center in design.topology.data_centers for asn in center.asns)
    shared = [each for each in design.topology.data_centers if any(number[asn] > 1 for asn in each.asns)]
    yield from (pair for pair in combinations(shared, 2) if _common(*pair))


def _common(one: DataCenter, other: DataCenter) -> int | None:
    """An ASN that both sites have."""
    return next((asn for asn in other.asns if asn in one.asns), None)


def _meet(design: Design, one: DataCenter, other: DataCenter) -> bool:
    """Whether AWS announces the routes of each data centre to the other: over SiteLink, a transit gateway, or VPN CloudHub."""
    return bool(_sitelinks(design, one) & _sitelinks(design, other)) or bool(_over_vpn(design, one) & _over_vpn(design, other))


def _sitelinks(design: Design, center: DataCenter) -> set[str]:
    return {vif.gateway for vif in _vifs(design, center) if vif.sitelink}


def _vifs(design: Design, center: DataCenter) -> list[VirtualInterface]:
    return [vif for vif in design.topology.virtual_interfaces if design.connection(vif).edge in center.edges]


def _vpns(design: Design, center: DataCenter) -> list[VpnConnection]:
    """The VPN connections of a site that use BGP."""
    return [line for line in design.lines_of(center.name) if isinstance(line, VpnConnection) and not line.static_routes]


def _over_vpn(design: Design, center: DataCenter) -> set[str]:
    """The gateways that announce the routes of other sites to this site: those with a VPN to the site that uses BGP."""
    return {vpn.gateway for vpn in _vpns(design, center)}


def _lax(design: Design) -> Iterator[Hit]:
    """A site whose `allowas_in` has no use because no other site has its ASN, or is higher than the paths to this site need."""
    for center in (each for each in design.topology.data_centers if each.allowas_in):
        twins = [other for other in design.topology.data_centers if other is not center and _common(center, other)]
        prepended = [vif.as_path_prepend for other in twins for vif in _vifs(design, other)]
        prepended += [vpn.as_path_prepend for other in twins for vpn in _vpns(design, other)]
        needed = 1 + max(prepended, default=0) if twins else 0
        if center.allowas_in > needed:
            why = f"no path needs more than {needed}" if twins else f"no other site has ASN {center.asn}"
            yield Hit(
                where=(*where(center), "allowas_in"),
                subject=center.name,
                message=f"{center.name} accepts its own ASN {center.allowas_in} times in a path, but {why}",
            )


def _prepended_away(design: Design) -> Iterator[Hit]:
    """A virtual interface that prepends its ASN too often. Another site with the same ASN discards its path, because the ASN is in it more
    often
    than `allowas_in` permits.
    """
    lenient = [each for each in design.topology.data_centers if each.allowas_in]
    for here, there in product(lenient, design.topology.data_centers):
        if here.asn != there.asn or here is there:
            continue
        for vif in _vifs(design, there):
            if vif.as_path_prepend >= here.allowas_in and vif.gateway in _sitelinks(design, here) and vif.sitelink:
                times = f"{1 + vif.as_path_prepend} times, but {here.name} accepts {here.allowas_in}"
                yield Hit(
                    where=(*where(vif), "as_path_prepend"),
                    subject=vif.name,
                    message=f"{vif.name} announces a path with ASN {there.asn} {times}",
                    revealed_by=f"the other paths from {here.name} to {there.name} fail",
                )


def _one_number(design: Design) -> Iterator[Hit]:
    transit = [gateway for gateway in design.topology.gateways if gateway.kind is GatewayKind.TGW]
    for one, other in combinations(transit, 2):
        if one.asn == other.asn:
            yield Hit(
                where=(*where(other), "asn"),
                subject=other.name,
                message=f"the transit gateways {one.name} and {other.name} both have ASN {other.asn}",
            )


def _site_and_gateway(design: Design) -> Iterator[Hit]:
    """A site and a gateway that have the same ASN, but are not connected. (`validate` refuses those that are connected.)"""
    topology = design.topology
    owners: dict[int, list[str]] = {}
    named: tuple[Gateway | DirectConnectGateway, ...] = (*topology.gateways, *topology.direct_connect_gateways)
    for each in named:
        owners.setdefault(each.asn, []).append(each.name)
    for center in topology.data_centers:
        for asn, owner in ((number, owner) for number in center.asns for owner in owners.get(number, ())):
            yield Hit(
                where=(*where(center), "asn"),
                subject=center.name,
                message=f"{center.name} and {owner} both have ASN {asn}",
                revealed_by=f"a connection from {center.name} to {owner}",
            )


RULES = (
    Rule(
        look=_deaf,
        code=Code(
            code="FL301",
            severity=Severity.WARNING,
            title="Two sites with one ASN discard each other's routes through AWS",
            symptom="BGP's loop check discards the other site's routes. The sites cannot reach each other through AWS.",
            revealed_by="traffic between the sites through AWS",
            remedy="Give each site its own ASN. Where you cannot, write allowas_in: 1 at both.",
            section_8=(20,),
        ),
    ),
    Rule(
        look=_lax,
        code=Code(
            code="FL302",
            severity=Severity.WARNING,
            title="A site accepts its own ASN more often than it needs",
            symptom="BGP's loop check is off. A site can learn its own prefixes through AWS and send its own traffic out and back.",
            revealed_by="the site loses its own route to one of its prefixes",
            remedy="Lower allowas_in, or remove it.",
            section_8=(21,),
        ),
    ),
    Rule(
        look=_prepended_away,
        code=Code(
            code="FL303",
            severity=Severity.WARNING,
            title="Prepending makes the loop check discard a backup route",
            symptom="The backup path is up, but the other site has no route by it. allowas_in counts each repetition.",
            revealed_by="the shorter path fails",
            remedy="Prepend less, raise allowas_in at the other site, or prefer by local_preference instead.",
            section_8=(20, 27),
        ),
    ),
    Rule(
        look=_one_number,
        code=Code(
            code="FL304",
            severity=Severity.NOTE,
            title="Two transit gateways have one ASN",
            symptom="AWS refuses both on one Direct Connect gateway. Routes of one that reach the other are discarded.",
            revealed_by="the next change of the design",
            remedy="Give each transit gateway its own ASN before it carries traffic.",
            section_8=(22,),
        ),
    ),
    Rule(
        look=_site_and_gateway,
        code=Code(
            code="FL305",
            severity=Severity.NOTE,
            title="A site and a gateway have one ASN",
            symptom="They cannot be connected, not even over another site: each discards the routes of the other.",
            revealed_by="a connection from the site to the gateway",
            remedy="Give the site another ASN. That of a virtual private gateway is fixed.",
            section_8=(22,),
        ),
    ),
)
