"""Rule for internet lines: VPN connections of one gateway, or of one NAT box, over one provider share one line."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import VpnConnection


def one_bandwidth(draft: Draft) -> Iterator[Finding]:
    """Rule: connections over one line do not state different bandwidths of it."""
    boxes = {edge: nat.name for center in draft.topology.data_centers for nat in center.nat for edge in nat.behind}
    first: dict[tuple[str, str], VpnConnection] = {}
    for vpn in draft.topology.vpn_connections:
        if vpn.bandwidth is None:
            continue
        front = boxes.get(vpn.customer_gateway, vpn.customer_gateway)
        other = first.setdefault((front, vpn.provider), vpn)
        if other.bandwidth != vpn.bandwidth:
            message = f"{other.name} has another bandwidth, but both share the line from {front} to {vpn.provider} (write one of them)"
            yield Finding(where=(*where(vpn), "bandwidth"), message=message)
