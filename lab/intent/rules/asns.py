"""AS numbers: what AWS takes on either side, and what BGP's loop check makes of equal ones."""

from collections.abc import Iterator
from itertools import combinations

from lab.intent.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.model.topology import DataCenter

LAB_AWS_ASN = 65551
"""The AS all emulated AWS routers share, hidden from customers (a documentation ASN, RFC 5398)."""

RESERVED = {
    0: "no AS (RFC 7607)",
    7224: "kept by AWS",
    9059: "kept by AWS in eu-west-1",
    10124: "kept by AWS in ap-northeast-1",
    17493: "kept by AWS in ap-southeast-1",
    23456: "AS_TRANS, which stands for 32-bit numbers (RFC 6793)",
    65535: "kept by RFC 7300",
    LAB_AWS_ASN: "the one the lab uses inside AWS",
}
"""ASNs no customer gateway may have (Site-to-Site VPN User Guide, customer gateway options), and why."""


def customer_side(draft: Draft) -> Iterator[Finding]:
    """A customer gateway's ASN is one AWS takes."""
    for center in draft.topology.data_centers:
        why = RESERVED.get(center.asn)
        if why:
            yield _at(center, f"ASN {center.asn} is {why} (use a private one, 64512-65534)")
        elif not 1 <= center.asn <= 4294967294:
            yield _at(center, f"an ASN is from 1 to 4294967294, found {center.asn} (use a private one, 64512-65534)")


def amazon_side(draft: Draft) -> Iterator[Finding]:
    """A virtual private gateway's ASN is one AWS lets a customer choose."""
    for gateway in draft.topology.gateways:
        if not (64512 <= gateway.asn <= 65534 or 4200000000 <= gateway.asn <= 4294967294):
            message = f"AWS takes 64512-65534 or 4200000000-4294967294 as the ASN of a virtual private gateway, found {gateway.asn}"
            yield Finding(where=(*where(gateway), "asn"), message=f"{message} (64512 is the default)")


def different_across_vpn(draft: Draft) -> Iterator[Finding]:
    """AWS refuses a VPN connection between equal ASNs, and a customer would discard what has passed its own."""
    for center in draft.topology.data_centers:
        for gateway in draft.topology.gateways:
            if center.asn == gateway.asn:
                reason = "AWS requires a virtual private gateway and a customer gateway to differ"
                yield _at(center, f"ASN {center.asn} is also that of gateway {gateway.name}; {reason} (change one)")


def unique_among_neighbors(draft: Draft) -> Iterator[Finding]:
    """Data centres that hear of each other, over a gateway (VPN CloudHub) or an interconnect, have different ASNs."""
    told: set[tuple[str, str]] = set()
    for first, second, why in _neighbors(draft):
        earlier, later = sorted((first, second), key=draft.topology.data_centers.index)
        if earlier.asn == later.asn and (earlier.name, later.name) not in told:
            told.add((earlier.name, later.name))
            yield _at(later, f"ASN {later.asn} is also that of {earlier.name}, and {why} (give each data centre its own ASN)")


def _neighbors(draft: Draft) -> Iterator[tuple[DataCenter, DataCenter, str]]:
    for gateway in draft.topology.gateways:
        why = f"both are on {gateway.name}: a customer gateway discards routes that hold its own ASN; AWS VPN CloudHub requires unique ones"
        yield from ((first, second, why) for first, second in combinations(draft.connected(gateway.name), 2))
    why = "an interconnect joins them, on which each would discard the other's routes: they hold its own ASN"
    yield from ((first, second, why) for first, second in draft.joined())


def _at(center: DataCenter, message: str) -> Finding:
    return Finding(where=(*where(center), "asn"), message=message)
