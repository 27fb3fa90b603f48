"""The circuits under private-IP VPNs."""

from lab.model.topology import Topology


def bearers(topology: Topology) -> dict[str, str]:
    """For the name of each private-IP VPN, the name of the circuit that carries it."""
    vpns, vifs = topology.vpn_connections, topology.virtual_interfaces
    return {vpn.name: vif.connection for vpn in vpns for vif in vifs if vif.name == vpn.over}
