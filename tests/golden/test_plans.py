"""Every shipped topology and its plan as text. After a change of the compiler, run with RECORD=1 and read the diff."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.model.automation import PlannedAutomation
from lab.model.plan import Node, Plan, Target
from lab.model.tunnel import Tunnel, TunnelEnd
from tests.shipped import TOPOLOGIES, shipped_plan

PLANS = Path(__file__).parent / "plans"


def test_every_shipped_topology_has_its_plan_and_no_plan_is_left_over():
    assert TOPOLOGIES
    if os.environ.get("RECORD") != "1":
        assert sorted(path.name for path in PLANS.iterdir()) == sorted(f"{name}.txt" for name in TOPOLOGIES)


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_topology_compiles_to_this_plan(name):
    golden = PLANS / f"{name}.txt"
    text = "\n".join(_spelled(shipped_plan(name))) + "\n"
    if os.environ.get("RECORD") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def _spelled(plan: Plan) -> Iterator[str]:
    """A plan as text. It has the files of one node of each role."""
    yield f"{plan.name}: timers {plan.timers.value}, IPsec {plan.ipsec.value}"
    yield plan.summary
    yield "\nNODES"
    for node in plan.nodes:
        yield from _node(node)
    yield "\nLINKS"
    yield from (f"{link.name}: {link.a} {link.b}" for link in plan.links)
    yield "\nTUNNELS"
    yield from (_tunnel(tunnel) for tunnel in plan.tunnels)
    yield "\nSESSIONS"
    yield from (f"{session.node} → {session.neighbor_node} at {session.neighbor}" for session in plan.sessions)
    if plan.vifs:
        yield "\nDIRECT CONNECT"
        yield from _direct_connect(plan)
    yield "\nFLOWS"
    for flow in plan.flows:
        ends = (f"{end.node}:{end.interface} {end.address} {end.mac} by {end.gateway_mac}" for end in (flow.source, flow.target))
        yield f"{flow.name}: {' → '.join(ends)}"
    yield "\nTARGETS"
    for target in plan.targets:
        yield f"{target.name} ({target.what})"
        yield from _target(target)
    if plan.automations:
        yield "\nAUTOMATIONS"
        yield from (line for each in plan.automations for line in _automation(each))
    yield "\nFILES of the first node of each role"
    for role in dict.fromkeys(node.role for node in plan.nodes):
        yield from _files(next(node for node in plan.nodes if node.role is role))


def _node(node: Node) -> Iterator[str]:
    yield f"{node.name}: {node.role.value} in {node.place}"
    yield from (f"  {interface.name} {interface.address or 'a port'} {interface.mac}" for interface in node.interfaces)
    yield from (f"  {bridge.name} of {' '.join(bridge.ports)}" for bridge in node.bridges)
    yield from (f"  route {route}" for route in node.routes)
    if node.daemons:
        yield f"  runs {' '.join(node.daemons)}"
        yield f"  reads {' '.join(file.path for file in node.files)}"


def _direct_connect(plan: Plan) -> Iterator[str]:
    """The parts that are not nodes: Direct Connect gateways, virtual interfaces, shared risks."""
    yield from (f"{each.name}: AS {each.asn}, associated with {' '.join(each.associations)}" for each in plan.dx_gateways)
    for vif in plan.vifs:
        sitelink = ", SiteLink" if vif.sitelink else ""
        yield f"{vif.name}: {vif.kind.value}, VLAN {vif.vlan}, {vif.circuit} → {vif.device} → {vif.gateway}{sitelink}"
    yield from (f"{risk.name}: shared by {' '.join(risk.circuits)}" for risk in plan.risks)


def _tunnel(tunnel: Tunnel) -> str:
    med = f", MED {tunnel.shown.med}" if tunnel.shown else ""
    return f"{tunnel.name} of {tunnel.connection}: {_tunnel_end(tunnel.customer)} → {_tunnel_end(tunnel.aws)}, MTU {tunnel.mtu}{med}"


def _tunnel_end(end: TunnelEnd) -> str:
    routes = f" to {' '.join(map(str, end.routes))} metric {end.metric}" if end.routes else ""
    return f"{end.node}:{end.device} {end.inside} on {end.outside}{routes}"


def _target(target: Target) -> Iterator[str]:
    """The parts of the network that a target's name means, one line for each kind."""
    yield from (f"  {sort} {' '.join(names)}" for sort in ("links", "nodes", "tunnels", "waypoints") if (names := getattr(target, sort)))
    yield from (f"  session {each.node} (AS {each.asn}) → {each.neighbor_node} at {each.neighbor}" for each in target.sessions)
    for each in target.outlets:
        neighbors = " ".join(map(str, each.neighbors))
        yield f"  outlet of {each.node} (AS {each.asn}) by {each.route_map} to {neighbors}: {each.prefix_limit} prefixes"
    for each in target.announcements:
        yield f"  announcement by {each.outlet.route_map} of {' '.join(map(str, each.prefixes))}"
    yield from (f"  leg {each.session.node} → {each.session.neighbor_node} over {each.link}" for each in target.legs)
    yield from (f"  static route {node} {route}" for node, route in target.static_routes)


def _automation(planned: PlannedAutomation) -> Iterator[str]:
    automation = planned.automation
    yield f"{planned.name}: {automation.order.words} when {automation.rule} rings ({dict(automation.labels)}), {automation.back}"
    yield from (f"  {change.node}: {type(change).__name__}" for change in planned.changes)
    yield from (f"  {each.node}: ping {each.target} from {each.source}" for each in planned.echoes)


def _files(node: Node) -> Iterator[str]:
    for file in node.files:
        if file.path == "frr/bgpd.conf" or file.path.endswith("/swanctl.conf"):
            yield f"\n=== {node.name}: {file.path}"
            yield file.text.rstrip("\n")
