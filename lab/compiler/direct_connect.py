"""The parts of Direct Connect that are not nodes or cables: gateways, virtual interfaces, and risks that circuits share."""

from lab.compiler.blueprint import Blueprint
from lab.model.dx import DxGateway, SharedRisk, Vif
from lab.model.topology import Topology


def dx_gateways(topology: Topology) -> tuple[DxGateway, ...]:
    """All Direct Connect gateways, in the order of the file."""
    return tuple(
        DxGateway(name=each.name, asn=each.asn, associations=tuple(association.gateway for association in each.associations))
        for each in topology.direct_connect_gateways
    )


def vifs(blueprint: Blueprint) -> tuple[Vif, ...]:
    """All virtual interfaces, in the order of the file."""
    return tuple(
        Vif(
            name=site.vif.name,
            kind=site.vif.kind,
            vlan=site.vif.vlan,
            circuit=site.connection.name,
            device=site.device,
            gateway=site.vif.gateway,
            sitelink=site.vif.sitelink,
        )
        for site in blueprint.vifs
    )


def risks(blueprint: Blueprint) -> tuple[SharedRisk, ...]:
    """All shared risks of circuits with a virtual interface."""
    circuits = tuple(dict.fromkeys(site.connection.name for site in blueprint.vifs))
    shared = {site.connection.name: site.connection.shared_risk for site in blueprint.vifs}
    names = dict.fromkeys(risk for circuit in circuits for risk in shared[circuit])
    return tuple(SharedRisk(name=name, circuits=tuple(each for each in circuits if name in shared[each])) for name in names)
