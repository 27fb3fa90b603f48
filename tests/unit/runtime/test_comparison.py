"""Comparison: what is counted, and how the routes of a lab may differ from earlier ones."""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pytest

from lab.model.change import SessionShut
from lab.model.status import Difference, RouteStatus
from lab.runtime.comparison import compare, route_line
from tests.shipped import shipped_plan
from tests.unit.runtime.test_repair import Host

SITE = RouteStatus(node="vgw", prefix=IPv4Network("10.1.0.0/16"), via=("vpn1-1",))


@dataclass
class Learning(Host):
    """A lab with routes and with earlier routes."""

    learned: tuple[RouteStatus, ...] = (SITE,)
    before: tuple[RouteStatus, ...] | None = (SITE,)

    def __post_init__(self) -> None:
        Host.__init__(self, shipped_plan())

    def routes(self) -> tuple[RouteStatus, ...]:
        return self.learned

    def kept_routes(self) -> frozenset[str] | None:
        return None if self.before is None else frozenset(map(route_line, self.before))


def _other(via: tuple[str, ...]) -> RouteStatus:
    return RouteStatus(node="vgw", prefix=SITE.prefix, via=via)


def test_a_whole_lab_has_everything_counted_and_no_difference() -> None:
    comparison = compare(Learning())
    plan = shipped_plan()
    assert comparison.differences == ()
    assert (comparison.nodes, comparison.learned_routes) == (len(plan.nodes), 1)
    assert (comparison.sessions, comparison.tunnels) == (len(plan.sessions), len(plan.tunnels))
    assert comparison.interfaces > comparison.nodes


@pytest.mark.parametrize(
    ("now", "found", "planned"),
    [
        ((), "no route 10.1.0.0/16", "route 10.1.0.0/16 via vpn1-1"),
        ((_other(("vpn2-1",)),), "route 10.1.0.0/16 via vpn2-1", "route 10.1.0.0/16 via vpn1-1"),
        ((_other(("vpn1-1", "vpn2-1")),), "route 10.1.0.0/16 via vpn1-1, vpn2-1", "route 10.1.0.0/16 via vpn1-1"),
    ],
)
def test_a_route_that_is_not_what_it_was_is_a_difference(now: tuple[RouteStatus, ...], found: str, planned: str) -> None:
    assert compare(Learning(learned=now)).differences == (Difference(place="vgw", found=found, planned=planned, learned=True),)


def test_a_route_that_was_not_there_is_a_difference() -> None:
    found = Difference(place="vgw", found="route 10.1.0.0/16 via vpn1-1", planned="no route 10.1.0.0/16", learned=True)
    assert compare(Learning(before=())).differences == (found,)


def test_without_kept_routes_none_are_compared_and_that_is_reported() -> None:
    comparison = compare(Learning(before=None))
    assert (comparison.learned_routes, comparison.differences) == (None, ())


def test_a_session_that_is_coming_up_is_a_difference() -> None:
    lab = Learning()
    lab.change_router(SessionShut(session=lab.plan.sessions[0]))
    assert [difference for difference in compare(lab).differences if difference.learned]


def test_without_containers_only_their_loss_is_reported() -> None:
    lab = Learning()
    lab.states = dict.fromkeys(lab.states, "exited")
    assert {difference.found for difference in compare(lab).differences} == {"container exited"}
