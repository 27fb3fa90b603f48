"""Queues: a queueing discipline limits the rate of leaving packets (tbf) or delays them (netem)."""

from typing import assert_never

from pyroute2 import IPRoute

from lab.model.impairment import Bandwidth, Latency
from lab.runtime.netns.dump import Dump

_TBF_HANDLE, _NETEM_HANDLE = 0x10000, 0x20000
"""One for each kind: the kernel refuses a queue of another kind under a used handle."""
_ROOT = 0xFFFFFFFF
_PATIENCE_MICROSECONDS = 50_000
"""The queue of a slow link before it drops: a few tens of milliseconds, like a router's."""
_LARGEST_FRAME = 1514
_BURST_SECONDS = 0.005
_NETEM_PACKETS = 100_000
"""Far above any probe rate times any delay: netem must not drop packets too."""


class Queues:
    """The queues of one node's interfaces, by interface index."""

    def __init__(self, ip: IPRoute, dump: Dump) -> None:
        self._ip = ip
        self._dump = dump

    def set(self, index: int, impairment: Bandwidth | Latency) -> None:
        """Set the queue of this impairment, in place of an earlier one. NetlinkError if the kernel has no such kind."""
        match impairment:
            case Bandwidth():
                octets = impairment.bits_per_second // 8
                burst = max(2 * _LARGEST_FRAME, int(octets * _BURST_SECONDS))
                self._ip.tc("replace", "tbf", index, handle=_TBF_HANDLE, rate=octets, burst=burst, latency=_PATIENCE_MICROSECONDS)
            case Latency():
                delay, jitter = (round(seconds * 1e6) for seconds in (impairment.seconds, impairment.jitter_seconds))
                self._ip.tc("replace", "netem", index, handle=_NETEM_HANDLE, delay=delay, jitter=jitter, limit=_NETEM_PACKETS)
            case _:
                assert_never(impairment)

    def clear(self, index: int) -> None:
        """Remove the queue and the packets in it. Safe if there is none."""
        if any(there == index for there, _ in self._dump.queues()):
            self._ip.tc("del", index=index, handle=0, parent=_ROOT)
