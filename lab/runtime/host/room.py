"""How many labs this host can measure at the same time, so that no packet is lost for lack of processor time."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lab.model.direction import DIRECTIONS
from lab.model.plan import Plan

STREAM_CORES = 0.1
TUNNELLED_STREAM_CORES = 0.25
"""Cores that one direction of one flow needs at 1000 probes per second, for sender, receiver and routers.

The second figure is for tunnels with ESP in user space.
"""

_RATE_PPS = 1000.0

BUSY = 0.75
"""The part of the cores that may be busy. The rest is for short peaks."""

_CORES_OF_A_DEPLOYMENT = 2

MIB_PER_NODE = 40
"""Memory for one node. 21 nodes take 600 to 700 MiB."""

_MEMORY = Path("/proc/meminfo")


class Room(Protocol):
    """Decides which labs may run at the same time."""

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        """Whether a lab of this plan may start beside the running labs. Always true if no lab runs."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """Room for a fixed number of labs, however large they are."""

    number: int

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        return len(beside) < self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRoom:
    """Room for as many labs as cores and available memory allow. `rate_pps`: probes per second, for each direction of each flow."""

    cores: int
    memory_mib: int
    rate_pps: float = 1000.0

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        plans = (*beside, plan)
        nodes = sum(len(each.nodes) for each in plans)
        return not beside or (
            sum(_cores(plan, self.rate_pps) for plan in plans) <= self.cores * BUSY and nodes * MIB_PER_NODE <= self.memory_mib
        )


def builders() -> int:
    """How many labs may be deployed at the same time. One lab uses two cores."""
    return max(1, len(os.sched_getaffinity(0)) // _CORES_OF_A_DEPLOYMENT)


def host_room(rate_pps: float) -> HostRoom:
    """The room on this host: the cores that we may use, and the memory available now."""
    return HostRoom(cores=len(os.sched_getaffinity(0)), memory_mib=available_memory_mib(_MEMORY.read_text()), rate_pps=rate_pps)


def available_memory_mib(meminfo: str) -> int:
    """MemAvailable of /proc/meminfo, in MiB."""
    fields = (line.split() for line in meminfo.splitlines())
    return next((int(field[1]) // 1024 for field in fields if field[0] == "MemAvailable:"), 0)


def _cores(plan: Plan, rate_pps: float) -> float:
    stream = TUNNELLED_STREAM_CORES if plan.tunnels else STREAM_CORES
    return len(DIRECTIONS) * len(plan.flows) * stream * rate_pps / _RATE_PPS
