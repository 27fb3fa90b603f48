"""Flaws of policy: the routers announce, accept or prefer the wrong routes. Every session is up."""

from dataclasses import replace
from ipaddress import IPv4Network

from lab.compiler.flaws.spoiling import customer_sessions, entry_of, with_entry, with_node, with_router, without_entry
from lab.model.flaw import Flaw, Typed
from lab.model.plan import Plan, Route
from lab.model.router import BgpRouter, InPrefixes, Network, PrefixList, Prepend, RouteMapEntry, SetPreference

_VPN_ROUTER, _DX_ROUTER = "dc2-r1", "dc1-r1"
_VPC, _VPC_LIST = IPv4Network("172.31.0.0/16"), "VPC"
_HALVES = tuple(IPv4Network("10.2.0.0/16").subnets(1))
_HALVES_LIST = "HALVES"
_HALVES_SEQ, _FILTER_SEQ = 5, 15


def _backup_preferred(plan: Plan) -> Plan:
    entry = entry_of(plan, _VPN_ROUTER, "AWS-IN-VPN", 20)
    kept = tuple(each for each in entry.set if not isinstance(each, SetPreference))
    return with_entry(plan, _VPN_ROUTER, replace(entry, set=(SetPreference(value=400), *kept)))


def _primary_preferred(_: Plan) -> tuple[Typed, ...]:
    return (Typed(node=_VPN_ROUTER, lines=("route-map AWS-IN-VPN permit 20", "set local-preference 100")),)


def _longer_on_backup(plan: Plan) -> Plan:
    def changed(router: BgpRouter) -> BgpRouter:
        return replace(
            router,
            networks=(*router.networks, *(Network(prefix=half) for half in _HALVES)),
            prefix_lists=(*router.prefix_lists, PrefixList(name=_HALVES_LIST, prefixes=_HALVES)),
        )

    plan = with_router(plan, _VPN_ROUTER, changed)
    entry = RouteMapEntry(name="AWS-OUT-vpn1", seq=_HALVES_SEQ, match=(InPrefixes(list=_HALVES_LIST),))
    return with_entry(plan, _VPN_ROUTER, entry)


def _no_longer_prefix(plan: Plan) -> tuple[Typed, ...]:
    (session, *_) = customer_sessions(plan, "vpn1")
    withdrawn = tuple(f"no network {half}" for half in _HALVES)
    return (
        Typed(node=_VPN_ROUTER, lines=(f"no route-map AWS-OUT-vpn1 permit {_HALVES_SEQ}",)),
        Typed(node=_VPN_ROUTER, lines=(f"router bgp {session.asn}", "address-family ipv4 unicast", *withdrawn)),
    )


def _backup_silent(plan: Plan) -> Plan:
    return without_entry(plan, _VPN_ROUTER, "AWS-OUT-vpn1", 10)


def _backup_announces(_: Plan) -> tuple[Typed, ...]:
    lines = ("route-map AWS-OUT-vpn1 permit 10", "match ip address prefix-list OWN", "set comm-list INTERNAL-TAGS delete")
    return (Typed(node=_VPN_ROUTER, lines=lines),)


def _backup_deaf(plan: Plan) -> Plan:
    def changed(router: BgpRouter) -> BgpRouter:
        return replace(router, prefix_lists=(*router.prefix_lists, PrefixList(name=_VPC_LIST, prefixes=(_VPC,))))

    plan = with_router(plan, _VPN_ROUTER, changed)
    entry = RouteMapEntry(name="AWS-IN-VPN", seq=_FILTER_SEQ, permit=False, match=(InPrefixes(list=_VPC_LIST),))
    return with_entry(plan, _VPN_ROUTER, entry)


def _backup_listens(_: Plan) -> tuple[Typed, ...]:
    return (Typed(node=_VPN_ROUTER, lines=(f"no route-map AWS-IN-VPN deny {_FILTER_SEQ}",)),)


def _interconnect_without_aws(plan: Plan) -> Plan:
    return without_entry(plan, "dc2-core", "DCI-OUT", 40)


def _interconnect_with_aws(_: Plan) -> tuple[Typed, ...]:
    return (Typed(node="dc2-core", lines=("route-map DCI-OUT permit 40", "match community FROM-VPN")),)


def _static_to_circuit(plan: Plan) -> Plan:
    """The core router sends the VPC's traffic to the Direct Connect router, whatever BGP says."""
    gateway = _towards_circuit(plan)
    return with_node(plan, "dc1-core", lambda node: replace(node, routes=(*node.routes, gateway)))


def _no_static_to_circuit(plan: Plan) -> tuple[Typed, ...]:
    return (Typed(node="dc1-core", lines=(f"ip route del {_VPC} via {_towards_circuit(plan).via}",), in_shell=True),)


def _towards_circuit(plan: Plan) -> Route:
    session = next(each for each in plan.sessions if (each.node, each.neighbor_node) == ("dc1-core", _DX_ROUTER))
    return Route(prefix=_VPC, via=session.neighbor)


def _prepends_on_primary(plan: Plan) -> Plan:
    """The site prepends on the wrong virtual interface, so AWS answers over the other site's circuit."""
    entry = entry_of(plan, _DX_ROUTER, "AWS-OUT-vif1", 10)
    return with_entry(plan, _DX_ROUTER, replace(entry, set=(*entry.set, Prepend(asns=(65001,) * 3))))


def _no_prepend(_: Plan) -> tuple[Typed, ...]:
    return (Typed(node=_DX_ROUTER, lines=("route-map AWS-OUT-vif1 permit 10", "no set as-path prepend")),)


FLAWS = (
    Flaw(
        name="backup-preferred",
        summary="The local preference of the VPN is above that of the circuit, so the site always sends by its backup.",
        misconfigurations=(26,),
        topology="hybrid-backup",
        check="dx-cut",
        change=_backup_preferred,
        solution=_primary_preferred,
    ),
    Flaw(
        name="longer-on-backup",
        summary="The backup announces longer prefixes than the circuit, so AWS always answers over the backup.",
        misconfigurations=(8,),
        topology="hybrid-backup",
        check="dx-cut",
        change=_longer_on_backup,
        solution=_no_longer_prefix,
    ),
    Flaw(
        name="backup-silent",
        summary="The backup's sessions are up, but the site announces nothing of its own there.",
        misconfigurations=(14, 37),
        topology="hybrid-backup",
        check="dx-cut",
        change=_backup_silent,
        solution=_backup_announces,
    ),
    Flaw(
        name="backup-deaf",
        summary="A filter at the backup drops the VPC's prefix. Its sessions are up, and AWS can reach the site.",
        misconfigurations=(14, 37),
        topology="hybrid-backup",
        check="dx-cut",
        change=_backup_deaf,
        solution=_backup_listens,
    ),
    Flaw(
        name="interconnect-without-aws",
        summary="The site with the VPN does not tell the other site about it, so the interconnect does not help.",
        misconfigurations=(12,),
        topology="hybrid-backup",
        check="dx-cut",
        change=_interconnect_without_aws,
        solution=_interconnect_with_aws,
    ),
    Flaw(
        name="static-to-circuit",
        summary="A static route in the core router leads to the circuit. It goes before BGP, also when the circuit is dead.",
        misconfigurations=(7,),
        topology="hybrid-backup",
        check="dx-dark",
        change=_static_to_circuit,
        solution=_no_static_to_circuit,
    ),
    Flaw(
        name="prepends-on-primary",
        summary="The site prepends on its own circuit, so AWS answers over the other site's circuit and the interconnect.",
        misconfigurations=(27,),
        topology="redundant-dx",
        check="as-drawn",
        change=_prepends_on_primary,
        solution=_no_prepend,
    ),
)
