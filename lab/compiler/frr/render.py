"""Write a BgpRouter as one configuration file for each daemon. So a daemon that restarts needs no vtysh to get its configuration."""

from lab.compiler.frr.words import list_words, match_words, set_words
from lab.compiler.spelling import spell
from lab.model.plan import File
from lab.model.router import BgpRouter

DAEMONS = ("mgmtd", "zebra", "bfdd", "bgpd")
"""FRR's daemons in the order in which they start. bgpd is last: it finds the others running and opens its first session at once.

mgmtd does little for us. But without it zebra 10.3 retries every 10 ms to report a change, which costs 6 % of a core on each node.
"""

_WORDS = {"list": list_words, "match": match_words, "set": set_words}


def frr_files(router: BgpRouter, *, has_default_route: bool) -> tuple[File, ...]:
    """The configuration files of a node's FRR daemons, with paths below /lab. Only for a default route, mgmtd needs one."""
    return tuple(
        File(path=f"frr/{daemon}.conf", text=spell("lab.compiler.frr", f"{daemon}.conf", {"router": router, "words": _WORDS}))
        for daemon in DAEMONS
        if has_default_route or daemon != "mgmtd"
    )
