"""Reading faults of routing."""

from lab.intent.faults.parameters import Parameters
from lab.intent.faults.target import ANNOUNCEMENTS, SESSIONS, STATIC_ROUTES, Kind, target_of
from lab.model.fault import BgpShutdown, LongerPrefix, StaticRoute
from lab.model.plan import Plan


def _bgp_shutdown(plan: Plan, target: str, _: Parameters) -> BgpShutdown:
    return BgpShutdown(sessions=target_of(plan, "bgp-shutdown", target, SESSIONS).sessions)


def _longer_prefix(plan: Plan, target: str, _: Parameters) -> LongerPrefix:
    return LongerPrefix(announcements=target_of(plan, "longer-prefix", target, ANNOUNCEMENTS).announcements)


def _static_route(plan: Plan, target: str, _: Parameters) -> StaticRoute:
    return StaticRoute(routes=target_of(plan, "static-route", target, STATIC_ROUTES).static_routes)


KINDS: dict[str, Kind] = {
    "bgp-shutdown": Kind(
        targets="virtual interfaces, or what has some (Direct Connect connection, carrier, shared risk)", resolve=_bgp_shutdown
    ),
    "longer-prefix": Kind(targets="VPN connections with BGP", resolve=_longer_prefix),
    "static-route": Kind(targets="VPN connections", resolve=_static_route),
}
