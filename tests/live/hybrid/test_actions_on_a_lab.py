"""Each action of an automation changes what AWS's routers know, and is undone. The guard holds on real routers and real probes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from ipaddress import IPv4Network

import pytest

from lab.actions import act
from lab.api.running import opened
from lab.engine.acting import Acting, Means
from lab.engine.clock import SystemClock
from lab.intent import resolve_fault
from lab.model.automation import ActionKind, Order
from lab.model.change import Announced
from lab.model.evidence import TimelineEvent
from lab.model.fault import PrefixOverflow
from lab.model.script import ScriptRun
from lab.model.snapshot import Rung
from lab.probes.streams import streaming
from lab.runtime.frr import vty
from lab.runtime.lab import RunningLab
from tests.live.hybrid.actions import BLOCKS, HALF, ORDERS, UNBLOCKS, planned
from tests.waiting import wait_for

DC1, DC2 = IPv4Network("10.1.0.0/16"), IPv4Network("10.2.0.0/16")
RINGS = Rung(rule="FlowLossHigh", state="firing", at=0.0)
VPN, CIRCUIT = {"vpn1-1", "vpn1-2"}, {"loc-a-1"}


@pytest.fixture
def lab(hybrid: str) -> Iterator[RunningLab]:
    """The lab of this folder. After a test nothing may differ from its plan, and no route from those of the healthy lab."""
    with opened(hybrid) as running:
        yield running
        wait_for(lambda: not running.compare().differences, "nothing differs", 30)


def best(lab: RunningLab) -> str:
    """The best path to dc1 at AWS's device of the circuit: its AS path and its communities."""
    told = vty.ask(lab.pid("loc-a-1"), "bgpd", f"show bgp ipv4 unicast {DC1} json")
    paths = told.get("paths")
    found = next((each for each in paths if "bestpath" in each), {}) if isinstance(paths, list) else {}
    return " ".join(str(found.get(key, {}).get("string", "")) for key in ("aspath", "community"))


def next_hops(lab: RunningLab, prefix: IPv4Network) -> set[str]:
    """The nodes to which the gateway sends packets to a prefix."""
    owners = {interface.address.ip: node.name for node in lab.plan.nodes for interface in node.interfaces if interface.address}
    return {owners[hop] for found, hops in lab.view("vgw").bgp_routes() if found == prefix for hop in hops}


EFFECTS: dict[str, Callable[[RunningLab], bool]] = {
    "prepend": lambda lab: best(lab).startswith("65001 65001 65001"),
    "local-preference": lambda lab: "7224:7100" in best(lab),
    "withdraw": lambda lab: bool(next_hops(lab, DC1)) and next_hops(lab, DC1) <= VPN,
    "announce": lambda lab: bool(next_hops(lab, HALF)) and next_hops(lab, HALF) <= VPN,
    "static-route": lambda lab: bool(next_hops(lab, HALF)) and next_hops(lab, HALF) <= VPN,
}
"""What AWS's routers show while an action is in force. `bgp-shutdown` is in a shipped check, `bgp-open` and `run` are below."""


def test_each_action_shows_at_aws_and_no_more_when_it_is_undone(lab: RunningLab) -> None:
    for name, shows in EFFECTS.items():
        assert not shows(lab), name
        with ExitStack() as undo:
            act(planned(ORDERS[name]), lab, undo)
            wait_for(partial(shows, lab), f"{name} shows", 10)
        wait_for(lambda shows=shows: not shows(lab), f"{name} is undone", 10)
    wait_for(lambda: next_hops(lab, DC1) == CIRCUIT, "the circuit is used again", 10)


def test_opening_a_session_opens_one_that_too_many_prefixes_closed(lab: RunningLab) -> None:
    def closed() -> bool:
        return any("PfxCt" in each.state for each in lab.bgp_states())

    overflow = resolve_fault(lab.plan, "prefix-overflow", "vif1")
    assert isinstance(overflow, PrefixOverflow)
    for announcement in overflow.announcements:
        lab.change_router(Announced(announcement=announcement))
    wait_for(closed, "AWS closes the session", 10)
    for announcement in overflow.announcements:
        lab.restore_router(Announced(announcement=announcement))
    assert closed()
    with ExitStack() as undo:
        act(planned(ORDERS["bgp-open"]), lab, undo)
    wait_for(lambda: all(each.state == "Established" for each in lab.bgp_states()), "every session is open", 20)


def test_the_last_path_is_not_taken_and_what_a_script_took_is_given_back(lab: RunningLab) -> None:
    told: list[TimelineEvent] = []
    means = Means(lab=lab, clock=SystemClock(), tell=told.append)
    script = Order(kind=ActionKind.RUN, target="dc1-r1", run=ScriptRun(node="dc1-r1", script=BLOCKS, undo=UNBLOCKS))
    refused, taken = (Acting(means, [planned(order)]) for order in (ORDERS["bgp-shutdown"], script))
    with ExitStack() as undo, streaming(lab) as streams:
        undo.callback(refused.end)
        undo.callback(taken.end)

        def turned(acting: Acting, awaited: str) -> bool:
            acting.turn(streams.latest_paths)
            return bool(told) and awaited in told[-1].what

        act(planned(Order(kind=ActionKind.SHUT, target="vpn1")), lab, undo)
        wait_for(lambda: all(streams.latest_paths().values()), "every flow has a path", 10)
        refused.hear(RINGS)
        wait_for(lambda: turned(refused, "does not act, because dc1-app and dc2-app would have no path"), "it is refused", 5)
        taken.hear(RINGS)
        wait_for(lambda: turned(taken, "unblock.sh ended with exit code 0"), "it is given back", 15)
    assert [each.what.partition(" after ")[0] for each in told[1:]] == [
        "automatic: runs block.sh in dc1-r1, because FlowLossHigh rings",
        "automatic: block.sh ended with exit code 0",
        "automatic: runs unblock.sh in dc1-r1, because dc1-app has had no path for 2 s (never: last path)",
        "automatic: unblock.sh ended with exit code 0",
    ]
