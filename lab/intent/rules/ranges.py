"""Ranges: whole numbers AWS, BGP or the lab has room for."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.intent.document.finding import Finding, Where
from lab.intent.rules.draft import Draft, where


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    least: int
    most: int
    reason: str


_ALLOWAS_IN = _Range(least=0, most=10, reason="a router takes its own ASN up to 10 times, or 0 for never")
_DEVICE = _Range(least=1, most=9, reason="the lab numbers the devices of a location from 1 to 9")
_VLAN = _Range(least=1, most=4094, reason="AWS takes a VLAN from 1 to 4094, as 802.1Q has no others")
_PREPEND = _Range(least=0, most=10, reason="a router of the lab adds its own ASN up to 10 times, or 0 for never")


def respected(draft: Draft) -> Iterator[Finding]:
    """Every number is one that can be."""
    for at, number, allowed in _numbers(draft):
        if not allowed.least <= number <= allowed.most:
            yield Finding(where=at, message=f"{allowed.reason}, found {number} (use one in between)")


def _numbers(draft: Draft) -> Iterator[tuple[Where, int, _Range]]:
    for center in draft.topology.data_centers:
        yield (*where(center), "allowas_in"), center.allowas_in, _ALLOWAS_IN
    for connection in draft.topology.connections:
        yield (*where(connection), "device"), connection.device, _DEVICE
    for vif in draft.topology.virtual_interfaces:
        yield (*where(vif), "vlan"), vif.vlan, _VLAN
        yield (*where(vif), "as_path_prepend"), vif.as_path_prepend, _PREPEND
