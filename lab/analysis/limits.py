"""Limits: what the emulation of a network cannot show, so that nobody takes a verdict for more than it says.

The table of AWS's behaviours has a row for each, with the reason.
"""

from collections.abc import Iterator

from lab.analysis.ways import EDGES
from lab.model.outcome import Limit
from lab.model.plan import Role
from lab.model.sketch import Sketch


def limits(sketch: Sketch) -> tuple[Limit, ...]:
    """What a network comes near to that its lab does not have."""
    return tuple(Limit(topology=sketch.name, words=words) for words in _words(sketch))


def _words(sketch: Sketch) -> Iterator[str]:
    edges = [node for node in sketch.nodes if node.role in EDGES]
    if len(edges) > 1:
        yield "No firewall keeps state here: a flow that goes out by one edge and comes back by another passes (symmetric: true finds it)."
    if sketch.vifs:
        yield "Graceful restart is off at both ends of every BGP session: stale routes that it would keep are not seen."
    if sketch.tunnels:
        yield "Customer gateways always initiate again: a tunnel that nobody would bring back is not seen."
    if max((len(_ways_out(sketch, place)) for place in {node.place for node in edges}), default=0) > 1:
        yield "A site prefers Direct Connect to VPN, and of equal ways the one written first in the file: your routers may do otherwise."
    if any(sum(gateway in each.associations for each in sketch.dx_gateways) > 1 for gateway in _associated(sketch)):
        yield "Tags (7224:7100-7300) are compared across Direct Connect gateways that share a gateway; AWS reportedly does not."


def _ways_out(sketch: Sketch, place: str) -> set[str]:
    """The circuits' devices and the VPN connections that a site's edges lead to."""
    edges = {node.name for node in sketch.nodes if node.place == place and node.role in EDGES}
    outside = {node.name for node in sketch.nodes if node.role in {Role.CARRIER, Role.DX_DEVICE}}
    circuits = {name for link in sketch.links for end, name in ((link.a, link.b), (link.b, link.a)) if end in edges and name in outside}
    return circuits | {tunnel.connection for tunnel in sketch.tunnels if tunnel.customer in edges}


def _associated(sketch: Sketch) -> set[str]:
    return {gateway for each in sketch.dx_gateways for gateway in each.associations}
