"""Resolve faults of routing."""

from ipaddress import IPv4Network
from itertools import islice

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import ANNOUNCEMENTS, LEGS, OUTLETS, SESSIONS, STATIC_ROUTES, Kind, target_of
from lab.model.bgp import Announcement, Outlet
from lab.model.fault import AssociationLoss, BgpShutdown, LongerPrefix, PrefixOverflow, PrefixWithdrawal, StaticRoute
from lab.model.plan import Plan

_NOBODYS = IPv4Network("198.18.0.0/15")
"""Prefixes for additional announcements. The range is reserved for tests of network devices (RFC 2544), so no site uses it."""

_WITH_VIFS = "virtual interfaces, or a target with some (Direct Connect connection, carrier, shared risk)"


def _bgp_shutdown(plan: Plan, target: str, _: Parameters) -> BgpShutdown:
    return BgpShutdown(sessions=target_of(plan, "bgp-shutdown", target, SESSIONS).sessions)


def _prefix_withdrawal(plan: Plan, target: str, _: Parameters) -> PrefixWithdrawal:
    return PrefixWithdrawal(outlets=target_of(plan, "prefix-withdrawal", target, OUTLETS).outlets)


def _prefix_overflow(plan: Plan, target: str, _: Parameters) -> PrefixOverflow:
    outlets = target_of(plan, "prefix-overflow", target, OUTLETS).outlets
    return PrefixOverflow(announcements=tuple(_one_too_many(outlet) for outlet in outlets))


def _one_too_many(outlet: Outlet) -> Announcement:
    """An announcement of additional prefixes: just enough of them that the site announces one more than AWS accepts.

    AWS's router does not pass them on. A thousand routes in every router would keep a small host busy during the measurement.
    """
    prefixes = tuple(islice(_NOBODYS.subnets(new_prefix=28), outlet.prefix_limit + 1))
    return Announcement(outlet=outlet, prefixes=prefixes, passed_on=False)


def _longer_prefix(plan: Plan, target: str, _: Parameters) -> LongerPrefix:
    return LongerPrefix(announcements=target_of(plan, "longer-prefix", target, ANNOUNCEMENTS).announcements)


def _static_route(plan: Plan, target: str, _: Parameters) -> StaticRoute:
    return StaticRoute(routes=target_of(plan, "static-route", target, STATIC_ROUTES).static_routes)


def _association_loss(plan: Plan, target: str, _: Parameters) -> AssociationLoss:
    return AssociationLoss(legs=target_of(plan, "association-loss", target, LEGS).legs)


KINDS: dict[str, Kind] = {
    "bgp-shutdown": Kind(
        targets=f"{_WITH_VIFS}; tunnels and VPN connections with BGP",
        resolve=_bgp_shutdown,
    ),
    "prefix-withdrawal": Kind(
        targets=f"{_WITH_VIFS}; VPN connections with BGP",
        resolve=_prefix_withdrawal,
    ),
    "prefix-overflow": Kind(targets="same as prefix-withdrawal", resolve=_prefix_overflow),
    "longer-prefix": Kind(targets="VPN connections with BGP", resolve=_longer_prefix),
    "static-route": Kind(targets="VPN connections", resolve=_static_route),
    "association-loss": Kind(targets="a Direct Connect gateway, or one of the gateways associated with one", resolve=_association_loss),
}
