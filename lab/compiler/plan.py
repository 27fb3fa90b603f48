"""Compile a topology into a plan. Other packages call these functions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.compiler.alarms import alarms
from lab.compiler.automations import automations
from lab.compiler.blueprint import Blueprint
from lab.compiler.direct_connect import dx_gateways, risks, vifs
from lab.compiler.ipv6 import addresses_of, has_ipv6_bgp, ipv6_blueprint, joined_targets, with_ipv6
from lab.compiler.layout import lay_out
from lab.compiler.nodes import build_node, build_router, ipv6_routes, node_files
from lab.compiler.own import Adopted, adopt, fitting_targets
from lab.compiler.targets import build_targets
from lab.model.bgp import BgpSession
from lab.model.by_tables import by_tables
from lab.model.flow import Flow, FlowEnd
from lab.model.ip import Family
from lab.model.plan import Circuits, Ipsec, Node, Plan, Target, Timers
from lab.model.router import BgpRouter
from lab.model.topology import FlowIntent, Topology
from lab.model.tunnel import Tunnel


@dataclass(frozen=True, slots=True, kw_only=True)
class _LaidOut:
    """A network before it becomes a plan.

    - `adopted`: its routers, as far as IPv4 goes. `routers`: the same with their IPv6
    - `ipv6`: its IPv6 side, None if it has none
    """

    blueprint: Blueprint
    adopted: Adopted
    ipv6: Blueprint | None
    routers: dict[str, BgpRouter | None]

    def side(self, family: Family) -> Blueprint:
        """The blueprint of a family."""
        return self.ipv6 if self.ipv6 and family is Family.IPV6 else self.blueprint


def compile_topology(topology: Topology, *, timers: Timers, ipsec: Ipsec, circuits: Circuits = Circuits.CABLES) -> Plan:
    """The plan of a topology: every node, cable, address and file.

    Raises InputError if the topology needs more addresses than a pool has.
    """
    laid = _laid_out(topology, timers, circuits)
    plan, texts = _outlined(laid, timers, ipsec), laid.adopted.texts
    nodes = (replace(node, files=node_files(laid.blueprint, node.name, node.router, texts.get(node.name, {}))) for node in plan.nodes)
    return replace(plan, nodes=tuple(nodes))


def outline_topology(topology: Topology, *, timers: Timers, ipsec: Ipsec, circuits: Circuits = Circuits.CABLES) -> Plan:
    """The plan of a topology, without the nodes' files. It is enough to read checks, and takes half the time."""
    return _outlined(_laid_out(topology, timers, circuits), timers, ipsec)


def _laid_out(topology: Topology, timers: Timers, circuits: Circuits) -> _LaidOut:
    blueprint = lay_out(by_tables(topology), circuits)
    ipv6 = ipv6_blueprint(blueprint)
    adopted = adopt(blueprint, {name: build_router(blueprint, name, timers) for name in blueprint.places})
    routers = {name: _both(router, ipv6, name, timers) for name, router in adopted.routers.items()}
    return _LaidOut(blueprint=blueprint, adopted=adopted, ipv6=ipv6, routers=routers)


def _both(router: BgpRouter | None, ipv6: Blueprint | None, name: str, timers: Timers) -> BgpRouter | None:
    """The router with its IPv6 beside its IPv4, if it has any."""
    second = build_router(ipv6, name, timers) if ipv6 and has_ipv6_bgp(ipv6, name) else None
    return with_ipv6(router, second) if router and second else router


def _outlined(laid: _LaidOut, timers: Timers, ipsec: Ipsec) -> Plan:
    blueprint, topology, targets = laid.blueprint, laid.blueprint.topology, _targets(laid)
    never_up = tuple(site.tunnel for site in blueprint.tunnels if site.never_up)
    return Plan(
        name=topology.name,
        summary=topology.summary,
        timers=timers,
        ipsec=ipsec,
        circuits=blueprint.circuits,
        nodes=tuple(_nodes(laid)),
        links=tuple(blueprint.cabling.links),
        tunnels=tuple(site.tunnel for site in blueprint.tunnels if not site.never_up),
        never_up=never_up,
        sessions=tuple(session for router in laid.routers.values() if router for session in _sessions(router, never_up)),
        flows=tuple(_flow(laid.side(flow.family), flow) for flow in topology.flows),
        targets=targets,
        dx_gateways=dx_gateways(topology),
        vifs=vifs(blueprint),
        risks=risks(blueprint),
        bundles=tuple(blueprint.bundles),
        alarms=alarms(topology),
        automations=automations(blueprint, targets, laid.routers),
        monitoring=topology.monitoring,
        own=laid.adopted.own,
        unforeseen=laid.adopted.unforeseen,
    )


def _nodes(laid: _LaidOut) -> Iterator[Node]:
    """All nodes. With IPv6 beside IPv4, they have addresses and routes of both."""
    nodes = (build_node(laid.blueprint, name, router) for name, router in laid.routers.items())
    if laid.ipv6 is None:
        yield from nodes
        return
    addresses = addresses_of(laid.ipv6)
    for node in nodes:
        interfaces = tuple(replace(each, ipv6=addresses.get((each.mac, each.name))) for each in node.interfaces)
        yield replace(node, interfaces=interfaces, routes=(*node.routes, *ipv6_routes(laid.ipv6, node.name)))


def _targets(laid: _LaidOut) -> tuple[Target, ...]:
    targets = fitting_targets(laid.blueprint, build_targets(laid.blueprint), laid.adopted.routers)
    if laid.ipv6 is None:
        return targets
    return tuple(joined_targets(targets, build_targets(laid.ipv6), laid.ipv6.topology.virtual_interfaces))


def _flow(blueprint: Blueprint, flow: FlowIntent) -> Flow:
    return Flow(name=flow.name, source=_end(blueprint, flow.source), target=_end(blueprint, flow.target))


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
