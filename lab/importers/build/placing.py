"""Compare the user's sites with what comes in: is everything in one site, and does everything exist?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lab.importers.account import Account, CustomerGateway
from lab.importers.build.chosen import Chosen
from lab.model.sites import Edge, Site, Sites
from lab.model.where import Where
from lab.spelling import listed, near


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A mistake in `sites.yaml`, at a place in it."""

    where: Where
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A site of which something comes in, with its ASN. Only edges and ends that something comes in for are in it.

    `own_asns`: the edges that have another ASN, each with it.
    """

    site: Site
    asn: int
    own_asns: tuple[tuple[str, int], ...] = ()


def placed(sites: Sites, chosen: Chosen) -> tuple[Placed, ...]:
    """The sites that something comes in for. The sites must have no mistakes."""
    here = {each.id for each in chosen.ends}
    found = []
    for site in sites.sites:
        edges = (Edge(name=edge.name, ends=tuple(end for end in edge.ends if end in here)) for edge in site.edges)
        kept = replace(site, edges=tuple(edge for edge in edges if edge.ends))
        if kept.edges or (site.asn and not site.edges):
            asn = site.asn or min(_asns(kept.edges, chosen), default=0)
            apart = ((edge.name, number) for edge in kept.edges for number in _dynamic_asns((edge,), chosen) if number != asn)
            found.append(Placed(site=kept, asn=asn, own_asns=tuple(apart)))
    return tuple(found)


def mistakes(sites: Sites, chosen: Chosen, account: Account) -> Iterator[Mistake]:
    """The mistakes in the user's sites: unknown ids, ids in two places, ends without a site, and edges with several ASNs."""
    known = _all_ids(account, chosen)
    first: dict[str, str] = {}
    for site in sites.sites:
        for edge in site.edges:
            for number, end in enumerate(edge.ends):
                where = ("data_centers", site.name, "edges", edge.name, number)
                yield from _unknown(end, known, where)
                other = first.setdefault(end, edge.name)
                if other != edge.name:
                    yield Mistake(where=where, message=f"{end} is already on {other}; it ends on one router (remove one of the two)")
        yield from _wrong_asn(site, chosen)
    missing = [f"{each.id}{_named(each)}" for each in chosen.ends if each.id not in first]
    if missing:
        message = f"no router has {listed(missing)} (add each to a router under edges, or to leave_out)"
        yield Mistake(where=("data_centers",), message=message)
    yield from _other_sections(sites, account, known)
    here = {each.id for each in chosen.virtual_interfaces}
    for own in sites.own_settings:
        if own.over and own.over not in here:
            message = f"{own.over[:60]!r} is no virtual interface that was imported (write the id of a transit one, such as dxvif-…)"
            yield Mistake(where=(own.section, own.id, "over"), message=message)


def _wrong_asn(site: Site, chosen: Chosen) -> Iterator[Mistake]:
    """A mistake if an edge has several ASNs, or if the site says another one than AWS, or none although AWS does not know it."""
    at, asns = ("data_centers", site.name), sorted(_asns(site.edges, chosen))
    for edge in site.edges:
        every = ", ".join(map(str, sorted(_dynamic_asns((edge,), chosen))))
        if "," in every:
            message = f"what ends here has the ASNs {every}, but a router has one (make one edge for each ASN, or leave some out)"
            yield Mistake(where=(*at, "edges", edge.name), message=message)
    if len(asns) > 1 and site.asn is None:
        every = ", ".join(map(str, asns))
        message = f"its routers have the ASNs {every}, so AWS does not know the site's own (write asn, or make a data centre for each ASN)"
        yield Mistake(where=at, message=message)
    elif len(asns) == 1 and site.asn is not None and asns != [site.asn]:
        yield Mistake(where=(*at, "asn"), message=f"AWS has ASN {asns[0]} for what ends here, found {site.asn} (remove asn)")
    elif not site.edges and site.asn is None:
        yield Mistake(where=at, message="asn is missing: nothing of AWS ends here, so AWS does not know it (for instance asn: 65003)")


def _other_sections(sites: Sites, account: Account, known: dict[str, None]) -> Iterator[Mistake]:
    for section, groups in (("providers", sites.providers), ("shared_risk", sites.shared_risks)):
        for group in groups:
            for number, end in enumerate(group.ids):
                yield from _unknown(end, known, (section, group.name, number))
    for own in sites.own_settings:
        where = (own.section, own.id)
        yield from _unknown(own.id, known, where)
        if own.id in known and own.id not in _ids(account, own.section):
            yield Mistake(where=where, message=f"{own.id} is something else (only ids of {own.section.replace('_', ' ')} may be here)")
    for id_, _ in sites.names:
        yield from _unknown(id_, known, ("names", id_))
    for number, id_ in enumerate(sites.leave_out):
        yield from _unknown(id_, known, ("leave_out", number))


def _asns(edges: Sequence[Edge], chosen: Chosen) -> set[int]:
    """The ASNs of edges. A customer gateway with static routes only is asked only if nothing else has an ASN: nobody uses its ASN."""
    ends = {end for edge in edges for end in edge.ends}
    return _dynamic_asns(edges, chosen) or {each.asn for each in chosen.customer_gateways if each.id in ends}


def _dynamic_asns(edges: Sequence[Edge], chosen: Chosen) -> set[int]:
    """The ASNs with which edges speak BGP to AWS."""
    ends = {end for edge in edges for end in edge.ends}
    dynamic = {vpn.customer_gateway for vpn in chosen.vpn_connections if not vpn.is_static}
    found = {vif.asn for vif in chosen.virtual_interfaces if vif.connection in ends}
    return found | {each.asn for each in chosen.customer_gateways if each.id in ends & dynamic}


def _all_ids(account: Account, chosen: Chosen) -> dict[str, None]:
    sections = (name for name in account.__slots__ if name != "unread")
    locations = (vif.location for vif in account.virtual_interfaces)
    ends = (each.id for each in chosen.ends)
    return dict.fromkeys([*ends, *locations, *(id_ for section in sections for id_ in _ids(account, section))])


def _ids(account: Account, section: str) -> dict[str, None]:
    return dict.fromkeys(each.id for each in getattr(account, section))


def _unknown(id_: str, known: dict[str, None], where: Where) -> Iterator[Mistake]:
    if id_ not in known:
        meant = near(id_, known)
        way_out = f"did you mean {meant}?" if meant else "remove it, or add the file that has it"
        yield Mistake(where=where, message=f"nothing in the account has the id {id_[:60]!r} ({way_out})")


def _named(each: object) -> str:
    return " (customer gateway)" if isinstance(each, CustomerGateway) else " (circuit)"
