"""Compile a topology into a plan. Other packages call these functions."""

from dataclasses import replace

from lab.compiler.alarms import alarms
from lab.compiler.automations import automations
from lab.compiler.blueprint import Blueprint
from lab.compiler.direct_connect import dx_gateways, risks, vifs
from lab.compiler.layout import lay_out
from lab.compiler.nodes import build_node, build_router, node_files
from lab.compiler.own import Adopted, adopt, fitting_targets
from lab.compiler.targets import build_targets
from lab.model.bgp import BgpSession
from lab.model.plan import Circuits, Flow, FlowEnd, Ipsec, Plan, Timers
from lab.model.router import BgpRouter
from lab.model.topology import Topology
from lab.model.tunnel import Tunnel


def compile_topology(topology: Topology, *, timers: Timers, ipsec: Ipsec, circuits: Circuits = Circuits.CABLES) -> Plan:
    """The plan of a topology: every node, cable, address and file.

    Raises InputError if the topology needs more addresses than a pool has.
    """
    blueprint, adopted = _laid_out(topology, timers, circuits)
    plan = _outlined(blueprint, adopted, timers, ipsec)
    texts = adopted.texts
    nodes = (replace(node, files=node_files(blueprint, node.name, node.router, texts.get(node.name, {}))) for node in plan.nodes)
    return replace(plan, nodes=tuple(nodes))


def outline_topology(topology: Topology, *, timers: Timers, ipsec: Ipsec, circuits: Circuits = Circuits.CABLES) -> Plan:
    """The plan of a topology, without the nodes' files. It is enough to read checks, and takes half the time."""
    blueprint, adopted = _laid_out(topology, timers, circuits)
    return _outlined(blueprint, adopted, timers, ipsec)


def _laid_out(topology: Topology, timers: Timers, circuits: Circuits) -> tuple[Blueprint, Adopted]:
    blueprint = lay_out(topology, circuits)
    return blueprint, adopt(blueprint, {name: build_router(blueprint, name, timers) for name in blueprint.places})


def _outlined(blueprint: Blueprint, adopted: Adopted, timers: Timers, ipsec: Ipsec) -> Plan:
    topology, routers = blueprint.topology, adopted.routers
    targets = fitting_targets(blueprint, build_targets(blueprint), routers)
    never_up = tuple(site.tunnel for site in blueprint.tunnels if site.never_up)
    return Plan(
        name=topology.name,
        summary=topology.summary,
        timers=timers,
        ipsec=ipsec,
        circuits=blueprint.circuits,
        nodes=tuple(build_node(blueprint, name, router) for name, router in routers.items()),
        links=tuple(blueprint.cabling.links),
        tunnels=tuple(site.tunnel for site in blueprint.tunnels if not site.never_up),
        never_up=never_up,
        sessions=tuple(session for router in routers.values() if router for session in _sessions(router, never_up)),
        flows=tuple(
            Flow(name=flow.name, source=_end(blueprint, flow.source), target=_end(blueprint, flow.target)) for flow in topology.flows
        ),
        targets=targets,
        dx_gateways=dx_gateways(topology),
        vifs=vifs(blueprint),
        risks=risks(blueprint),
        bundles=tuple(blueprint.bundles),
        alarms=alarms(topology),
        automations=automations(blueprint, targets, routers),
        monitoring=topology.monitoring,
        own=adopted.own,
        unforeseen=adopted.unforeseen,
    )


def _sessions(router: BgpRouter, never_up: tuple[Tunnel, ...]) -> list[BgpSession]:
    ends = {(one.node, other.inside.ip) for tunnel in never_up for one, other in (tunnel.ends, tunnel.ends[::-1])}
    return [
        BgpSession(node=router.hostname, asn=router.asn, neighbor=neighbor.address, neighbor_node=neighbor.node)
        for neighbor in router.neighbors
        if (router.hostname, neighbor.address) not in ends
    ]


def _end(blueprint: Blueprint, site: str) -> FlowEnd:
    pair = blueprint.hosts[site]
    host = pair.a
    return FlowEnd(node=f"{site}-host", interface=host.name, address=host.ip, mac=host.mac, gateway_mac=pair.b.mac)
