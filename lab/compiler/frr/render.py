"""Spell a BgpRouter as one configuration file a daemon (each reads its own: no vtysh at boot, and a killed daemon comes back whole)."""

from lab.compiler.frr.values import BgpRouter
from lab.compiler.spelling import spell
from lab.model.plan import File

DAEMONS = ("zebra", "bfdd", "bgpd")
"""In start order: bgpd finds zebra and bfdd there, and so opens its first session at once."""


def frr_files(router: BgpRouter) -> tuple[File, ...]:
    """The files of a node's FRR daemons, below /lab."""
    return tuple(
        File(path=f"frr/{daemon}.conf", text=spell("lab.compiler.frr", f"{daemon}.conf", {"router": router})) for daemon in DAEMONS
    )
