"""Advice: each addition is a design of its own, and saves what that design is better by."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.api.advice import advised
from lab.compiler import outline_topology
from lab.intent import mistakes, read_topology
from lab.model.advice import Advised
from lab.model.availability import FlowAvailability
from lab.model.plan import Ipsec, Timers
from lab.model.topology import Topology
from lab.predict import Predictor
from lab.predict.availability import availability
from tests.shipped import ROOT, TOPOLOGIES, shipped_topology
from tests.unit.intent.networks import REDUNDANT_DX


def _flows(topology: Topology) -> tuple[FlowAvailability, ...]:
    plan = outline_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    return availability(Predictor(plan), topology.stated).flows


def _advised(topology: Topology) -> Advised:
    return advised(topology, Timers.TUNED, _flows(topology))


def _saved(found: Advised) -> dict[str, float]:
    return {each.change: each.minutes_saved for each in found.advice}


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_shipped_design_without_its_file_has_no_mistake(name: str) -> None:
    assert mistakes(shipped_topology(name)) == ()


def test_every_kind_of_addition_is_tried_and_the_best_comes_first() -> None:
    found = _advised(shipped_topology("sitelink-only"))
    assert set(_saved(found)) == {
        "an interconnect between dc1 and dc2",
        *(f"a circuit from {edge} to another device at {place}" for edge in ("dc1-r1", "dc2-r1") for place in ("loc-a", "loc-b")),
        *(f"a circuit from {edge} to another location" for edge in ("dc1-r1", "dc2-r1")),
        *(f"a VPN from {edge} to vgw" for edge in ("dc1-r1", "dc2-r1")),
        *(f"another router at {site} with a circuit to another location" for site in ("dc1", "dc2")),
        *(f"another router at {site} with a VPN to vgw" for site in ("dc1", "dc2")),
    }
    assert found.left_out == ()
    assert [each.minutes_saved for each in found.advice] == sorted((each.minutes_saved for each in found.advice), reverse=True)
    assert found.advice[0].kind == "interconnect"


def test_an_addition_saves_what_the_design_with_it_is_better_by(tmp_path: Path) -> None:
    """The same VPN, written into the file by hand."""
    text = (ROOT / "topologies" / "redundant-dx.yaml").read_text(encoding="utf-8")
    path = tmp_path / "redundant-dx.yaml"
    path.write_text(text + "vpn_connections: {vpn9: {customer_gateway: dc1-r1, gateway: vgw, provider: isp-z}}\n", encoding="utf-8")
    before, after = _flows(read_topology(ROOT / "topologies" / "redundant-dx.yaml")), _flows(read_topology(path))
    expected = sum(
        one.minutes_a_year + one.failover_minutes[1] - other.minutes_a_year - other.failover_minutes[1]
        for one, other in zip(before, after, strict=True)
    )
    assert _saved(_advised(shipped_topology("redundant-dx")))["a VPN from dc1-r1 to vgw"] == pytest.approx(expected)
    assert expected > 1


def test_a_design_of_which_only_single_failures_are_known_is_compared_with_no_exact_one() -> None:
    topology = shipped_topology("sitelink-only")
    one, *others = _flows(topology)
    found = advised(topology, Timers.TUNED, (replace(one, most_failures=1), *others))
    assert found.advice == ()
    assert {each.reason for each in found.left_out} == {"too large to compare exactly"}
    assert {each.change for each in found.left_out} == set(_saved(_advised(topology)))


def test_bfd_saves_minutes_in_failovers_alone() -> None:
    whole = shipped_topology("hybrid-backup")
    without = replace(whole, virtual_interfaces=tuple(replace(each, bfd=False) for each in whole.virtual_interfaces))
    better, worse = _flows(whole), _flows(without)
    assert [each.minutes_a_year for each in better] == [each.minutes_a_year for each in worse]
    expected = sum(other.failover_minutes[1] - one.failover_minutes[1] for one, other in zip(better, worse, strict=True))
    assert _saved(_advised(without))["BFD on vif1"] == pytest.approx(expected)
    assert expected > 0
    assert not any(change.startswith("BFD") for change in _saved(_advised(whole)))


def test_an_addition_that_bgp_refuses_is_left_out_with_the_reason(tmp_path: Path) -> None:
    """dc1 has the ASN of the gateway. A Direct Connect gateway between them hides that, a VPN would not."""
    path = tmp_path / "redundant-dx.yaml"
    path.write_text(REDUNDANT_DX.replace("asn: 64512", "asn: 64600").replace("asn: 65001", "asn: 64600"), encoding="utf-8")
    found = _advised(read_topology(path))
    refused = {each.change: each.reason for each in found.left_out}
    assert "64600" in refused["a VPN from dc1-r1 to vgw"]
    assert "dc1 would discard its routes" in refused["a VPN from dc2-r1 to vgw"]
    assert "a circuit from dc2-r1 to another location" in _saved(found)
