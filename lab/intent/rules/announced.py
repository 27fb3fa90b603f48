"""Rule: a customer announces no more prefixes to AWS than its quota. Otherwise AWS closes the BGP session and keeps it closed."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.aws import VIF_PREFIX_LIMIT, VPN_PREFIX_LIMIT
from lab.model.topology import DataCenter, GatewayKind


def within_quota(draft: Draft) -> Iterator[Finding]:
    """A mistake for each data centre above a quota. It announces its own prefixes, and those of sites behind its interconnects.

    The message names the lowest exceeded quota.
    """
    for center in draft.topology.data_centers:
        others = {other.name: other for other in _neighbors(draft, center)}.values()
        count = len(center.prefixes) + sum(len(other.prefixes) for other in others)
        quota, taker = min(_takers(draft, center), default=(count, ""))
        if count > quota:
            of_others = f" ({', '.join(other.name for other in others)} included)" if others else ""
            message = (
                f"{center.name} announces {count} prefixes{of_others}; {taker}, and closes the session if there are more (summarize them)"
            )
            yield Finding(where=(*where(center), "prefixes"), message=message)


def _takers(draft: Draft, center: DataCenter) -> Iterator[tuple[int, str]]:
    """Each quota for the announcements of the data centre, with the words for the message."""
    words = {GatewayKind.VGW: "a virtual private gateway", GatewayKind.TGW: "a transit gateway"}
    for vpn in draft.vpns_of(center):
        gateway = None if vpn.static_routes else draft.gateway(vpn.gateway)
        if gateway:
            quota = VPN_PREFIX_LIMIT[gateway.kind]
            yield quota, f"{words[gateway.kind]} accepts {quota} over a VPN connection"
    edges = {connection.name: connection.edge for connection in draft.topology.connections}
    if any(edges.get(vif.connection) in center.edges for vif in draft.topology.virtual_interfaces):
        yield VIF_PREFIX_LIMIT, f"AWS accepts {VIF_PREFIX_LIMIT} over a virtual interface"


def _neighbors(draft: Draft, center: DataCenter) -> Iterator[DataCenter]:
    for pair in draft.joined:
        if center in pair:
            yield pair[1] if pair[0] == center else pair[0]
