"""What a finding claims is so, on networks that were not drawn for it."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from lab.model.audit import Finding
from lab.model.plan import Timers
from lab.model.topology import Topology
from lab.predict import Predictor
from lab.predict.audit import Design, audited, pairs
from tests.networks import NETWORKS, planned
from tests.shipped import TOPOLOGIES, shipped_topology

ALL = {**NETWORKS, **{name: shipped_topology(name) for name in TOPOLOGIES}}
CUTTING = ("FL101", "FL102", "FL103", "FL104", "FL201", "FL202", "FL203", "FL204", "FL205")


@cache
def design_of(name: str, timers: Timers = Timers.TUNED) -> Design:
    return Design(topology=ALL[name], predictor=Predictor(planned(ALL[name], timers)), budget_seconds=5.0)


def found(name: str, *codes: str, timers: Timers = Timers.TUNED) -> Iterator[Finding]:
    return (each for each in audited(design_of(name, timers)) if each.code in codes)


def names(topology: Topology) -> set[str]:
    names = {each.name for each in topology.data_centers} | {each.name for each in topology.interconnects}
    names |= {each.name for each in topology.vpcs} | {each.name for each in topology.gateways} | {each.name for each in topology.flows}
    names |= {each.name for each in topology.locations} | {each.name for each in topology.direct_connect_gateways}
    names |= {each.name for each in topology.connections} | {each.name for each in topology.virtual_interfaces}
    return names | {each.name for each in topology.vpn_connections}


@pytest.mark.parametrize("name", ALL)
def test_what_is_said_to_cut_a_flow_off_does(name: str) -> None:
    predictor = design_of(name).predictor
    before = {(each.flow, each.direction): each.reachable for each in predictor.of(()).flows}
    components = {each.name: each for each in predictor.components}
    for finding in found(name, *CUTTING):
        if finding.subject not in components:
            continue  # providers of which the file names none
        cut = {each.flow for each in predictor.of((components[finding.subject],)).flows if not each.reachable}
        told = {flow.name for flow in ALL[name].flows if flow.name in re.findall(r"[\w-]+", finding.message)}
        assert told, finding.message
        assert told <= cut, finding.message
        assert all(before[flow, way] for flow in told for way in ("forward", "reverse")), finding.message


@pytest.mark.parametrize("name", ALL)
def test_a_single_failure_that_cuts_a_flow_off_is_a_finding(name: str) -> None:
    """No connection or interconnect is forgotten."""
    design = design_of(name)
    units = [*(each.name for each in design.lines), *(each.name for each in ALL[name].interconnects)]
    cutting = {each for each in units if design.cut_by(each)}
    assert {each.subject for each in found(name, "FL101", "FL102", "FL103")} == cutting


@pytest.mark.parametrize("name", ALL)
def test_the_budget_is_exceeded_only_where_it_is_said(name: str) -> None:
    for timers in Timers:
        affected = design_of(name, timers).affected.values()
        longest = max((each.outage_seconds[1] for flows in affected for each in flows if each.outage_seconds), default=0.0)
        assert any(found(name, "FL501", timers=timers)) == (longest > 5.0)


@pytest.mark.parametrize("name", ALL)
def test_a_finding_and_a_pair_are_about_names_of_the_file(name: str) -> None:
    known = names(ALL[name])
    for finding in audited(design_of(name)):
        assert finding.where, finding.message
        assert finding.message == finding.message.strip(), finding.message
        assert not finding.message.endswith("."), finding.message
        assert known.intersection(str(part) for part in finding.where), finding.message
    for pair in pairs(design_of(name)):
        assert known.issuperset(pair.connections)
