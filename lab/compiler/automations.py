"""Automations with everything that their actions change: BGP sessions, route-maps, announcements and static routes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from lab.compiler.blueprint import Blueprint
from lab.compiler.targets import halves
from lab.model.automation import ActionKind, Automation, EchoWay, ExtraRoute, Order, PlannedAutomation
from lab.model.bgp import Announcement, BgpSession, Outlet
from lab.model.change import Announced, Redressed, RouterChange, SessionShut, Withheld
from lab.model.ip import Prefix
from lab.model.plan import Target
from lab.model.router import BgpRouter, DropCommunities, Prepend, RouteMapEntry, Set, SetCommunities
from lab.model.tunnel import Tunnel

_FIRST_ENTRY = 6
"""The number of the first entry of an action in a route-map. It is before all entries of a plan, and after those of faults."""


def automations(blueprint: Blueprint, targets: Sequence[Target], routers: Mapping[str, BgpRouter | None]) -> tuple[PlannedAutomation, ...]:
    """The automations of a topology."""
    by_name = {target.name: target for target in targets}
    return tuple(_planned(blueprint, each, by_name[each.order.target], routers) for each in blueprint.topology.automations)


def _planned(blueprint: Blueprint, automation: Automation, target: Target, routers: Mapping[str, BgpRouter | None]) -> PlannedAutomation:
    order, planned = automation.order, PlannedAutomation(automation=automation)
    outlets, sessions = target.outlets, tuple(session for outlet in target.outlets for session in _customers(outlet))
    away = replace(planned, echoes=tuple(_echoes(blueprint, target)))
    match order.kind:
        case ActionKind.SHUT:
            return replace(away, changes=tuple(SessionShut(session=each) for each in sessions), closes=sessions)
        case ActionKind.OPEN:
            return replace(planned, resets=(*target.sessions, *sessions))
        case ActionKind.PREPEND | ActionKind.PREFER:
            return replace(away, changes=tuple(_redressed(each, routers[each.node], order) for each in outlets))
        case ActionKind.WITHDRAW:
            return replace(away, changes=_withheld(outlets, order.prefix), closes=() if order.prefix else sessions)
        case ActionKind.ANNOUNCE:
            prefixes = (order.prefix,) if order.prefix else halves(blueprint, blueprint.center_of(outlets[0].node))
            return replace(planned, changes=tuple(Announced(announcement=Announcement(outlet=each, prefixes=prefixes)) for each in outlets))
        case ActionKind.ROUTE | ActionKind.RUN:  # nobody knows what a script changes
            return replace(planned, routes=tuple(_routes(blueprint, order)))
        case _:
            assert_never(order.kind)


def _customers(outlet: Outlet) -> tuple[BgpSession, ...]:
    """The sessions of an outlet, as the customer's router sees them."""
    both = zip(outlet.neighbors, outlet.sessions, strict=True)
    return tuple(BgpSession(node=outlet.node, asn=outlet.asn, neighbor=address, neighbor_node=aws.node) for address, aws in both)


def _withheld(outlets: Sequence[Outlet], prefix: Prefix | None) -> tuple[RouterChange, ...]:
    return tuple(Withheld(outlet=each, prefixes=(prefix,) if prefix else ()) for each in outlets)


def _redressed(outlet: Outlet, router: BgpRouter | None, order: Order) -> Redressed:
    """The planned entries of the outlet's route-map, with another AS path or community."""
    planned = [entry for entry in router.route_maps if entry.name == outlet.route_map] if router else []
    entries = (
        RouteMapEntry(name=entry.name, seq=number, match=entry.match, set=_dressed(entry.set, outlet.asn, order))
        for number, entry in enumerate(planned, start=_FIRST_ENTRY)
    )
    return Redressed(outlet=outlet, entries=tuple(entries))


def _dressed(planned: tuple[Set, ...], asn: int, order: Order) -> tuple[Set, ...]:
    if order.kind is ActionKind.PREPEND:
        return (*(each for each in planned if not isinstance(each, Prepend)), Prepend(asns=(asn,) * order.times))
    others = (each for each in planned if not isinstance(each, SetCommunities | DropCommunities))
    return (SetCommunities(values=(order.community,)), *others)


def _routes(blueprint: Blueprint, order: Order) -> Iterator[ExtraRoute]:
    """The static routes into the tunnels of a VPN connection. At the site, the first tunnel is preferred."""
    for number, (tunnel, own, far) in enumerate(_tunnels(blueprint, order.target), start=1):
        if order.side == "aws":
            for prefix in (order.prefix,) if order.prefix else own:
                yield ExtraRoute(node=tunnel.aws.node, prefix=prefix, interface=tunnel.aws.device)
        else:
            for prefix in (order.prefix,) if order.prefix else far:
                yield ExtraRoute(node=tunnel.customer.node, prefix=prefix, interface=tunnel.customer.device, metric=number)


def _tunnels(blueprint: Blueprint, name: str) -> Iterator[tuple[Tunnel, tuple[Prefix, ...], tuple[Prefix, ...]]]:
    """The tunnels of a VPN connection, each with the prefixes of its site and of the VPCs behind its gateway."""
    cidrs = {vpc.name: vpc.cidr for vpc in blueprint.topology.vpcs}
    for site in blueprint.tunnels:
        if site.vpn.name == name:
            gateway = blueprint.gateway(site.vpn.gateway)
            yield site.tunnel, blueprint.center_of(site.vpn.customer_gateway).prefixes, tuple(cidrs[vpc] for vpc in gateway.vpcs)


def _echoes(blueprint: Blueprint, target: Target) -> Iterator[EchoWay]:
    for site in blueprint.vifs:
        if site.vif.name == target.name:
            yield EchoWay(node=site.connection.edge, source=site.customer.ip, target=site.aws.ip)
    for each in blueprint.tunnels:
        if each.tunnel.name in target.tunnels:
            customer, aws = each.tunnel.customer, each.tunnel.aws
            yield EchoWay(node=customer.node, source=customer.inside.ip, target=aws.inside.ip)
