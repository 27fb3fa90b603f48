"""FRR's own share: what it waits by itself before it acts on news, however fast the host. Options and names are those of FRR 10.3."""

HOLD_SECONDS = 0.05
"""In every router that news passes, bgpd lets changed prefixes wait so long before it decides on them (bgp_process_queue_init)."""

CLEAR_SECONDS = 0.01
"""Before that, bgpd waits so long to take back what a lost neighbor had told (bgp_clear_node_queue_init), unless the next hop's interface
went, too. zebra's own 10 ms are none here: every lab sets `zebra work-queue 0`."""

_SLACK_SECONDS = 0.001
"""Instants are stamped by a program that is woken for them."""


def held(seconds: float, routers: int) -> float:
    """How much of so many seconds, spent by news on its way through at most so many routers, was waiting before decisions."""
    return min(min(int((seconds + _SLACK_SECONDS) / HOLD_SECONDS), routers) * HOLD_SECONDS, seconds)


def cleared_and_held(seconds: float, routers: int) -> float:
    """The same where the news may have begun with a lost neighbor."""
    waited = held(seconds, routers)
    return waited + CLEAR_SECONDS if waited and seconds - waited >= CLEAR_SECONDS - _SLACK_SECONDS else waited
