"""AWS's metrics, from events as routers record them."""

from math import inf

import pytest

from lab.analysis.alarms.history import History
from lab.analysis.alarms.metrics import series
from lab.compiler import compile_topology
from lab.intent import read_topology
from lab.model.alarm import Alarm
from lab.model.broken import Broken
from lab.model.event import Event, FaultEnded, FaultStarted, Noticed
from lab.model.evidence import Source, TimelineEvent
from lab.model.plan import Ipsec, Plan, Timers
from tests.shipped import ROOT, shipped_plan

PLAN = shipped_plan("hybrid-backup")


def alarm(name: str, plan: Plan = PLAN) -> Alarm:
    """The alarm of that name."""
    return next(each for each in plan.alarms if each.name == name)


def heard(at: float, node: str, source: Source, what: str, lost: str | None = None) -> Noticed:
    """Something that a monitor saw."""
    return Noticed(event=TimelineEvent(at=at, node=node, source=source, what=what, lost=lost))


def fault(kind: str, target: str, breaks: Broken, ended: float = inf) -> list[Event]:
    """A fault from 5 s on."""
    started = FaultStarted(step=0, kind=kind, target=target, before=5.0, after=5.001, event=0, breaks=breaks)
    return [started, FaultEnded(step=0, before=ended, after=ended, event=1)] if ended < inf else [started]


def changes(name: str, *events: Event) -> list[tuple[tuple[float, float | None], ...]]:
    """The changes of the metric of an alarm."""
    return [each.changes for each in series(PLAN, events, alarm(name))]


def test_a_virtual_interface_is_down_from_the_first_word_of_aws_s_router_until_it_is_up_again():
    events = [
        heard(5.0, "dc1-r1", "bgp", "neighbor loc-a-1 down"),
        heard(5.5, "loc-a-1", "bgp", "neighbor dc1-r1 down: Peer closed the session"),
        heard(9.0, "loc-a-1", "bgp", "neighbor dc1-r1 up"),
        heard(9.1, "dc1-r1", "bgp", "neighbor loc-a-1 up"),
    ]
    assert changes("vif1-bgp-down", *events) == [((5.5, 0.0), (9.0, 1.0))]


def test_if_aws_s_router_says_nothing_the_customer_s_router_counts():
    events = [heard(5.0, "dc1-r1", "bgp", "neighbor loc-a-1 down"), heard(9.0, "dc1-r1", "bgp", "neighbor loc-a-1 up")]
    assert changes("vif1-bgp-down", *events) == [((5.0, 0.0), (9.0, 1.0))]


def test_other_sessions_and_other_words_do_not_count():
    events = [
        heard(5.0, "loc-a-1", "bgp", "neighbor vgw down"),
        heard(5.0, "loc-a-1", "bfd", "peer dc1-r1 down"),
        heard(5.0, "vgw", "bgp", "neighbor dc1-r1 down"),
    ]
    assert changes("vif1-bgp-down", *events) == [()]


def test_a_connection_is_down_while_aws_s_port_has_no_light():
    events = [
        heard(5.0, "dx1", "link", "eth1 down"),
        heard(5.1, "loc-a-1", "link", "eth0 down"),
        heard(9.0, "loc-a-1", "link", "eth0 up"),
    ]
    assert changes("dx1-connection-down", *events) == [((5.1, 0.0), (9.0, 1.0))]


def test_a_vpn_connection_has_a_history_for_each_tunnel():
    assert changes("vpn1-any-tunnel-down", heard(5.0, "vpn1-2", "bgp", "neighbor dc2-r1 down")) == [(), ((5.0, 0.0),)]


def test_a_static_vpn_is_up_while_ipsec_is_up(tmp_path):
    text = (ROOT / "topologies" / "hybrid-backup.yaml").read_text(encoding="utf-8")
    path = tmp_path / "hybrid-backup.yaml"
    path.write_text(text.replace("gateway: vgw, provider: isp-a}", "gateway: vgw, provider: isp-a, static_routes: [10.2.0.0/16]}"))
    plan = compile_topology(read_topology(path), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    events = [
        heard(5.0, "vpn1-1", "ike", "vpn1-1: IKE SA deleted", "vpn1-1"),
        heard(6.0, "vpn1-1", "ike", "vpn1-1: IKE SA established"),
        heard(6.5, "vpn1-1", "ike", "vpn1-1: child SA established"),
        heard(7.0, "dc2-r1", "ike", "vpn1-2: no answer, giving up after 5 retransmits"),
    ]
    found = series(plan, events, alarm("vpn1-any-tunnel-down", plan))
    assert [each.changes for each in found] == [((5.0, 0.0), (6.5, 1.0)), ((7.0, 0.0),)]


def test_a_tunnel_with_a_dead_endpoint_is_down_at_once():
    events = fault("node-kill", "vpn1-1", Broken(nodes=("vpn1-1",)), ended=9.0)
    assert changes("vpn1-any-tunnel-down", *events) == [((5.0, 0.0), (9.0, 1.0)), ()]


def test_a_dead_device_of_aws_sends_no_samples():
    events = fault("node-kill", "loc-a-1", Broken(nodes=("loc-a-1",)), ended=9.0)
    assert changes("dx1-connection-down", *events) == [((5.0, None), (9.0, 1.0))]


def test_a_site_that_withdraws_its_prefixes_has_none_accepted():
    events = fault("prefix-withdrawal", "vif1", Broken(), ended=9.0)
    assert changes("vif1-no-prefixes-accepted", *events) == [((5.0, 0.0), (9.0, 1.0))]
    assert changes("vif1-bgp-down", *events) == [()]


def test_a_history_is_constant_outside_a_window():
    whole = History(before=1.0, changes=((5.0, 0.0), (9.0, 1.0), (12.0, None)))
    assert whole.between(6.0, 12.0) == History(before=0.0, changes=((9.0, 1.0),))
    assert whole.between(4.0, 9.0).at(100.0) == 0.0


@pytest.mark.parametrize(("instant", "value"), [(4.9, 1.0), (5.0, 0.0), (9.0, 1.0), (12.0, None)])
def test_a_change_counts_from_its_instant_on(instant, value):
    assert History(before=1.0, changes=((5.0, 0.0), (9.0, 1.0), (12.0, None))).at(instant) == value
