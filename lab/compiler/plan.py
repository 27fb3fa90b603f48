"""Compile a topology into a plan: the one function that other rooms call."""

from lab.compiler.blueprint import Blueprint
from lab.compiler.direct_connect import dx_gateways, risks, vifs
from lab.compiler.frr import BgpRouter
from lab.compiler.layout import lay_out
from lab.compiler.nodes import build_node, build_router
from lab.compiler.targets import build_targets
from lab.model.bgp import BgpSession
from lab.model.plan import Circuits, Flow, FlowEnd, Ipsec, Plan, Timers
from lab.model.topology import Topology


def compile_topology(topology: Topology, *, timers: Timers, ipsec: Ipsec, circuits: Circuits = Circuits.CABLES) -> Plan:
    """Every node, cable, address and file of the lab. InputError when the topology needs more addresses than a pool has."""
    blueprint = lay_out(topology, circuits)
    routers = {name: build_router(blueprint, name, timers) for name in blueprint.places}
    return Plan(
        name=topology.name,
        summary=topology.summary,
        timers=timers,
        ipsec=ipsec,
        circuits=circuits,
        nodes=tuple(build_node(blueprint, name, router) for name, router in routers.items()),
        links=tuple(blueprint.cabling.links),
        tunnels=tuple(site.tunnel for site in blueprint.tunnels),
        sessions=tuple(session for router in routers.values() if router for session in _sessions(router)),
        flows=tuple(
            Flow(name=flow.name, source=_end(blueprint, flow.source), target=_end(blueprint, flow.target)) for flow in topology.flows
        ),
        targets=build_targets(blueprint),
        dx_gateways=dx_gateways(topology),
        vifs=vifs(blueprint),
        risks=risks(blueprint),
    )


def _sessions(router: BgpRouter) -> list[BgpSession]:
    return [
        BgpSession(node=router.hostname, asn=router.asn, neighbor=neighbor.address, neighbor_node=neighbor.node)
        for neighbor in router.neighbors
    ]


def _end(blueprint: Blueprint, site: str) -> FlowEnd:
    pair = blueprint.hosts[site]
    host = pair.a
    return FlowEnd(node=f"{site}-host", interface=host.name, address=host.ip, mac=host.mac, gateway_mac=pair.b.mac)
