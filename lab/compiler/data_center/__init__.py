"""DATA CENTRE: a core that holds every route, edges that each know only their own way out.

iBGP runs core-edge only, so no edge hears another's AWS routes and each keeps announcing its own; the core sees them all. Data centres meet
by eBGP between their cores. Transit is closed twice: an edge tells AWS only data-centre prefixes (another's only as heard over the
interconnect), and AWS routes heard over the interconnect never reach an edge.
Preference of the ways to AWS: own Direct Connect, the other site's Direct Connect, own VPN, the other site's VPN. AWS likes Direct Connect
better than VPN, whosever it is, so any other order would be asymmetric.
"""

from lab.compiler.data_center.core import core_router
from lab.compiler.data_center.edge import edge_router

__all__ = ["core_router", "edge_router"]
