"""DATA CENTRE: the routers of a site. The core has every route, and each edge has only its own routes to AWS.

iBGP runs only between core and edge. So an edge never learns another edge's AWS routes, and each edge keeps announcing its own. An edge
with an ASN of its own has eBGP with the core (`own_as`). The cores of two data centres have eBGP with each other. With one ASN they have
iBGP, which keeps local preferences.

Two rules keep AWS from sending transit traffic through a data centre. An edge announces only prefixes of data centres to AWS, and those of
another site only if learned over the interconnect. AWS routes learned over the interconnect never reach an edge.

A core prefers, in this order: its own Direct Connect, the other site's Direct Connect, its own VPN, the other site's VPN. AWS prefers every
Direct Connect to every VPN, so another order would make paths asymmetric.
"""

from lab.compiler.data_center.core import core_router, core_routes
from lab.compiler.data_center.edge import edge_router

__all__ = ["core_router", "core_routes", "edge_router"]
