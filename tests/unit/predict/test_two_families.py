"""IPv4 and IPv6 of one network are predicted together, and neither uses the other's sessions."""

from lab.api.outlines import read_outline
from lab.model.plan import Timers
from lab.model.prediction import Component
from lab.predict import Predictor
from tests.told_cases import case

PLAN = read_outline(str(case("ipv6-without-bfd")), Timers.TUNED)


def test_ipv4_fails_over_by_bfd_and_ipv6_waits_for_its_hold_time() -> None:
    silent = Component(name="dark", what="circuit", fault="silent-loss", silent=PLAN.target("dx-sto").links)
    flows = {(each.flow, each.direction): each for each in Predictor(PLAN).of((silent,)).flows}
    for direction in ("forward", "reverse"):
        first, second = flows["plant-mes", direction], flows["plant-mes-ipv6", direction]
        assert (first.noticed_by, second.noticed_by) == ("BFD", "hold time")
        assert first.outage_seconds is not None
        assert second.outage_seconds is not None
        assert first.outage_seconds[1] < 1.2
        assert 6 < second.outage_seconds[0] < second.outage_seconds[1] < 10.5
        assert first.paths == second.paths


def test_the_prediction_is_the_same_without_pruning() -> None:
    pruned, full = Predictor(PLAN), Predictor(PLAN, prunes=False)
    for component in pruned.components:
        assert pruned.of((component,)) == full.of((component,))
