"""The times for which FRR always waits before it acts on a change.

They are the same on every host. Names and options are those of FRR 10.3.
"""

HOLD_SECONDS = 0.05
"""In every router, bgpd waits this long before it decides on changed prefixes (bgp_process_queue_init)."""

CLEAR_SECONDS = 0.01
"""bgpd also waits this long before it removes the routes of a lost neighbor (bgp_clear_node_queue_init).

Exception: the interface of the next hop went down, too. zebra's own 10 ms do not count: every lab sets `zebra work-queue 0`.
"""

_SLACK_SECONDS = 0.001
"""The program that stamps events wakes up at most this late."""


def held(seconds: float, routers: int) -> float:
    """The part of `seconds` in which bgpd waited before it decided. `routers`: the most routers that the change can have passed."""
    return min(min(int((seconds + _SLACK_SECONDS) / HOLD_SECONDS), routers) * HOLD_SECONDS, seconds)


def cleared_and_held(seconds: float, routers: int) -> float:
    """The part of `seconds` in which bgpd waited before it decided (see `held`), and before it removed the routes of a lost neighbor."""
    waited = held(seconds, routers)
    return waited + CLEAR_SECONDS if waited and seconds - waited >= CLEAR_SECONDS - _SLACK_SECONDS else waited
