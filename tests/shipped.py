"""The shipped topologies, compiled, and the shipped checks, read."""

from functools import cache
from pathlib import Path

from lab.compiler import compile_topology
from lab.intent import read_check, read_topology
from lab.model.check import Check
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.topology import Topology

ROOT = Path(__file__).parents[1]
TOPOLOGIES = tuple(path.stem for path in sorted((ROOT / "topologies").glob("*.yaml")))
CHECKS = tuple((path.parent.name, path.stem) for path in sorted((ROOT / "checks").glob("*/*.yaml")))


@cache
def shipped_topology(name: str) -> Topology:
    """A shipped topology, read once."""
    return read_topology(ROOT / "topologies" / f"{name}.yaml")


@cache
def shipped_plan(name: str = "active-active-vpn", timers: Timers = Timers.TUNED) -> Plan:
    """A shipped topology, compiled once."""
    return compile_topology(shipped_topology(name), timers=timers, ipsec=Ipsec.USERSPACE)


@cache
def shipped_check(topology: str, name: str, timers: Timers = Timers.TUNED) -> Check:
    """A shipped check, read once."""
    return read_check(ROOT / "checks" / topology / f"{name}.yaml", shipped_plan(topology, timers), timers)
