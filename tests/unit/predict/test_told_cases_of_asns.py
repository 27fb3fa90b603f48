"""What people ran into with one AS at several sites, and several at one, is predicted, and the audit finds it."""

from itertools import product
from pathlib import Path

import pytest

from lab.api.outlines import read_outline
from lab.errors import InputError
from lab.model.plan import Timers
from tests.told_cases import case
from tests.unit.predict.told import codes as _codes
from tests.unit.predict.told import flow as _flow
from tests.unit.predict.told import passed as _passed
from tests.unit.predict.told import rewritten as _rewritten


def test_sites_with_one_asn_do_not_see_each_other_unless_they_accept_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no path from east to west: one site discards the other's routes.*allowas_in"):
        read_outline(str(case("one-asn-two-sites")), Timers.TUNED)
    accepted = _rewritten(tmp_path, "one-asn-two-sites", "{asn: 65240,", "{asn: 65240, allowas_in: 1,")
    assert _flow(accepted, "east-west", "forward").reachable
    assert _flow(accepted, "east-west", "reverse").reachable


def test_sites_of_one_as_stand_in_for_each_other_over_their_interconnect() -> None:
    topology = case("one-as-joined-sites")
    assert "sto1-1" in _passed(_flow(topology, "left-app", "forward")), "a site's own circuit is nearer"
    both = _flow(topology, "left-app", "reverse").paths
    assert [node for path in both for node in path if node.startswith("sto")] == ["sto1-1", "sto2-1"], "iBGP adds nothing to the AS path"
    for direction in ("forward", "reverse"):
        assert {"sto2-1", "left-core", "right-core"} <= _passed(_flow(topology, "left-app", direction, ["dl"]))
        assert _passed(_flow(topology, "left-right", direction)) == {"left-host", "left-core", "right-core", "right-host"}
    assert "FL301" not in _codes(topology)


def test_in_one_as_a_preference_counts_at_both_sites(tmp_path: Path) -> None:
    topology = _rewritten(tmp_path, "one-as-joined-sites", "vlan: 2, bfd: true", "vlan: 2, bfd: true, prefer: 250")
    for failed, device in (((), "sto2-1"), (("dr",), "sto1-1")):
        assert device in _passed(_flow(topology, "left-app", "forward", failed))


def test_in_one_as_the_interconnect_is_better_than_a_way_through_aws(tmp_path: Path) -> None:
    accepted = _rewritten(tmp_path, "one-asn-two-sites", "{asn: 65240,", "{asn: 65240, allowas_in: 1,")
    accepted.write_text(accepted.read_text().replace("regions:", "interconnects: {link: {between: [east, west]}}\nregions:"))
    for failed, is_inside in (((), True), (("link",), False)):
        (path, *_) = _flow(accepted, "east-west", "forward", failed).paths
        assert ("hub" not in path) is is_inside


def test_sites_of_one_as_share_a_virtual_private_gateway_but_discard_each_other(tmp_path: Path) -> None:
    topology = case("one-as-on-a-vgw")
    assert _flow(topology, "left-app", "forward").reachable
    assert _flow(topology, "right-app", "reverse").reachable
    assert "FL301" in _codes(topology)
    between = _rewritten(tmp_path, "one-as-on-a-vgw", "flows:", "flows:\n  left-right: {from: left, to: right}")
    with pytest.raises(InputError, match=r"there is no path from left to right: one site discards the other's routes"):
        read_outline(str(between), Timers.TUNED)


def test_one_summary_of_two_sites_goes_by_the_preferred_circuit_in_both_directions() -> None:
    topology = case("one-as-one-summary")
    for flow, direction in product(("main-app", "spare-app"), ("forward", "reverse")):
        assert "par1-1" in _passed(_flow(topology, flow, direction))
        assert "par2-1" in _passed(_flow(topology, flow, direction, ["d1"]))
    assert not _flow(topology, "spare-app", "reverse", ["ring"]).reachable
    assert "FL106" in _codes(topology)


def test_edges_with_asns_of_their_own_are_ordered_by_the_sites_preference_and_by_as_paths(tmp_path: Path) -> None:
    topology = case("asn-per-edge")
    for direction in ("forward", "reverse"):
        assert "lon-1" in _passed(_flow(topology, "works-app", direction))
        assert "second-1" in _passed(_flow(topology, "works-app", direction, ["dx"]))
        assert "first-1" in _passed(_flow(topology, "works-app", direction, ["dx", "isp-b"]))
    other = _rewritten(
        tmp_path, "asn-per-edge", "provider: isp-a, tunnels: 1, as_path_prepend: 1", "provider: isp-a, tunnels: 1, prefer: 160"
    )
    assert "first-1" in _passed(_flow(other, "works-app", "forward", ["dx"])), "the preference reaches the core, although eBGP has none"


def test_a_gateway_does_not_share_between_edges_with_different_asns(tmp_path: Path) -> None:
    equal = _rewritten(tmp_path, "asn-per-edge", ", as_path_prepend: 1", "")
    assert len(_flow(equal, "works-app", "reverse", ["dx"]).paths) == 1
    one_asn = tmp_path / "one.yaml"
    one_asn.write_text(equal.read_text().replace("asn: 65303", "asn: 65302").replace(", prefer: 150", ""))
    for direction in ("forward", "reverse"):
        assert len(_flow(one_asn, "works-app", direction, ["dx"]).paths) == 2
