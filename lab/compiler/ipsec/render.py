"""Write one end of a tunnel as strongSwan files.

Each tunnel has its own charon, because libipsec cannot tell two 0.0.0.0/0 policies apart.
"""

from lab.compiler.ipsec import values
from lab.compiler.ipsec.values import TunnelConfig
from lab.compiler.spelling import spell
from lab.model.plan import File

FILES = ("strongswan.conf", "swanctl.conf")


def tunnel_files(tunnel: TunnelConfig) -> tuple[File, ...]:
    """The configuration files of one charon, with paths below /lab. A plan has no secrets: the lab adds the key later, as `secret.conf`."""
    return tuple(
        File(path=f"ipsec/{tunnel.name}/{name}", text=spell("lab.compiler.ipsec", name, {"tunnel": tunnel, "aws": values}))
        for name in FILES
    )
