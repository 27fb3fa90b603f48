"""Flaws of detection: the customer's routers notice a dead path late, or do not believe what they notice."""

from dataclasses import replace

from lab.compiler.flaws.spoiling import customer_sessions, with_neighbor
from lab.model.bgp import BgpSession
from lab.model.flaw import Flaw, Typed
from lab.model.plan import Plan

_SLOW_KEEPALIVE, _SLOW_HOLD = 60, 180
"""The defaults of many routers, in seconds. AWS proposes a hold time of 30 s on a VPN, and the lower one counts."""

_RESTART_SECONDS = 120
"""AWS's restart time on a virtual interface, in seconds."""


def _without_bfd(plan: Plan) -> Plan:
    """Neither end has BFD. AWS's end follows the customer's (see Bfd)."""
    for session in (*customer_sessions(plan, "vif1"), *plan.target("vif1").sessions):
        plan = with_neighbor(plan, session, lambda each: replace(each, bfd=None))
    return plan


def _bfd_again(plan: Plan) -> tuple[Typed, ...]:
    return tuple(_typed(session, f"neighbor {session.neighbor} bfd") for session in customer_sessions(plan, "vif1"))


def _slow_timers(plan: Plan) -> Plan:
    for session in _of_dc1(plan):
        plan = with_neighbor(plan, session, lambda each: replace(each, keepalive=_SLOW_KEEPALIVE, hold=_SLOW_HOLD))
    return plan


def _fast_timers(plan: Plan) -> tuple[Typed, ...]:
    """A new hold time is proposed in a new session."""
    return tuple(
        _typed(session, f"neighbor {session.neighbor} timers 1 3", f"do clear bgp {session.neighbor}") for session in _of_dc1(plan)
    )


def _stale_despite_bfd(plan: Plan) -> Plan:
    for session in customer_sessions(plan, "vif1"):
        plan = with_neighbor(
            plan,
            session,
            lambda each: replace(each, restart_time=_RESTART_SECONDS, bfd=each.bfd and replace(each.bfd, checks_control_plane=True)),
        )
    for session in plan.target("vif1").sessions:
        plan = with_neighbor(plan, session, lambda each: replace(each, restart_time=_RESTART_SECONDS))
    return plan


def _bfd_alone_decides(plan: Plan) -> tuple[Typed, ...]:
    return tuple(
        _typed(session, f"no neighbor {session.neighbor} bfd check-control-plane-failure", f"neighbor {session.neighbor} bfd")
        for session in customer_sessions(plan, "vif1")
    )


def _of_dc1(plan: Plan) -> tuple[BgpSession, ...]:
    return tuple(session for vpn in ("vpn1", "vpn2") for session in customer_sessions(plan, vpn))


def _typed(session: BgpSession, *lines: str) -> Typed:
    return Typed(node=session.node, lines=(f"router bgp {session.asn}", *lines))


FLAWS = (
    Flaw(
        name="no-bfd",
        summary="The virtual interface has no BFD. Nobody notices a dark circuit before the hold time ends.",
        misconfigurations=(17,),
        topology="hybrid-backup",
        check="dx-dark",
        change=_without_bfd,
        solution=_bfd_again,
    ),
    Flaw(
        name="slow-timers",
        summary="The VPN appliances of dc1 propose a hold time of 180 s, so AWS's 30 s count. BFD does not exist on a VPN.",
        misconfigurations=(17, 19),
        topology="active-active-vpn",
        check="internet",
        change=_slow_timers,
        solution=_fast_timers,
    ),
    Flaw(
        name="stale-despite-bfd",
        summary="Graceful restart goes before BFD, so the router keeps dead routes after BFD has noticed.",
        misconfigurations=(18,),
        topology="hybrid-backup",
        check="dx-dark",
        change=_stale_despite_bfd,
        solution=_bfd_alone_decides,
    ),
)
