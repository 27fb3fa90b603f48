"""Rule: numbers are in the range that AWS, BGP or the lab accepts."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.intent.document.finding import Finding, Where
from lab.intent.rules.draft import Draft, where
from lab.model.lag import MOST_MEMBERS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    least: int
    most: int
    reason: str


_ALLOWAS_IN = _Range(least=0, most=10, reason="how often a router accepts its own ASN; 0 is never")
_DEVICE = _Range(least=1, most=9, reason="the number of a device at the location")
_MEMBERS = _Range(least=1, most=MOST_MEMBERS, reason="AWS has LAGs of so many connections")
_MINIMUM_LINKS = _Range(least=0, most=MOST_MEMBERS, reason="how many members of the LAG must work; 0 is the same as 1")
_VLAN = _Range(least=1, most=4094, reason="802.1Q has no other VLANs")
_PREPEND = _Range(least=0, most=10, reason="how often the router adds its own ASN; 0 is never")
_PREFER = _Range(least=0, most=4294967295, reason="a local preference of BGP has 32 bits; the highest wins")


def respected(draft: Draft) -> Iterator[Finding]:
    """Rule: every number is in its range."""
    for at, number, allowed in _numbers(draft):
        if not allowed.least <= number <= allowed.most:
            yield Finding(where=at, message=f"expected {allowed.least} to {allowed.most}, found {number} ({allowed.reason})")


def _numbers(draft: Draft) -> Iterator[tuple[Where, int, _Range]]:
    for center in draft.topology.data_centers:
        yield (*where(center), "allowas_in"), center.allowas_in, _ALLOWAS_IN
    for connection in draft.topology.connections:
        yield (*where(connection), "device"), connection.device, _DEVICE
        if connection.lag:
            yield (*where(connection), "lag", "members"), connection.lag.members, _MEMBERS
            yield (*where(connection), "lag", "minimum_links"), connection.lag.minimum_links, _MINIMUM_LINKS
    for vif in draft.topology.virtual_interfaces:
        yield (*where(vif), "vlan"), vif.vlan, _VLAN
        yield (*where(vif), "as_path_prepend"), vif.as_path_prepend, _PREPEND
    for vpn in draft.topology.vpn_connections:
        yield (*where(vpn), "as_path_prepend"), vpn.as_path_prepend, _PREPEND
    for each in draft.lines:
        if each.customer.prefer is not None:
            yield (*where(each), "prefer"), each.customer.prefer, _PREFER
