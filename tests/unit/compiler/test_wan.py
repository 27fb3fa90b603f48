"""A provider's WAN: a bridge that no router sees, a line for each site, and a BGP session between every two sites."""

from dataclasses import replace
from itertools import permutations

import pytest

from lab.api.audit import audits
from lab.api.outlines import read_outline
from lab.compiler import compile_topology
from lab.compiler.cabling import WANS
from lab.errors import InputError
from lab.intent import resolve_fault
from lab.intent.faults.parameters import Parameters
from lab.model.fault import LinkDown, NodeKill
from lab.model.interconnect import Interconnect
from lab.model.plan import Ipsec, Plan, Role, Timers
from lab.predict import Predictor
from tests.networks import SITELINK, site
from tests.told_cases import case

NAMES = ("dc1", "dc2", "dc9")


@pytest.fixture(scope="module")
def plan() -> Plan:
    wan = Interconnect(name="wan", between=NAMES)
    topology = replace(SITELINK, data_centers=(*SITELINK.data_centers, site(9)), interconnects=(wan,))
    return compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)


def test_a_wan_is_one_bridge_with_a_line_to_each_site(plan: Plan) -> None:
    node = plan.node("wan")
    assert (node.role, node.routes, node.daemons, node.router) == (Role.WAN, (), (), None)
    (bridge,) = node.bridges
    assert bridge.ports == tuple(each.name for each in node.interfaces)
    assert [link.name for link in plan.links if "wan" in {link.a.node, link.b.node}] == [f"{name}-core--wan" for name in NAMES]


def test_every_two_sites_of_a_wan_speak_bgp_in_one_subnet(plan: Plan) -> None:
    sessions = {(each.node, each.neighbor_node): each.neighbor for each in plan.sessions}
    pairs = list(permutations((f"{name}-core" for name in NAMES), 2))
    assert all(sessions[pair] in WANS for pair in pairs)
    assert len({sessions[pair] for pair in pairs}) == len(NAMES)


def test_a_wan_is_a_target_as_a_whole_and_by_its_lines(plan: Plan) -> None:
    whole = resolve_fault(plan, "link-down", "wan")
    assert isinstance(whole, LinkDown)
    assert len(whole.links) == len(NAMES)
    assert resolve_fault(plan, "node-kill", "wan") == NodeKill(nodes=("wan",))
    assert resolve_fault(plan, "partial-loss", "dc1-core--wan", Parameters(loss=0.1))
    with pytest.raises(InputError, match=r"a packet passes two lines of wan.*\(use one line, such as dc1-core--wan\)"):
        resolve_fault(plan, "partial-loss", "wan", Parameters(loss=0.1))


def test_a_cut_line_takes_its_site_off_and_leaves_the_others() -> None:

    predictor = Predictor(read_outline(str(case("partner-on-a-wan")), Timers.TUNED))
    line = next(each for each in predictor.components if each.name == "north-core--wan")
    cut = {flow.flow for flow in predictor.affected((line,)) if not flow.reachable}
    assert cut == {"north-app", "north-south"}


def test_the_audit_finds_the_partners_switch_and_asks_for_no_flow_of_the_provider() -> None:
    (found,) = audits([str(case("partner-on-a-wan"))], Timers.TUNED, "5s")
    codes = {(each.finding.code, each.finding.subject) for each in found.findings}
    assert {("FL103", "wan"), ("FL205", "x-switch")} <= codes
    assert "FL004" not in {code for code, _ in codes}
