"""Flaws of sessions: a session of the standby never comes up, and nobody looks because the primary works."""

from collections.abc import Callable
from dataclasses import replace

from lab.compiler.flaws.spoiling import customer_sessions, with_dead, with_neighbor
from lab.model.bgp import BgpSession
from lab.model.flaw import Flaw, Typed
from lab.model.plan import Plan
from lab.model.router import Neighbor


def _never_up(target: str, change: Callable[[Neighbor], Neighbor]) -> Callable[[Plan], Plan]:
    """A change of the customer's ends of all sessions of a target, after which they never come up."""

    def changed(plan: Plan) -> Plan:
        for session in customer_sessions(plan, target):
            plan = with_neighbor(plan, session, change)
        return with_dead(plan, target)

    return changed


def _right_remote_as(plan: Plan) -> tuple[Typed, ...]:
    return tuple(
        _typed(session, f"neighbor {session.neighbor} remote-as {_planned(plan, session).remote_as}")
        for session in customer_sessions(plan, "vpn1")
    )


def _right_key(plan: Plan) -> tuple[Typed, ...]:
    return tuple(
        _typed(session, f"neighbor {session.neighbor} password {_planned(plan, session).password}")
        for session in customer_sessions(plan, "vif2")
    )


def _planned(plan: Plan, session: BgpSession) -> Neighbor:
    router = plan.node(session.node).router
    return next(each for each in router.neighbors if each.address == session.neighbor) if router else _no_bgp(session)


def _no_bgp(session: BgpSession) -> Neighbor:
    raise ValueError(f"{session.node} has no BGP")


def _typed(session: BgpSession, *lines: str) -> Typed:
    return Typed(node=session.node, lines=(f"router bgp {session.asn}", *lines))


FLAWS = (
    Flaw(
        name="wrong-as-on-backup",
        summary="The backup's sessions expect another ASN than AWS's, so they never come up.",
        misconfigurations=(16, 37),
        topology="hybrid-backup",
        check="dx-cut",
        change=_never_up("vpn1", lambda each: replace(each, remote_as=each.remote_as + 1)),
        solution=_right_remote_as,
    ),
    Flaw(
        name="wrong-key-on-second-circuit",
        summary="The second circuit's session has another MD5 key than AWS's, so it never comes up.",
        misconfigurations=(15, 37),
        topology="redundant-dx",
        check="circuit-cut",
        change=_never_up("vif2", lambda each: replace(each, password=f"{each.password}-old")),
        solution=_right_key,
    ),
)
