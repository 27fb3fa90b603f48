"""Who noticed a fault: judged from recorded events, as a check on hybrid-backup records them."""

from dataclasses import replace

import pytest

from lab.analysis.alarms import broken_alarms, notices, unheard
from lab.model.broken import Broken
from lab.model.check import AlarmPromise, Check
from lab.model.event import CheckStarted, Event, FaultEnded, FaultStarted, FlowRecorded, LossRun, Noticed
from lab.model.evidence import TimelineEvent
from lab.model.noticed import EventNotice
from tests.shipped import shipped_check
from tests.unit.analysis.alarms.test_alarm_metrics import PLAN, heard

CUT = replace(shipped_check("hybrid-backup", "dx-cut"), alarms=())
HOP = Broken(hops=(("dc1-r1", "dx1"),))
LIGHT = [
    heard(5.001, "dc1-r1", "link", "eth1 down", "dc1-r1:eth1"),
    heard(5.002, "loc-a-1", "link", "eth0 down", "loc-a-1:eth0"),
    heard(5.003, "loc-a-1", "bgp", "neighbor dc1-r1 down"),
    heard(10.0, "loc-a-1", "link", "eth0 up"),
    heard(10.2, "loc-a-1", "bgp", "neighbor dc1-r1 up"),
]


def flow(lost: int) -> FlowRecorded:
    """100 packets a second from -1 s to 19 s, some of them lost from 5.1 s on."""
    losses = (LossRun(first_seq=610, count=lost, first_sent=5.1, last_sent=5.1 + lost / 100),) if lost else ()
    return FlowRecorded(
        flow="dc1-app",
        direction="forward",
        rate_pps=100.0,
        started=-1.0,
        ended=19.0,
        sent=2000,
        longest_pause_seconds=0.001,
        zero_seq=100,
        felt=(600, 1100),
        losses=losses,
        paths=(),
    )


def record(*seen: Event, kind: str = "link-down", breaks: Broken = HOP, lost: int = 20) -> list[Event]:
    """The record of a check with one fault from 5 s to 10 s."""
    return [
        CheckStarted(topology="hybrid-backup", check="c", summary="", timers="tuned", wall=""),
        FaultStarted(step=0, kind=kind, target="dx1", before=5.0, after=5.001, event=0, breaks=breaks),
        *seen,
        FaultEnded(step=0, before=10.0, after=10.001, event=1),
        flow(lost),
    ]


def noticed(*seen: Event, kind: str = "link-down", breaks: Broken = HOP, lost: int = 20) -> EventNotice:
    """Who noticed the fault."""
    (notice,) = notices(PLAN, record(*seen, kind=kind, breaks=breaks, lost=lost))
    return notice


def test_a_cut_is_noticed_by_a_router_and_alarms_ring_within_a_minute_and_a_half():
    notice = noticed(*LIGHT)
    assert notice.noticed == "router"
    assert notice.router is not None
    assert (notice.router.node, notice.router_after, notice.lost_in) == ("dc1-r1", pytest.approx(0.001), ("dc1-app",))
    assert [ring.rule for ring in notice.rings] == ["dx1-connection-down", "vif1-bgp-down", "vif1-no-prefixes-accepted"]
    first = notice.rings[0]
    assert first.after == (pytest.approx(0.002, abs=0.001), pytest.approx(90.002, abs=0.001))
    assert first.at[0] == pytest.approx(5.0 + first.after[0])
    assert (first.computed, first.source, first.in_check) == (True, "cloudwatch", "perhaps")


def test_silent_loss_ends_bgp_with_the_light_on():
    rings = [ring.rule for ring in noticed(heard(5.8, "loc-a-1", "bgp", "neighbor dc1-r1 down")).rings]
    assert rings == ["vif1-bgp-down", "vif1-bgp-down-connection-up", "vif1-no-prefixes-accepted"]


def test_partial_loss_would_be_noticed_by_nobody():
    notice = noticed(kind="partial-loss")
    assert (notice.noticed, notice.router, notice.rings) == ("nobody", None, ())


def test_what_routers_see_after_an_automation_has_acted_is_its_action_and_not_the_fault():
    acts = heard(6.0, "dc1-r1", "automation", "brown-out: shuts BGP of vif1, because FlowLossHigh rings")
    notice = noticed(acts, heard(6.1, "dc1-r1", "bgp", "neighbor loc-a-1 down"), kind="partial-loss")
    assert notice.router is None


def test_a_dead_backup_is_harm_although_no_packet_is_lost():
    assert noticed(lost=0).noticed == "nobody"


def test_a_fault_that_only_changes_routes_and_loses_nothing_is_nothing_to_notice():
    assert noticed(breaks=Broken(), lost=0).noticed is None


def test_aws_s_routers_count_only_if_they_lose_a_customer():
    assert noticed(heard(5.5, "vgw", "bgp", "neighbor loc-a-1 down")).noticed == "nobody"
    assert noticed(heard(5.5, "loc-a-1", "bgp", "neighbor dc1-r1 down")).noticed == "router"


def test_prefixes_that_are_withdrawn_are_noticed_by_an_alarm_only():
    notice = noticed(heard(5.1, "loc-a-1", "route", "10.1.0.0/16 gone"), kind="prefix-withdrawal")
    assert (notice.noticed, [ring.rule for ring in notice.rings]) == ("alarm", ["vif1-no-prefixes-accepted"])


def test_an_alarm_that_only_a_sample_in_a_moment_would_start_is_not_certain():
    moment = [heard(5.1, "loc-a-1", "bgp", "neighbor dc1-r1 down"), heard(7.0, "loc-a-1", "bgp", "neighbor dc1-r1 up")]
    notice = noticed(*moment)
    assert {(ring.is_certain, ring.in_check) for ring in notice.rings} == {(False, "perhaps")}
    assert replace(notice, router=None).noticed == "nobody"
    promised = replace(CUT, alarms=(AlarmPromise(rule="vif1-bgp-down"),))
    assert list(broken_alarms(promised, (notice,)))


def test_a_flap_has_one_notice_for_its_first_time():
    flap = [
        each
        for number in range(3)
        for each in (
            FaultStarted(step=number, kind="flap", target="dx1", before=5.0 + number, after=5.0 + number, event=2 * number, breaks=HOP),
            FaultEnded(step=number, before=5.5 + number, after=5.5 + number, event=2 * number + 1),
        )
    ]
    light = [heard(5.001 + number / 2, "loc-a-1", "link", f"eth0 {'up' if number % 2 else 'down'}") for number in range(6)]
    (notice,) = notices(PLAN, [*flap, *light])
    assert notice.event == "flap dx1 begins (1)"
    assert [(ring.rule, ring.is_certain, ring.in_check) for ring in notice.rings] == [("dx1-connection-down", True, "perhaps")]


def test_a_fault_counts_as_ended_only_when_its_own_step_ends():
    """Another fault begins and ends while the first one lasts."""
    other = [
        FaultStarted(step=1, kind="delay", target="dci", before=6.0, after=6.0, event=1),
        FaultEnded(step=1, before=7.0, after=7.0, event=2),
    ]
    first = FaultStarted(step=0, kind="link-down", target="dx1", before=5.0, after=5.0, event=0, breaks=HOP)
    ended = FaultEnded(step=0, before=400.0, after=400.0, event=3)
    light = [heard(5.1, "loc-a-1", "link", "eth0 down"), heard(400.1, "loc-a-1", "link", "eth0 up")]
    of_cut, of_delay = notices(PLAN, [first, *other, ended, *light])
    assert [(ring.rule, ring.in_check) for ring in of_cut.rings] == [("dx1-connection-down", "yes")]
    assert of_delay.rings == ()


def test_a_run_without_a_fault_has_a_notice_only_if_an_alarm_rings():
    quiet = [event for event in record(lost=0) if not isinstance(event, FaultStarted | FaultEnded)]
    assert notices(PLAN, quiet) == ()
    (notice,) = notices(PLAN, [*quiet, *LIGHT])
    assert notice.event == ""
    assert notice.rings


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (AlarmPromise(rule="dx1-connection-down"), []),
        (AlarmPromise(rule="dx1-connection-down", within=91.0), []),
        (
            AlarmPromise(rule="dx1-connection-down", within=60.0),
            ["alarm dx1-connection-down rings after 0 to 90 s, promised within 60 s (computed)"],
        ),
        (AlarmPromise(rule="vpn1-any-tunnel-down"), ["alarm vpn1-any-tunnel-down does not ring, promised to ring"]),
    ],
)
def test_a_promised_alarm_must_ring_in_time(promise, words):
    broken = broken_alarms(replace(CUT, alarms=(promise,)), notices(PLAN, record(*LIGHT)))
    assert [breach.words.partition(" (ringing")[0] for breach in broken] == words


def test_where_no_alarm_is_promised_none_may_ring():
    silent, control = replace(CUT, is_silent=True), Check(name="control", summary="", steps=(), expectations=())
    for check in (silent, control):
        first = next(broken_alarms(check, notices(PLAN, record(*LIGHT))))
        assert first.words == "alarm dx1-connection-down rings after 0 to 90 s, promised none"
    assert not list(broken_alarms(silent, notices(PLAN, record())))


def rang(at: float, rule: str, *, is_old: bool = False) -> Noticed:
    """An alarm of Prometheus begins, or at the end of a check, has rung since before it."""
    return Noticed(event=TimelineEvent(at=at, node="prometheus", source="alarm", what=f"{rule} begins: …", rings=rule, is_old=is_old))


def test_an_alarm_of_prometheus_really_rang_and_is_told_once_also_after_the_fault_ended() -> None:
    notice = noticed(rang(8.5, "FlowLossHigh"), rang(8.6, "FlowLossHigh"), rang(11.0, "FlowDown"), breaks=Broken())
    ring, late = notice.rings
    assert (ring.rule, ring.source, ring.computed, ring.at, ring.after) == ("FlowLossHigh", "prometheus", False, (8.5, 8.5), (3.5, 3.5))
    assert (late.rule, late.at) == ("FlowDown", (11.0, 11.0))
    assert notice.noticed == "alarm"


def test_in_a_run_without_a_fault_no_alarm_of_prometheus_may_ring() -> None:
    events: list[Event] = [CheckStarted(topology="hybrid-backup", check="c", summary="", timers="tuned", wall=""), rang(2.0, "FlowDown")]
    found = notices(PLAN, events)
    (breach,) = broken_alarms(replace(CUT, steps=()), found)
    assert breach.words == "alarm FlowDown rings after 2.0 s, promised none"


def test_an_alarm_that_rang_before_the_check_has_not_noticed_the_fault_but_may_be_false() -> None:
    found = (noticed(rang(9.5, "FlowPathOther", is_old=True), breaks=Broken(nodes=("vgw",))),)
    assert found[0].noticed == "nobody"
    promised = AlarmPromise(rule="FlowPathOther", within=90.0, source="prometheus")
    assert [each.what for each in broken_alarms(replace(CUT, alarms=(promised,)), found)] == ["alarm"]
    assert [each.words for each in broken_alarms(replace(CUT, is_silent=True), found)] == [
        "alarm FlowPathOther rings since before the check, promised none"
    ]


PROMISED = replace(CUT, alarms=(AlarmPromise(rule="FlowLossHigh", within=5.0, source="prometheus"),), is_silent=False)


def promises(*seen: Event, is_monitored: bool) -> tuple[list[str], int]:
    """The broken promises of an alarm of Prometheus, and the number of untested ones."""
    first, *others = record(*seen)
    assert isinstance(first, CheckStarted)
    events = [replace(first, is_monitored=is_monitored), *others]
    silent = unheard(PROMISED, events)
    return [breach.words for breach in broken_alarms(PROMISED, notices(PLAN, events), silent)], len(silent)


def test_a_promised_alarm_of_prometheus_is_kept_if_it_rang_in_time() -> None:
    assert promises(rang(8.5, "FlowLossHigh"), is_monitored=True) == ([], 0)


def test_a_promised_alarm_of_prometheus_that_rang_late_is_broken() -> None:
    broken, _ = promises(rang(10.4, "FlowLossHigh"), rang(9.99, "FlowDown"), is_monitored=True)
    assert broken == ["alarm FlowLossHigh rings after 5.4 s, promised within 5 s"]


def test_a_promised_alarm_of_prometheus_that_never_rang_is_broken() -> None:
    broken, _ = promises(rang(9.99, "FlowDown"), is_monitored=True)
    assert broken == ["alarm FlowLossHigh does not ring, promised within 5 s (ringing: FlowDown)"]


def test_without_a_monitor_a_promised_alarm_of_prometheus_is_not_tested() -> None:
    assert promises(is_monitored=False) == ([], 1)
