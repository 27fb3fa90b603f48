"""Room: how many labs this host can measure at the same time without packets lost for lack of processor time."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lab.model.direction import DIRECTIONS
from lab.model.plan import Plan

STREAM_CORES = 0.1
TUNNELLED_STREAM_CORES = 0.25
"""The load of one stream in cores: sender, receiver and routers. More if it passes tunnels with user-space ESP at both ends."""

BUSY = 0.75
"""The part of the cores that may be busy. The rest takes peaks, so that no packet is lost without a fault."""

MIB_PER_NODE = 40
"""21 nodes take 600 to 700 MiB."""

_MEMORY = Path("/proc/meminfo")


class Room(Protocol):
    """Decides which labs run at the same time."""

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        """Whether a lab of the plan may start beside the running labs. Always true if none runs."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """A fixed number of labs, whatever their size."""

    number: int

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        return len(beside) < self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRoom:
    """The labs that cores and available memory allow."""

    cores: int
    memory_mib: int

    def fits(self, plan: Plan, beside: Sequence[Plan]) -> bool:
        plans = (*beside, plan)
        nodes = sum(len(each.nodes) for each in plans)
        return not beside or (sum(map(_cores, plans)) <= self.cores * BUSY and nodes * MIB_PER_NODE <= self.memory_mib)


def host_room() -> HostRoom:
    """This host's room now: the cores we may use and the available memory."""
    return HostRoom(cores=len(os.sched_getaffinity(0)), memory_mib=available_memory_mib(_MEMORY.read_text()))


def available_memory_mib(meminfo: str) -> int:
    """MemAvailable of /proc/meminfo, converted from KiB."""
    fields = (line.split() for line in meminfo.splitlines())
    return next((int(field[1]) // 1024 for field in fields if field[0] == "MemAvailable:"), 0)


def _cores(plan: Plan) -> float:
    return len(DIRECTIONS) * len(plan.flows) * (TUNNELLED_STREAM_CORES if plan.tunnels else STREAM_CORES)
