"""Actions of automations, and the plans of the automations that carry them out on the lab of this folder."""

from dataclasses import replace
from ipaddress import IPv4Network

from lab.compiler import compile_topology
from lab.model.automation import ActionKind, Automation, Order, PlannedAutomation
from lab.model.plan import Ipsec, Timers
from lab.model.script import Script, ScriptRun
from tests.shipped import shipped_topology

HALF = IPv4Network("10.2.0.0/17")

BLOCKS = Script(name="block.sh", text="#!/bin/bash\nip route add blackhole 172.31.0.0/16 metric 1\necho blocked\n")
UNBLOCKS = Script(name="unblock.sh", text="ip route del blackhole 172.31.0.0/16 metric 1\n")
HANGS = Script(name="hang.sh", text="ip route add blackhole 10.99.0.0/16; sleep 600 & sleep 600\n", timeout=60.0)

ORDERS = {
    "bgp-shutdown": Order(kind=ActionKind.SHUT, target="vif1"),
    "bgp-open": Order(kind=ActionKind.OPEN, target="vif1"),
    "prepend": Order(kind=ActionKind.PREPEND, target="vif1", times=2),
    "local-preference": Order(kind=ActionKind.PREFER, target="vif1", community="7224:7100"),
    "withdraw": Order(kind=ActionKind.WITHDRAW, target="vif1"),
    "announce": Order(kind=ActionKind.ANNOUNCE, target="vpn1", prefix=HALF),
    "static-route": Order(kind=ActionKind.ROUTE, target="vpn1", side="aws", prefix=HALF),
    "run": Order(kind=ActionKind.RUN, target="dc1-r1", run=ScriptRun(node="dc1-r1", script=HANGS)),
}


def planned(order: Order) -> PlannedAutomation:
    """The automation with this action. It acts when FlowLossHigh rings, and takes no last path."""
    automation = Automation(name="automatic", rule="FlowLossHigh", order=order, spares_last_path=True)
    topology = replace(shipped_topology("hybrid-backup"), automations=(automation,))
    (found,) = compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE).automations
    return found
