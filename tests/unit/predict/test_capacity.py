"""What is left for a flow when something has failed, in bits per second."""

from dataclasses import replace

from lab.model.audit import Capacity
from lab.model.topology import Topology
from lab.predict import Predictor
from lab.predict.audit.capacity import capacities
from lab.predict.audit.design import Design
from tests.networks import planned
from tests.shipped import shipped_topology

GBIT = 1_000_000_000


def capacities_of(topology: Topology) -> dict[str, Capacity]:
    design = Design(topology=topology, predictor=Predictor(planned(topology)), budget_seconds=5.0)
    return {each.flow: each for each in capacities(design)}


def wide(name: str, **bandwidths: int) -> Topology:
    """A shipped network with bandwidths of circuits in Gbit/s. `dci` is the interconnect."""
    topology = shipped_topology(name)
    return replace(
        topology,
        connections=tuple(replace(each, bandwidth=bandwidths[each.name] * GBIT) for each in topology.connections),
        interconnects=tuple(
            replace(each, bandwidth=bandwidths["dci"] * GBIT if "dci" in bandwidths else None) for each in topology.interconnects
        ),
    )


def test_without_bandwidths_nothing_is_said() -> None:
    assert capacities_of(shipped_topology("redundant-dx")) == {}


def test_a_flow_has_what_its_circuit_carries_and_after_a_failure_the_narrowest_of_its_new_way() -> None:
    """Without dx1, dc1 goes over the interconnect and dx2."""
    found = capacities_of(wide("redundant-dx", dx1=10, dx2=5, dci=2))
    assert found["dc1-app"].as_drawn == 10 * GBIT
    assert dict(found["dc1-app"].after) == {"dx1": 2 * GBIT, "dx2": 10 * GBIT, "dci": 10 * GBIT}
    assert dict(found["dc1-dc2"].after) == {"dx1": 2 * GBIT, "dx2": 2 * GBIT, "dci": 0}


def test_an_interconnect_without_bandwidth_is_wide_enough() -> None:
    found = capacities_of(wide("redundant-dx", dx1=10, dx2=5))
    assert dict(found["dc1-app"].after)["dx1"] == 5 * GBIT


def test_equal_paths_share_alike_so_the_narrowest_counts_for_each() -> None:
    """The way back of dc1-app is shared over dx1 and dx2, the way out is dx1 alone: the direction with less counts."""
    found = capacities_of(wide("maximum-resiliency", dx1=10, dx2=3, dx3=10, dx4=10))
    assert found["dc1-app"].as_drawn == 6 * GBIT
    assert dict(found["dc1-app"].after)["dx1"] == 3 * GBIT
    assert dict(found["dc1-app"].after)["dx2"] == 10 * GBIT


def test_a_vpn_carries_what_aws_allows_a_tunnel() -> None:
    found = capacities_of(wide("hybrid-backup", dx1=10))
    assert dict(found["dc1-app"].after)["dx1"] == 1.25 * GBIT
