"""DATA CENTRE: the core has every route; each edge has only its own routes to AWS.

iBGP runs only between core and edge. So no edge hears another edge's AWS routes, and each keeps announcing its own. The cores of two data
centres speak eBGP with each other.

Two rules keep AWS from using a data centre as transit. An edge announces only data-centre prefixes to AWS, and another site's only as
heard over the interconnect. AWS routes heard over the interconnect never reach an edge.

A core prefers, in this order: its own Direct Connect, the other site's Direct Connect, its own VPN, the other site's VPN. AWS prefers any
Direct Connect to any VPN, so another order would make paths asymmetric.
"""

from lab.compiler.data_center.core import core_router
from lab.compiler.data_center.edge import edge_router

__all__ = ["core_router", "edge_router"]
