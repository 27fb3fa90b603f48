"""LAYOUT: choose every node and every cable of a lab. Law: all names and numbers follow from the order of the topology's file."""

from lab.compiler.blueprint import Blueprint
from lab.compiler.layout.direct_connect import lay_circuits
from lab.compiler.layout.internet import lay_internet, lay_private_tunnels, lay_tunnels
from lab.compiler.layout.packet_sizes import choose_mtus
from lab.compiler.layout.sites import lay_data_centers, lay_peerings, lay_regions
from lab.model.plan import Circuits
from lab.model.topology import Topology

__all__ = ["lay_out"]


def lay_out(topology: Topology, circuits: Circuits) -> Blueprint:
    """Choose every node, cable and address of the topology. Raises InputError if an address pool is used up."""
    blueprint = Blueprint(topology=topology, circuits=circuits)
    lay_data_centers(blueprint)
    lay_internet(blueprint)
    lay_tunnels(blueprint)
    lay_circuits(blueprint)
    lay_private_tunnels(blueprint)
    lay_regions(blueprint)
    lay_peerings(blueprint)
    choose_mtus(blueprint)
    return blueprint
