"""A command is killed at any instant of any fault, or in an action. Then `lab-heal` makes the lab equal to its plan, with routes and
sessions."""

import json
import multiprocessing
import signal
from collections.abc import Callable
from itertools import count

import pytest

from lab.api.breaks import heal
from lab.api.running import opened
from lab.errors import HostError
from lab.faults import require_possible
from lab.intent import read_parameters, resolve_fault
from lab.model.fault import FAULT_KINDS
from tests.live.commands import inv
from tests.live.dying import die_after_calls, die_in_an_action, die_in_time
from tests.live.hybrid.actions import ORDERS, planned
from tests.waiting import wait_for

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["tests.live.dying"])
"""The killed processes are forked from a process that has loaded everything and done nothing yet."""

PATIENCE_SECONDS = 60.0

EVERY_KIND = {
    "link-down": "dci",
    "carrier-loss": "dx1 side=customer",
    "flap": "dci count=2",
    "silent-loss": "dci",
    "partial-loss": "dci loss=5%",
    "mtu-drop": "dci mtu=1400 way=a-to-b",
    "rate-limit": "dci rate=10mbit way=a-to-b",
    "delay": "dci delay=20ms way=a-to-b",
    "node-kill": "loc-a",
    "node-restart": "dc1-r1",
    "freeze": "dc1-r1/bgpd",
    "daemon-kill": "dc2-r1/zebra",
    "tunnel-down": "vpn1",
    "ike-delete": "vpn1-1",
    "rekey-failure": "vpn1-1",
    "wrong-key": "vpn1-1",
    "endpoint-replacement": "vpn1-1",
    "bgp-shutdown": "vif1",
    "prefix-withdrawal": "vif1",
    "prefix-overflow": "vif1",
    "association-loss": "dxgw",
    "longer-prefix": "vpn1",
    "static-route": "vpn1",
}
"""Target and parameters of each kind, as on a command line."""

LONG_CALLS = ("daemon-kill", "node-restart", "rekey-failure", "wrong-key", "endpoint-replacement")
"""Kinds with calls that exchange several messages with daemons. Such a call may also be killed in the middle."""


def test_every_kind_is_tried() -> None:
    assert set(EVERY_KIND) == set(FAULT_KINDS)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_heal_proves_the_lab_whole_after_a_kill_between_any_two_calls(hybrid: str, kind: str) -> None:
    _skip_where_impossible(hybrid, kind)
    for calls in count():
        code = _ended(die_after_calls, hybrid, calls, kind, EVERY_KIND[kind].split())
        assert code in {0, -signal.SIGKILL}, f"{kind}, call {calls}"
        _heal_and_prove(hybrid, f"{kind}, killed in call {calls}")
        if code == 0:
            assert calls > 1, "it did not both put the fault in and take it out"
            return


@pytest.mark.parametrize("kind", LONG_CALLS)
def test_heal_proves_the_lab_whole_after_a_kill_during_a_call(hybrid: str, kind: str) -> None:
    took = CLEAN.SimpleQueue()
    assert _ended(die_in_time, hybrid, PATIENCE_SECONDS, kind, EVERY_KIND[kind].split(), took) == 0
    whole = took.get()
    _heal_and_prove(hybrid, f"{kind}, not killed")
    codes = []
    for part in (0.2, 0.5, 0.8):
        codes.append(_ended(die_in_time, hybrid, part * whole, kind, EVERY_KIND[kind].split(), took))
        _heal_and_prove(hybrid, f"{kind}, killed at {part:.0%}")
    assert set(codes) <= {0, -signal.SIGALRM}  # 0: it was quicker than before, so the alarm came too late
    assert -signal.SIGALRM in codes


@pytest.mark.parametrize("action", ["static-route", "run"])
def test_heal_proves_the_lab_whole_after_a_kill_in_an_action(hybrid: str, action: str) -> None:
    wanted = planned(ORDERS[action])
    assert _ended(die_in_an_action, hybrid, wanted) == -signal.SIGKILL
    with opened(hybrid) as running:
        wait_for(lambda: running.differences_at(wanted.nodes), f"{action} is still in force")
    _heal_and_prove(hybrid, f"{action}, killed")


def test_the_command_tells_what_it_has_compared(hybrid: str) -> None:
    assert _ended(die_after_calls, hybrid, 0, "node-kill", EVERY_KIND["node-kill"].split()) == -signal.SIGKILL
    healed = inv("lab-heal", "-t", hybrid, "--json", "-")
    assert healed.returncode == 0, healed.stderr
    told = json.loads(healed.stdout)
    assert (told["healed"] != [], told["compared"]["differences"]) == (True, [])


def _skip_where_impossible(lab: str, kind: str) -> None:
    target, *said = EVERY_KIND[kind].split()
    with opened(lab) as running:
        try:
            require_possible(resolve_fault(running.plan, kind, target, read_parameters(said)), running)
        except HostError as reason:
            pytest.skip(str(reason))


def _ended(target: Callable[..., None], *arguments: object) -> int | None:
    process = CLEAN.Process(target=target, args=arguments)
    process.start()
    process.join(PATIENCE_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        pytest.fail(f"{target.__name__} did not come to an end")
    return process.exitcode


def _heal_and_prove(lab: str, when: str) -> None:
    comparison = heal(lab).comparison
    assert (comparison.differences, bool(comparison.learned_routes)) == ((), True), when
