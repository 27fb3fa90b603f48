"""A customer's own FRR configuration in an edge: what it becomes, and what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.compiler import compile_topology
from lab.errors import InputError, UnforeseenError
from lab.model.own_router import OwnConfiguration
from lab.model.plan import Ipsec, Node, Timers
from lab.model.router import SetPreference
from lab.predict import Predictor
from tests.shipped import TOPOLOGIES, shipped_plan, shipped_topology
from tests.unit.compiler.own import CONFIGURATION, TOPOLOGY, plan_of, router_of, written

_EDGES = [
    (name, center.name, edge)
    for name in TOPOLOGIES
    for center in shipped_topology(name).data_centers
    for edge in center.edges
    if shipped_plan(name).node(edge).router
]


@pytest.mark.parametrize(("topology", "site", "edge"), _EDGES)
def test_what_the_lab_writes_is_read_as_what_it_was_written_from(topology: str, site: str, edge: str):
    before = shipped_plan(topology)
    files = {file.path: file.text for file in before.node(edge).files}
    own = OwnConfiguration(router=edge, file="own.conf", text=f"{files['frr/bgpd.conf']}\n{files['frr/bfdd.conf']}")
    centers = (replace(each, own=(own,)) if each.name == site else each for each in shipped_topology(topology).data_centers)
    changed = replace(shipped_topology(topology), data_centers=tuple(centers))
    after = compile_topology(changed, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    assert not after.unforeseen
    assert [_without_files(node) for node in after.nodes] == [_without_files(node) for node in before.nodes]
    assert (after.targets, after.sessions, after.automations) == (before.targets, before.sessions, before.automations)


def test_each_daemon_gets_its_part_of_the_file_with_the_same_line_numbers(tmp_path: Path):
    plan = plan_of(written(tmp_path))
    files = {file.path: file.text.splitlines() for file in plan.node("dc1-r1").files}
    lines = CONFIGURATION.splitlines()
    bgp, bfd = lines.index("router bgp ${asn}"), lines.index("bfd")
    assert files["frr/bgpd.conf"][bgp] == "router bgp 65001"
    assert files["frr/bgpd.conf"][bfd] == "!"
    assert files["frr/bfdd.conf"][bfd] == "bfd"
    assert files["frr/bfdd.conf"][bgp] == "!"
    assert "wan-router" not in str(files)
    assert "${" not in str(files)


def test_the_file_is_read_as_values_and_settings_of_a_group_count_for_its_members(tmp_path: Path):
    plan = plan_of(written(tmp_path))
    router = router_of(plan)
    neighbors = {each.node: each for each in router.neighbors}
    assert (neighbors["vpn1-2"].remote_as, neighbors["vpn1-2"].hold, neighbors["vpn1-2"].map_in) == (64512, 30, "FROM-VPN")
    device = neighbors["loc-a-1"]
    assert device.bfd
    assert (device.hold, device.bfd.multiplier, device.password) == (180, 5, "md5-of-vif1")
    preferences = {entry.name: change.value for entry in router.route_maps for change in entry.set if isinstance(change, SetPreference)}
    assert preferences == {"FROM-DX": 100, "FROM-VPN": 300}
    assert not plan.unforeseen


def test_other_spellings_of_usual_statements_are_understood(tmp_path: Path):
    other = CONFIGURATION.replace("address-family ipv4 unicast", "address-family ipv4")
    other = other.replace("  neighbor VPN activate", "  neighbor VPN activate\n  neighbor VPN send-community both")
    plan = plan_of(written(tmp_path, other))
    assert not plan.unforeseen
    assert router_of(plan) == router_of(plan_of(written(tmp_path)))


def test_a_prediction_follows_the_file(tmp_path: Path):
    before = Predictor(plan_of(written(tmp_path))).of(())
    assert "vpn1-1" in str(before.flows[0])
    right = CONFIGURATION.replace("local-preference 300", "local-preference 50")
    assert "vpn1-1" not in str(Predictor(plan_of(written(tmp_path, right))).of(()).flows[0])


@pytest.mark.parametrize(
    "line",
    [
        "  neighbor VPN default-originate",
        "  redistribute connected",
        "  no neighbor VPN send-community",
        " timers bgp 3 9 15",
        " neighbor VPN ebgp-multihop 2",
        "  network 10.1.0.0/16",
    ],
)
def test_a_line_without_a_value_makes_everything_unforeseen_and_is_named(tmp_path: Path, line: str):
    before, after = (
        (" exit-address-family", f"{line}\n exit-address-family")
        if line.startswith("  ")
        else (" address-family", f"{line}\n address-family")
    )
    plan = plan_of(written(tmp_path, CONFIGURATION.replace(before, after, 1)))
    assert "my-frr.conf:" in str(plan.unforeseen[0])
    with pytest.raises(UnforeseenError, match="nothing can be predicted"):
        Predictor(plan)


@pytest.mark.parametrize("line", [" bgp deterministic-med\n", " bgp bestpath compare-routerid\n", "  neighbor VPN route-map TO-VPN out\n"])
def test_what_makes_a_choice_depend_on_time_or_stops_routes_is_unforeseen_too(tmp_path: Path, line: str):
    plan = plan_of(written(tmp_path, CONFIGURATION.replace(line, "")))
    assert "without" in str(plan.unforeseen[0])


def test_faults_change_announcements_by_the_route_maps_of_the_file(tmp_path: Path):
    plan = plan_of(written(tmp_path))
    assert [outlet.route_map for name in ("vif1", "vpn1") for outlet in plan.target(name).outlets] == ["TO-DX", "TO-VPN"]
    shared = CONFIGURATION.replace("route-map TO-VPN out", "route-map TO-DX out")
    plan = plan_of(written(tmp_path, shared))
    assert [plan.target(name).outlets for name in ("vif1", "vpn1")] == [(), ()]


def test_the_other_end_has_bfd_if_the_file_has_it(tmp_path: Path):
    for timers in Timers:
        device = next(each for each in router_of(plan_of(written(tmp_path), timers), "loc-a-1").neighbors if each.node == "dc1-r1")
        assert device.bfd
        assert device.bfd.passive
    without = CONFIGURATION.replace(" neighbor ${dc1-core.core} bfd\n", "")
    core = router_of(plan_of(written(tmp_path, without)), "dc1-core")
    assert core.neighbors[0].bfd is None


_WRONG = [
    ("hostname wan-router", "interface eth0\n ip address 10.0.0.1/30", "gives interfaces their addresses"),
    ("hostname wan-router", "ip route 10.0.0.0/8 Null0", "no static routes"),
    ("hostname wan-router", "router ospf\n network 0.0.0.0/0 area 0", "no other routing protocol"),
    ("hostname wan-router", "password x", "gives no router such a statement"),
    (" bgp deterministic-med", " do write memory", "gives no router such a statement"),
    ("${vif1.aws} bfd", "${vif9.aws} bfd", r"no placeholder \$\{vif9.aws\} \(did you mean \$\{vif1.aws\}"),
    ("${vif1.aws} bfd", "${vif1.aws bfd", "has no end"),
    ("router bgp ${asn}", "router bgp 65009", "expected 'router bgp 65001'"),
    ("router bgp ${asn}", "router bgp ${asn} vrf red", "without vrf"),
    ("remote-as ${vif1.asn}", "remote-as 7", "expected remote-as 64513, found 7"),
    ("password ${vif1.password}", "password s3cret", "a real key stays out of a lab"),
    (" neighbor ${vif1.aws} bfd\n", "", "write bfd, or bfd: false there"),
    (" neighbor VPN timers 10 30", " neighbor VPN bfd", "AWS has no BFD on a VPN"),
    ("timers 10 30", "timers 1 2", "AWS refuses less"),
    ("  neighbor ${vif1.aws} activate\n", "", "not active for IPv4"),
    (" neighbor VPN timers 10 30", " neighbor VPN shutdown", "remove shutdown"),
    (" neighbor VPN timers 10 30", " neighbor 192.0.2.1 remote-as 5", "this network has no neighbor 192.0.2.1"),
    (" neighbor VPN timers 10 30", " neighbor ${vif1.aws} local-as 65009 no-prepend replace-as", "remove local-as"),
    ("route-map TO-DX permit 10", "route-map TO-DX permit 5", "number it from 10 up"),
]


@pytest.mark.parametrize(("old", "new", "words"), _WRONG)
def test_a_mistake_is_refused_with_its_line_and_the_way_out(tmp_path: Path, old: str, new: str, words: str):
    assert old in CONFIGURATION
    with pytest.raises(InputError, match=r"my-frr\.conf:\d+: .*" + words):
        plan_of(written(tmp_path, CONFIGURATION.replace(old, new)))


def test_a_session_that_the_file_leaves_out_is_named_with_its_placeholder(tmp_path: Path):
    lines = "\n".join(line for line in CONFIGURATION.splitlines() if "vpn1-2.aws" not in line)
    with pytest.raises(InputError, match=r"no neighbor \$\{vpn1-2.aws\}, and the lab waits for its session"):
        plan_of(written(tmp_path, lines))


def test_all_mistakes_are_told_at_once(tmp_path: Path):
    wrong = CONFIGURATION.replace("hostname", "username").replace("${vif1.aws} bfd", "${x} bfd").replace(" bgp determ", " do determ")
    with pytest.raises(InputError) as caught:
        plan_of(written(tmp_path, wrong))
    assert len(caught.value.problems) == 3


def test_what_the_file_decides_is_not_written_in_the_topology(tmp_path: Path):
    topology = TOPOLOGY.replace("bfd: true}", "bfd: true, prefer: 300, local_preference: high}").replace(
        "provider: isp-a}", "provider: isp-a, as_path_prepend: 1}"
    )
    with pytest.raises(InputError) as caught:
        plan_of(written(tmp_path, topology=topology))
    assert [problem.message.partition(":")[0].rpartition(".")[2] for problem in caught.value.problems] == [
        "prefer",
        "local_preference",
        "as_path_prepend",
    ]


def _without_files(node: Node) -> Node:
    return replace(node, files=())
