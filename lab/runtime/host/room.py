"""Room: how many labs this host can measure side by side without one making another lose packets."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lab.model.check import DIRECTIONS
from lab.model.plan import Plan

STREAM_CORES = 0.1
TUNNELLED_STREAM_CORES = 0.25
"""What a stream of probes keeps busy: sender, receiver and routers; more where user-space ESP is done at both ends of tunnels."""

BUSY = 0.75
"""The part of the cores that may be busy: what comes at once finds a free moment, or packets are lost that no fault took."""

MIB_PER_NODE = 40
"""21 nodes take 600 to 700 MiB."""

_MEMORY = Path("/proc/meminfo")


class Room(Protocol):
    """Decides which labs run side by side."""

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        """Whether a lab of the plan may start beside those that run; alone any may."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """As many labs as somebody said, whatever they are."""

    number: int

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        return len(beside) < self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRoom:
    """What cores and available memory allow."""

    cores: int
    memory_mib: int

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        plans = (*beside, plan)
        nodes = sum(len(each.nodes) for each in plans)
        return not beside or (sum(map(_cores, plans)) <= self.cores * BUSY and nodes * MIB_PER_NODE <= self.memory_mib)


def host_room() -> HostRoom:
    """This host's room now: the cores we may use and the memory that is available."""
    return HostRoom(cores=len(os.sched_getaffinity(0)), memory_mib=available_memory_mib(_MEMORY.read_text()))


def available_memory_mib(meminfo: str) -> int:
    """MemAvailable of /proc/meminfo, which counts in KiB."""
    fields = (line.split() for line in meminfo.splitlines())
    return next((int(field[1]) // 1024 for field in fields if field[0] == "MemAvailable:"), 0)


def _cores(plan: Plan) -> float:
    return len(DIRECTIONS) * len(plan.flows) * (TUNNELLED_STREAM_CORES if plan.tunnels else STREAM_CORES)
