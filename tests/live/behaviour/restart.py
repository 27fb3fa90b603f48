"""Graceful restart on virtual interfaces: what keeps dead routes, and what ends it."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken, told
from tests.live.behaviour.labs import DX
from tests.live.behaviour.preference import HOME, REMOTE, SITE
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import facts, heard, session, state
from tests.waiting import wait_for

ROUTER, VPC = "dc1-r1", "172.31.0.0/16"
OWN_SECONDS, AWS_SECONDS = 180, 120
"""The restart times of the customer's router and of AWS's devices."""


@shown(
    "AWS's restart time on a virtual interface is 120 s.",
    source="3.2 D26, RP",
    lab=DX,
    done="Nothing. The customer has graceful restart with 180 s on two virtual interfaces of one router, and not on the others.",
    seen="Each end of the two has heard the other's time. At the others graceful restart is off.",
)
def restart_times(lab: RunningLab) -> None:
    for device in (HOME, REMOTE):
        assert _heard_seconds(lab, ROUTER, device) == AWS_SECONDS
        assert _heard_seconds(lab, device, ROUTER) == OWN_SECONDS
    (other,) = lab.plan.target("vif3").sessions
    info = facts(lab, other.node, other.neighbor_node)["gracefulRestartInfo"]
    assert isinstance(info, dict)
    assert str(info["localGrMode"]).startswith("Disable")


@shown(
    "After a silent loss that BFD notices, no route is kept: BFD ends the session for good (a hard reset, RFC 8538).",
    source="3.2 D26, FRR",
    lab=DX,
    done="A circuit with BFD and graceful restart loses every packet.",
    seen="Within seconds neither end has a route from the other. The restart times would be minutes.",
)
def ended_by_bfd(lab: RunningLab) -> None:
    with broken(lab, "silent-loss", "dx1"):
        wait_for(lambda: not heard(lab, ROUTER, VPC, HOME), "the customer without AWS's route", 10)
        wait_for(lambda: not heard(lab, HOME, SITE, ROUTER), "AWS without the customer's route", 10)


@shown(
    "A router that checks the control plane ignores BFD without the C bit (RFC 5882 4.3). It keeps AWS's dead routes.",
    source="3.2 D26, RP, FRR",
    lab=DX,
    done="The same with `check-control-plane-failure` at the customer's router.",
    seen="AWS's route is stale at the customer after its session has ended, and still its best. AWS has no route to the customer.",
)
def kept_despite_bfd(lab: RunningLab) -> None:
    of = session(lab, ROUTER, HOME)
    lines = [f"router bgp {of.asn}", f"neighbor {of.neighbor} bfd check-control-plane-failure"]
    with told(lab, ROUTER, lines, [lines[0], f"no {lines[1]}"]), broken(lab, "silent-loss", "dx1"):
        wait_for(lambda: not heard(lab, HOME, SITE, ROUTER), "AWS without the customer's route", 10)
        wait_for(lambda: state(lab, ROUTER, HOME) != "Established", "the customer's hold time", 10)
        wait_for(lambda: _is_kept(lab, ROUTER, VPC, HOME), "the customer with a stale route", 10)


@shown(
    "After a silent loss that only the hold time notices, both ends keep the dead routes for the restart time (RFC 8538).",
    source="3.2 D26, FRR",
    lab=DX,
    done="A circuit without BFD and with graceful restart loses every packet.",
    seen="After the hold time both ends have the other's route, stale.",
)
def kept_after_the_hold_time(lab: RunningLab) -> None:
    with broken(lab, "silent-loss", "dx2"):
        for here, there, prefix in ((ROUTER, REMOTE, VPC), (REMOTE, ROUTER, SITE)):
            wait_for(lambda here=here, there=there: state(lab, here, there) != "Established", f"the hold time of {here}", 10)
            wait_for(lambda of=(here, prefix, there): _is_kept(lab, *of), f"{here} with a stale route", 10)


def _is_kept(lab: RunningLab, node: str, prefix: str, source: str) -> bool:
    """Whether a route of an ended session is kept. FRR ends the session first, and marks its routes stale in the background."""
    return [path.stale for path in heard(lab, node, prefix, source)] == [True]


def _heard_seconds(lab: RunningLab, node: str, neighbor: str) -> object:
    """The restart time that a router has heard from its neighbor, in seconds."""
    info = facts(lab, node, neighbor)["gracefulRestartInfo"]
    assert isinstance(info, dict)
    return info["timers"]["receivedRestartTimer"]
