"""Spell a BgpRouter as one configuration file a daemon (each reads its own: no vtysh at boot, and a killed daemon comes back whole)."""

from lab.compiler.frr.values import BgpRouter
from lab.compiler.spelling import spell
from lab.model.plan import File

DAEMONS = ("mgmtd", "zebra", "bfdd", "bgpd")
"""In start order: each finds those before it there, and bgpd so opens its first session at once.

mgmtd has nothing to do here, but without it zebra 10.3 tries every 10 ms to tell it of each change, at 6 % of a core a node.
"""


def frr_files(router: BgpRouter) -> tuple[File, ...]:
    """The files of a node's FRR daemons, below /lab."""
    return tuple(
        File(path=f"frr/{daemon}.conf", text=spell("lab.compiler.frr", f"{daemon}.conf", {"router": router}))
        for daemon in DAEMONS
        if daemon != "mgmtd"
    )
