"""FRR's own share: the fixed times that FRR waits before it acts on a change, on any host. Options and names are those of FRR 10.3."""

HOLD_SECONDS = 0.05
"""In every router, bgpd waits so long before it decides on changed prefixes (bgp_process_queue_init)."""

CLEAR_SECONDS = 0.01
"""Before that, bgpd waits so long before it removes the routes of a lost neighbor (bgp_clear_node_queue_init). Exception: the next hop's
interface went down, too. zebra's own 10 ms do not count: every lab sets `zebra work-queue 0`."""

_SLACK_SECONDS = 0.001
"""The program that stamps events must wake up first."""


def held(seconds: float, routers: int) -> float:
    """The part of `seconds` that bgpd waited before decisions, if the change passed at most so many routers."""
    return min(min(int((seconds + _SLACK_SECONDS) / HOLD_SECONDS), routers) * HOLD_SECONDS, seconds)


def cleared_and_held(seconds: float, routers: int) -> float:
    """Like `held`, but the change may have begun with a lost neighbor."""
    waited = held(seconds, routers)
    return waited + CLEAR_SECONDS if waited and seconds - waited >= CLEAR_SECONDS - _SLACK_SECONDS else waited
