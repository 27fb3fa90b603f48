"""What a lab cannot show of a network. Reports list these limits, because no verdict covers them.

The table of AWS's behaviours (tests/live/behaviour/README.md) has one row for each limit, with the reason.
"""

from collections.abc import Iterator

from lab.analysis.ways import EDGES
from lab.model.plan import Role
from lab.model.run import Limit
from lab.model.sketch import Sketch


def limits(sketch: Sketch) -> tuple[Limit, ...]:
    """The limits that concern this network."""
    return tuple(Limit(topology=sketch.name, words=words) for words in _words(sketch))


def _words(sketch: Sketch) -> Iterator[str]:
    edges = [node for node in sketch.nodes if node.role in EDGES]
    if len(edges) > 1:
        yield "No firewall keeps state, unless a site has stateful: asymmetric paths work here (find them with symmetric: true)."
    if sketch.vifs:
        yield "Graceful restart is off, unless a virtual interface has graceful_restart: it would keep stale routes."
    if sketch.tunnels:
        yield "Customer gateways always initiate again, unless a VPN connection has initiator: a tunnel may stay down outside the lab."
    if max((len(_ways_out(sketch, place)) for place in {node.place for node in edges}), default=0) > 1:
        yield "A site prefers Direct Connect to VPN, then the connection written first in the file, unless you write prefer."
    if any(sum(gateway in each.associations for each in sketch.dx_gateways) > 1 for gateway in _associated(sketch)):
        yield "Tags (7224:7100-7300) decide also between Direct Connect gateways that share a gateway; reportedly not in AWS."


def _ways_out(sketch: Sketch, place: str) -> set[str]:
    """The names of the AWS devices and VPN connections to which the edge routers of a site connect."""
    edges = {node.name for node in sketch.nodes if node.place == place and node.role in EDGES}
    outside = {node.name for node in sketch.nodes if node.role in {Role.CARRIER, Role.DX_DEVICE}}
    circuits = {name for link in sketch.links for end, name in ((link.a, link.b), (link.b, link.a)) if end in edges and name in outside}
    return circuits | {tunnel.connection for tunnel in sketch.tunnels if tunnel.customer in edges}


def _associated(sketch: Sketch) -> set[str]:
    return {gateway for each in sketch.dx_gateways for gateway in each.associations}
