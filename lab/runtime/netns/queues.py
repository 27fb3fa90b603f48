"""Queues at interfaces: they limit the rate of leaving packets (tbf) or delay them (netem)."""

from typing import assert_never

from pyroute2 import IPRoute

from lab.model.impairment import Bandwidth, Latency
from lab.runtime.netns.dump import Dump

_TBF_HANDLE, _NETEM_HANDLE = 0x10000, 0x20000
"""The handle for each kind of queue. Under a used handle, the kernel refuses a queue of another kind."""
_ROOT = 0xFFFFFFFF
_PATIENCE_MICROSECONDS = 50_000
"""How long packets may wait in the queue of a slow link before it drops them. A router's queue has tens of milliseconds, too."""
_LARGEST_FRAME = 1514
_BURST_SECONDS = 0.005
_NETEM_PACKETS = 100_000
"""How many packets netem can hold. It is more than any probe rate times any delay, so that netem does not drop packets, too."""


class Queues:
    """The queues at one node's interfaces, by interface index."""

    def __init__(self, ip: IPRoute, dump: Dump) -> None:
        self._ip = ip
        self._dump = dump

    def set(self, index: int, impairment: Bandwidth | Latency) -> None:
        """Set the queue for this impairment. Replaces an earlier one.

        Raises NetlinkError if the kernel does not have this kind of queue.
        """
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
        """Remove the queue with the packets in it. Does nothing if there is none."""
        if any(there == index for there, _ in self._dump.queues()):
            self._ip.tc("del", index=index, handle=0, parent=_ROOT)
