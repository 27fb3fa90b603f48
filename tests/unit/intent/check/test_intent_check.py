"""Checks: names are resolved in a plan, durations by timer profile, and promises that cannot be kept are refused."""

import pytest

from lab.errors import InputError
from lab.intent import read_check
from lab.model.check import Check, Expectation, Promise, Step, When
from lab.model.fault import LinkDown, SilentLoss
from lab.model.plan import Timers
from tests.unit.intent.samples import small_plan

TEXT = """
summary: The interconnect goes dark.
steps:
  - {fault: silent-loss, target: dci, at: 5s, for: {tuned: 20s, default: 2m}, way: a-to-b}
  - {fault: link-down, target: isp-a, at: 6s, for: 500ms}
expect:
  - {flow: dc1-dc2, direction: forward, during: {outage_at_most: {tuned: 1.5s, default: 32s}, outage_at_least: 0s, via: vpn1}}
  - {flow: dc1-app, during: {reachable: false}, after: {outage_at_most: 0s, via: [vpn1-1, vgw]}}
"""


def test_a_check_means_what_it_says(written):
    path = written(TEXT, "dci-dark.yaml")
    assert read_check(path, small_plan(), Timers.TUNED) == Check(
        name="dci-dark",
        summary="The interconnect goes dark.",
        steps=(
            Step(kind="silent-loss", target="dci", fault=SilentLoss(links=("dci",), way="a-to-b"), at=5.0, duration=20.0),
            Step(kind="link-down", target="isp-a", fault=LinkDown(links=("dc1-gw1--isp-a",)), at=6.0, duration=0.5),
        ),
        expectations=(
            Expectation(flow="dc1-dc2", directions=("forward",), during=Promise(outage_at_most=1.5, outage_at_least=0.0, via=("vpn1",))),
            Expectation(flow="dc1-app", during=Promise(reachable=False), after=Promise(outage_at_most=0.0, via=("vpn1-1", "vgw"))),
        ),
        file=str(path),
    )


def test_durations_are_those_of_the_timer_profile(written):
    check = read_check(written(TEXT, "dci-dark.yaml"), small_plan(), Timers.DEFAULT)
    assert check.steps[0].duration == 120.0
    assert check.expectations[0].during == Promise(outage_at_most=32.0, outage_at_least=0.0, via=("vpn1",))


def test_both_profiles_are_judged_whichever_is_asked_for(written):
    path = written(TEXT.replace("at: 5s", "at: {tuned: 5s, default: 0s}"))
    with pytest.raises(InputError, match=r":4: steps\[0\]\.at: a fault cannot begin before 1s"):
        read_check(path, small_plan(), Timers.TUNED)


def test_all_problems_of_a_check_come_at_once_by_line(written):
    path = written(TEXT.replace("target: dci", "target: dcj").replace("flow: dc1-app", "flow: dc9").replace("for: 500ms", "for: 500"))
    with pytest.raises(InputError) as caught:
        read_check(path, small_plan(), Timers.TUNED)
    assert [problem.place for problem in caught.value.problems] == [f"{path}:{line}" for line in (4, 5, 8)]


EVENTS = """
summary: One circuit after the other.
touches: nothing
steps:
  - {fault: link-down, target: dci, name: first, at: 2s, for: 6s}
  - {fault: link-down, target: isp-a, at: 4s, for: 2s}
expect:
  - {flow: dc1-dc2, before: {via: dci}, when: {first: begins}, then: {outage_at_most: {tuned: 1s, default: 9s}}}
  - {flow: dc1-dc2, when: {isp-a: ends}, then: {via: vpn1}}
  - {flow: dc1-app, symmetric: true}
"""


def test_an_expectation_may_speak_of_one_event_of_where_a_flow_begins_and_of_symmetry(written):
    check = read_check(written(EVENTS), small_plan(), Timers.TUNED)
    assert check.touches_nothing
    assert [(step.name, step.called) for step in check.steps] == [("first", "first"), ("", "isp-a")]
    assert check.expectations == (
        Expectation(flow="dc1-dc2", before=("dci",), when=When(step="first", turn="begins"), then=Promise(outage_at_most=1.0)),
        Expectation(flow="dc1-dc2", when=When(step="isp-a", turn="ends"), then=Promise(via=("vpn1",))),
        Expectation(flow="dc1-app", symmetric=True),
    )


def test_a_check_without_steps_asks_only_how_the_network_begins(written):
    text = "summary: As drawn.\nexpect:\n  - {flow: dc1-app, before: {via: [vpn1, dci]}, symmetric: true}\n"
    check = read_check(written(text), small_plan(), Timers.TUNED)
    assert (check.steps, check.expectations) == ((), (Expectation(flow="dc1-app", before=("vpn1", "dci"), symmetric=True),))


MTU_DROP = """
summary: Large packets are dropped.
probe_size: {size}
steps:
  - {{fault: mtu-drop, target: {target}, mtu: 1400, at: 2s, for: 4s}}
expect:
  - {{flow: dc1-app, during: {{reachable: false}}}}
"""


@pytest.mark.parametrize(("target", "least"), [("dci", 1401), ("isp-a", 1339)])
def test_probes_must_be_too_long_for_the_link_counting_ipsec_where_tunnels_go(written, target, least):
    path = written(MTU_DROP.format(target=target, size=least))
    assert read_check(path, small_plan(), Timers.TUNED).probe_size == least
    path = written(MTU_DROP.format(target=target, size=least - 1))
    with pytest.raises(InputError, match=rf"{least - 1} octets, because they are too small \(write probe_size: {least} or more\)"):
        read_check(path, small_plan(), Timers.TUNED)
