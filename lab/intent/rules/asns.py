"""AS numbers: what AWS takes on either side."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.gateways import WORDS
from lab.model.aws import INTERNAL_AS
from lab.model.topology import DataCenter, DirectConnectGateway, Gateway

RESERVED = {
    0: "no AS (RFC 7607)",
    7224: "kept by AWS",
    9059: "kept by AWS in eu-west-1",
    10124: "kept by AWS in ap-northeast-1",
    17493: "kept by AWS in ap-southeast-1",
    23456: "AS_TRANS, which stands for 32-bit numbers (RFC 6793)",
    65535: "kept by RFC 7300",
    INTERNAL_AS: "the one the lab uses inside AWS",
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
    """A gateway's ASN is one AWS lets a customer choose, and so is a Direct Connect gateway's."""
    owners: tuple[Gateway | DirectConnectGateway, ...] = (*draft.topology.gateways, *draft.topology.direct_connect_gateways)
    for owner in owners:
        words = WORDS[owner.kind] if isinstance(owner, Gateway) else "DX gateway"
        if not (64512 <= owner.asn <= 65534 or 4200000000 <= owner.asn <= 4294967294):
            message = f"AWS takes 64512-65534 or 4200000000-4294967294 as the ASN of a {words}, found {owner.asn}"
            yield Finding(where=(*where(owner), "asn"), message=f"{message} (64512 is the default)")


def _at(center: DataCenter, message: str) -> Finding:
    return Finding(where=(*where(center), "asn"), message=message)
