"""Choose which of several equal paths a node's kernel uses for probes, by its hash seed. Each boot of a host has another seed."""

import json
import subprocess
from pathlib import Path

from lab.model.direction import DIRECTIONS, Direction
from lab.model.flow import Flow
from lab.model.probe_ports import source_port
from lab.probes.wire import FIRST_PORT
from lab.runtime.lab import RunningLab
from tests.live.behaviour.seen import next_hop, run
from tests.waiting import wait_for

SEED = Path("/proc/sys/net/ipv4/fib_multipath_hash_seed")
"""The hash seed. Each network namespace has its own (Linux 6.11 and later)."""

_MOST_SEEDS = 64
_UDP = "17"
"""UDP by number, because nodes have no /etc/protocols."""


def send_by(lab: RunningLab, node: str, hop: str, flow: Flow, direction: Direction) -> None:
    """Make a node forward one direction of a flow to this one of its equal next hops."""
    source, target = (str(end.address) for end in ((flow.source, flow.target) if direction == "forward" else (flow.target, flow.source)))
    wait_for(lambda: run(lab, node, "ip", "route", "show", "proto", "bgp").count("nexthop") > 1, f"{node}: equal paths")
    arrives = json.loads(run(lab, node, "ip", "-json", "route", "get", source))[0]["dev"]
    port = FIRST_PORT + len(DIRECTIONS) * lab.plan.flows.index(flow) + DIRECTIONS.index(direction)
    probe = ("from", source, "iif", arrives, "ipproto", _UDP, "sport", str(source_port(port)), "dport", str(port))
    for seed in range(1, _MOST_SEEDS):
        enter = ["nsenter", "--target", str(lab.pid(node)), "--net"]
        subprocess.run([*enter, "sh", "-c", f"echo {seed} > {SEED}"], check=True)
        if next_hop(lab, node, target, *probe) == hop:
            return
    raise AssertionError(f"{node}: no seed hashes {flow.name} {direction} to {hop}")
