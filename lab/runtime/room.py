"""Room: how many labs this host can measure side by side without one making another lose packets."""

import os
from collections.abc import Sequence
from pathlib import Path

from lab.model.check import DIRECTIONS
from lab.model.plan import Plan

STREAMS_PER_CORE = 3
"""A stream of probes keeps a sixth to a quarter of a core busy (sender, routers, ESP in userspace at both ends); the rest must stay free
for what comes at once: a host without a free moment loses packets that no fault took."""

MIB_PER_NODE = 40
"""21 nodes take 600 to 700 MiB."""

_MEMORY = Path("/proc/meminfo")


def room(cores: int, memory_mib: int, plans: Sequence[Plan]) -> int:
    """How many labs of these plans, be they the heaviest, so many cores and so much available memory have room for; never none."""
    streams = max(len(DIRECTIONS) * len(plan.flows) for plan in plans)
    nodes = max(len(plan.nodes) for plan in plans)
    return max(1, min(cores * STREAMS_PER_CORE // streams, memory_mib // (nodes * MIB_PER_NODE)))


def room_here(plans: Sequence[Plan]) -> int:
    """How many labs of these plans this host has room for now: by the cores we may use and the memory that is available."""
    return room(len(os.sched_getaffinity(0)), available_memory_mib(_MEMORY.read_text()), plans)


def available_memory_mib(meminfo: str) -> int:
    """MemAvailable of /proc/meminfo, which counts in KiB."""
    fields = (line.split() for line in meminfo.splitlines())
    return next((int(field[1]) // 1024 for field in fields if field[0] == "MemAvailable:"), 0)
