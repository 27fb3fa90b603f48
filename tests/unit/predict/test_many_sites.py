"""A generated design of many sites: a failure costs what depends on it, and an audit finds what it would find without any shortcut."""

from functools import cache
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lab.api.bench.many_sites import many_sites
from lab.compiler import outline_topology
from lab.intent import read_topology
from lab.model.audit import Finding
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.prediction import Component
from lab.model.topology import Topology
from lab.predict import Predictor
from lab.predict.audit import Design, audited
from tests.shipped import TOPOLOGIES, shipped_plan

SITES, AT_GATEWAY = 40, 10


@cache
def _topology() -> Topology:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "many-sites.yaml"
        file.write_text(many_sites(SITES, AT_GATEWAY))
        return read_topology(file)


@cache
def _plan() -> Plan:
    return outline_topology(_topology(), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


def _findings(predictor: Predictor) -> tuple[Finding, ...]:
    return audited(Design(topology=_topology(), predictor=predictor, budget_seconds=1.0))


def test_an_audit_of_many_sites_finds_what_it_finds_without_shortcuts() -> None:
    found = _findings(Predictor(_plan()))
    assert len(found) >= SITES
    assert found == _findings(Predictor(_plan(), prunes=False))


def test_every_failure_of_one_site_and_every_common_one_is_predicted_as_without_shortcuts() -> None:
    quick, plain = Predictor(_plan()), Predictor(_plan(), prunes=False)
    others = {f"{name}{n}" for name in ("s", "v") for n in range(SITES) if n != 7}
    few = [(each,) for each in quick.components if not any(part in others for part in each.name.replace("--", "-").split("-"))]
    assert quick.these_sets(few) == plain.these_sets(few)


def test_a_failure_of_one_site_computes_as_many_tables_among_many_sites_as_among_few() -> None:
    """The prefixes of all other sites change in the same way, so one table is computed for all of them."""
    predictor = Predictor(_plan())
    (site,) = (each for each in predictor.components if each.name == "s7")
    before = predictor.computed
    predictor.of((site,))
    assert predictor.computed - before <= 3


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_set_that_breaks_nothing_more_on_which_a_decision_depends_computes_nothing(name: str) -> None:
    predictor, plain = Predictor(shipped_plan(name)), Predictor(shipped_plan(name), prunes=False)
    free: list[tuple[Component, ...]] = []
    for each in chain(((one,) for one in predictor.components), combinations(predictor.components, 2)):
        before = predictor.computed
        predictor.of(each)
        if predictor.computed == before:
            free.append(each)
    some = free[:: max(1, len(free) // 25)]
    assert some
    assert predictor.these_sets(some) == plain.these_sets(some)
