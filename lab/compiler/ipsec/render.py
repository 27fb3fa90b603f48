"""Spell one side of a tunnel as strongSwan files: a charon of its own, since libipsec cannot tell two 0.0.0.0/0 policies apart."""

from lab.compiler.ipsec import values
from lab.compiler.ipsec.values import TunnelConfig
from lab.compiler.spelling import spell
from lab.model.plan import File

FILES = ("strongswan.conf", "swanctl.conf")


def tunnel_files(tunnel: TunnelConfig) -> tuple[File, ...]:
    """The files of one charon, below /lab. The pre-shared key is no part of a plan: the lab writes it beside them as `secret.conf`."""
    return tuple(
        File(path=f"ipsec/{tunnel.name}/{name}", text=spell("lab.compiler.ipsec", name, {"tunnel": tunnel, "aws": values}))
        for name in FILES
    )
