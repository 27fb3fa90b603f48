"""Faults on the real lab: each breaks something and can be undone, and `lab-heal` undoes those that are left in force."""

import json

import pytest

from lab.analysis.verdict import judge
from lab.api.labs import GOOD_WITHIN_SECONDS
from lab.engine import Settings, run_check
from lab.engine.arrival import wait_until_good
from lab.faults import inject, inject_for_good
from lab.intent import read_parameters, resolve_fault
from lab.model.check import Check, Step
from lab.model.event import Event, FaultStarted
from lab.model.fault import Fault
from lab.model.outcome import Status
from lab.model.plan import Plan
from lab.runtime.host.kernel import Feature
from lab.runtime.lab import RunningLab
from lab.runtime.netns.trial import try_out
from tests.live.commands import inv

MORE = [
    ("partial-loss", "isp-a loss=5%"),
    ("tunnel-down", "vpn1"),
    ("prefix-withdrawal", "vpn1"),
    ("freeze", "dc1-core/zebra"),
    ("daemon-kill", "vpn2-1/charon:vpn2-1"),
    ("daemon-kill", "dc2-gw1/zebra"),
    ("node-restart", "vpn1-1"),
    ("node-restart", "internet"),
]
"""Groups, and every sort of daemon and node. One fault of each kind is in the contract and in `test_killed_in_a_fault`."""


def _fault(plan: Plan, kind: str, words: str) -> Fault:
    target, *said = words.split()
    return resolve_fault(plan, kind, target, read_parameters(said))


@pytest.mark.parametrize(("kind", "words"), MORE)
def test_a_fault_breaks_something_and_is_undone(lab: RunningLab, kind: str, words: str) -> None:
    with inject(_fault(lab.plan, kind, words), lab):
        assert lab.differences() != ()
    wait_until_good(lab, GOOD_WITHIN_SECONDS)
    assert lab.differences() == ()


@pytest.mark.parametrize(("kind", "words"), MORE)
def test_a_fault_left_in_force_is_healed(lab: RunningLab, kind: str, words: str) -> None:
    inject_for_good(_fault(lab.plan, kind, words), lab)
    assert lab.heal() != ()
    wait_until_good(lab, GOOD_WITHIN_SECONDS)
    assert lab.differences() == ()


def test_a_check_with_an_unsupported_fault_is_an_error_with_the_reason_and_breaks_nothing(lab: RunningLab) -> None:
    late = _fault(lab.plan, "delay", "dci delay=20ms")
    step = Step(kind="delay", target="dci", fault=late, at=1.0, duration=2.0)
    check = Check(name="late", summary="Late.", steps=(step,), expectations=())
    events: list[Event] = []
    run_check(lab, check, events.append, Settings())
    judged = judge(check, lab.plan, events)
    if try_out(Feature.NETEM) is None:
        assert judged.status is Status.PASS, judged.reason
        return
    assert judged.status is Status.ERROR
    assert "this kernel does not support netem" in judged.reason
    assert not any(isinstance(event, FaultStarted) for event in events)
    told = inv("lab-break", "delay", "dci", "-t", lab.plan.name, "--with", "delay=20ms")
    assert told.returncode == 3
    assert "this kernel does not support netem" in told.stderr


def test_a_fault_by_hand_is_listed_until_healed_and_a_conflicting_fault_is_refused(lab: RunningLab) -> None:
    assert inv("lab-break", "silent-loss", "dci", "-t", lab.plan.name).returncode == 0
    told = json.loads(inv("lab-status", "-t", lab.plan.name, "--json", "-").stdout)
    assert [(fault["kind"], fault["target"], fault["until"]) for fault in told["faults"]] == [("silent-loss", "dci", None)]
    refused = inv("lab-break", "silent-loss", "dci", "-t", lab.plan.name, "--with", "way=a-to-b")
    assert (refused.returncode, "to undo one of them would undo both (run ./inv lab-heal first)" in refused.stderr) == (2, True)
    assert inv("lab-heal", "-t", lab.plan.name).returncode == 0
    broken = json.loads(inv("lab-break", "silent-loss", "dci", "-t", lab.plan.name, "--for", "1s", "--json", "-").stdout)
    assert broken["since"] < broken["until"]
    assert json.loads(inv("lab-status", "-t", lab.plan.name, "--json", "-").stdout)["faults"] == []
    wait_until_good(lab, GOOD_WITHIN_SECONDS)


def test_a_flap_by_hand_comes_and_goes_and_leaves_nothing(lab: RunningLab) -> None:
    refused = inv("lab-break", "flap", "dci", "-t", lab.plan.name, "--with", "count=2")
    assert (refused.returncode, "a flap needs a duration (try: --for 10s" in refused.stderr) == (2, True)
    told = inv("lab-break", "flap", "dci", "-t", lab.plan.name, "--with", "count=2", "--for", "2s")
    assert (told.returncode, told.stderr.count("flap dci count=2: in force"), lab.differences()) == (0, 2, ())
    wait_until_good(lab, GOOD_WITHIN_SECONDS)
