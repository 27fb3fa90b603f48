"""Rules for NAT boxes: each has customer gateways of its own site behind it, and nobody starts a tunnel from outside."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.tunnel_options import Initiator
from lab.spelling import way_out


def of_own_edges(draft: Draft) -> Iterator[Finding]:
    """Rule: behind a NAT box are edges of its data centre, and an edge is behind one box."""
    for center in draft.topology.data_centers:
        first: dict[str, str] = {}
        for nat in center.nat:
            at = (*where(center), "nat", nat.name)
            if not nat.behind:
                yield Finding(where=at, message=f"no edge is behind {nat.name} (write the edges, or remove {nat.name})")
            for index, edge in enumerate(nat.behind):
                if edge not in center.edges:
                    words = f"{center.name} has no edge named {edge[:60]!r} {way_out(edge, center.edges)}"
                    yield Finding(where=(*at, index), message=words)
                elif first.setdefault(edge, nat.name) != nat.name:
                    words = f"{edge} is already behind {first[edge]}; the lab has one NAT box for an edge (remove it from one)"
                    yield Finding(where=(*at, index), message=words)


def with_vpn(draft: Draft) -> Iterator[Finding]:
    """Rule: each edge behind a NAT box has a VPN connection. A circuit does not pass the box."""
    if draft.known.unsure.intersection({"edge", "VPN connection"}) or len(draft.topology.vpn_connections) < len(
        draft.known.names("VPN connection")
    ):
        return  # an edge may only seem to have none
    gateways = {vpn.customer_gateway for vpn in draft.topology.vpn_connections}
    for center in draft.topology.data_centers:
        for nat in center.nat:
            for index, edge in enumerate(nat.behind):
                if edge in center.edges and edge not in gateways:
                    words = f"{edge} has no VPN connection, and a circuit does not pass {nat.name} (add one, or remove {edge} here)"
                    yield Finding(where=(*where(center), "nat", nat.name, index), message=words)


def started_from_inside(draft: Draft) -> Iterator[Finding]:
    """Rule: the customer gateway starts a tunnel that passes a NAT box. From outside, nobody gets in."""
    boxes = {edge: nat.name for center in draft.topology.data_centers for nat in center.nat for edge in nat.behind}
    for vpn in draft.topology.vpn_connections:
        box, options = boxes.get(vpn.customer_gateway), vpn.options
        if box and options.aws_may_start and options.initiator is not Initiator.CUSTOMER:
            key = ("initiator",) if options.initiator is Initiator.AWS else ("customer_gateway",)
            words = f"AWS would start its tunnels at the address of {box}, which lets only answers in (write initiator: customer)"
            yield Finding(where=(*where(vpn), *key), message=words)
