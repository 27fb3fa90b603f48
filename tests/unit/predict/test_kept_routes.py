"""Graceful restart in predictions: the session ends with its hold time, but its routes stay for the restart time."""

from lab.api.outlines import read_outline
from lab.model.event import Noticed
from lab.model.plan import Timers
from lab.model.prediction import Component
from lab.predict import Predictor
from lab.predict.recorded import as_recorded
from lab.predict.slowest import slowest_seconds
from tests.shipped import shipped_plan
from tests.told_cases import case


def test_a_fault_lasts_until_kept_routes_are_gone_and_no_longer_where_none_are_kept() -> None:
    assert slowest_seconds(shipped_plan(timers=Timers.TUNED)) == 3.6
    assert slowest_seconds(shipped_plan(timers=Timers.DEFAULT)) == 92.0
    topology = str(case("bfd-and-graceful-restart"))
    assert slowest_seconds(read_outline(topology, Timers.TUNED)) == 3 + 120 + 0.6
    assert slowest_seconds(read_outline(topology, Timers.DEFAULT)) == 90 + 120 + 0.6


def test_a_router_records_the_end_of_the_session_before_the_end_of_its_routes() -> None:
    predictor = Predictor(read_outline(str(case("bfd-and-graceful-restart")), Timers.TUNED))
    dark = Component(name="dx2", what="circuit", fault="silent-loss", silent=predictor.plan.target("dx2").links)
    earliest, latest = as_recorded(predictor, (dark,))
    for events, least, most in ((earliest, 2.0, 3.0), (latest, 3.0, 3.2)):
        (ended,) = (
            each.event for each in events if isinstance(each, Noticed) and each.event.node == "print-r" and each.event.source == "bgp"
        )
        assert least <= ended.at <= most
