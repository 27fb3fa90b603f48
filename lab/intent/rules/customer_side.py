"""Rules for what the customer chooses for its end of a virtual interface or VPN connection."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import VpnConnection


def needs_bgp(draft: Draft) -> Iterator[Finding]:
    """Rule: a static VPN has no settings of a BGP session, because it has no BGP session."""
    for vpn in draft.topology.vpn_connections:
        for key in _of_bgp(vpn) if vpn.static_routes else ():
            message = f"{vpn.name} has static_routes, so it has no BGP, and {key} would do nothing (remove {key}, or static_routes)"
            yield Finding(where=(*where(vpn), key), message=message)


def _of_bgp(vpn: VpnConnection) -> Iterator[str]:
    """The keys of a VPN connection that set something of its BGP sessions."""
    customer = vpn.customer
    written = {"as_path_prepend": vpn.as_path_prepend > 0, "prefer": customer.prefer is not None, "accept": bool(customer.accept)}
    written["announce"] = bool(customer.announce)
    yield from (key for key, is_written in written.items() if is_written)
