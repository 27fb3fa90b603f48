"""Rules for private-IP VPNs: VPN connections whose tunnels go over a transit virtual interface (V23 private-ip-dx)."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.references import dangling
from lab.model.topology import GatewayKind, VifKind, VirtualInterface, VpnConnection


def bearers(draft: Draft) -> Iterator[Finding]:
    """Rule: a private-IP VPN goes over a transit virtual interface of its own router that leads to its transit gateway."""
    vifs = {vif.name: vif for vif in draft.topology.virtual_interfaces}
    for vpn in draft.topology.vpn_connections:
        if vpn.over is not None:
            yield from dangling(draft, (*where(vpn), "over"), vpn.over, ("virtual interface",))
            yield from _needless(draft, vpn)
            if vpn.over in vifs and (reason := _unfit(draft, vpn, vifs[vpn.over])):
                yield Finding(where=(*where(vpn), "over"), message=reason)


def _unfit(draft: Draft, vpn: VpnConnection, vif: VirtualInterface) -> str:
    """Why the virtual interface cannot carry the tunnels. "" if it can, or if another rule has found a mistake."""
    if vif.kind is not VifKind.TRANSIT:
        return f"{vif.name} is {vif.kind.value}, but AWS has private-IP VPN only over transit virtual interfaces (use a transit one)"
    gateway = draft.gateway(vpn.gateway)
    if gateway and gateway.kind is GatewayKind.VGW:
        return f"{vpn.gateway} is a virtual private gateway, but AWS has private-IP VPN only on transit gateways (use one, or remove over)"
    edges = {connection.name: connection.edge for connection in draft.topology.connections}
    if edges.get(vif.connection, vpn.customer_gateway) != vpn.customer_gateway:
        own = ", ".join(each.name for each in draft.topology.virtual_interfaces if edges.get(each.connection) == vpn.customer_gateway)
        return f"{vif.name} ends on {edges[vif.connection]}, but the tunnels begin on {vpn.customer_gateway} (it has {own or 'none'})"
    dx_gateways = [each for each in draft.topology.direct_connect_gateways if each.name == vif.gateway]
    behind = {association.gateway for each in dx_gateways for association in each.associations}
    if draft.known.has(vpn.gateway, "gateway") and vpn.gateway not in behind and draft.known.has(vif.gateway, "DX gateway"):
        return f"{vif.name} does not lead to {vpn.gateway} (associate {vpn.gateway} with {vif.gateway}, or use another virtual interface)"
    return ""


def _needless(draft: Draft, vpn: VpnConnection) -> Iterator[Finding]:
    """What belongs to an internet line. The circuit has it already."""
    for key in ("provider", "shared_risk", "bandwidth"):
        at = (*where(vpn), key)
        if any(named.where[:3] == at for named in draft.known.named) or (key == "bandwidth" and vpn.bandwidth):
            message = f"{vpn.name} has no internet line: its tunnels go over {vpn.over} (write {key} at the connection of {vpn.over})"
            yield Finding(where=at, message=message)
