"""Rules: AS numbers that AWS accepts."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.gateways import WORDS
from lab.model.aws import INTERNAL_AS
from lab.model.topology import DirectConnectGateway, Gateway, GatewayKind

RESERVED = {
    0: "reserved (RFC 7607)",
    7224: "reserved by AWS",
    9059: "reserved by AWS in eu-west-1",
    10124: "reserved by AWS in ap-northeast-1",
    17493: "reserved by AWS in ap-southeast-1",
    23456: "reserved for AS_TRANS (RFC 6793)",
    65535: "reserved (RFC 7300)",
    INTERNAL_AS: "reserved: the lab uses it inside AWS",
}
"""ASNs that no customer gateway may have, and why (Site-to-Site VPN User Guide, customer gateway options)."""

_OLD = {"eu-west-1": 9059, "ap-northeast-1": 10124, "ap-southeast-1": 17493}
_OLD_ELSEWHERE = 7224
"""The ASN that AWS gave to virtual private gateways before 30 June 2018, by Region. It never changes (V23 how_it_works, 1.5)."""


def customer_side(draft: Draft) -> Iterator[Finding]:
    """Rule: every ASN of a data centre is one that AWS accepts for a customer gateway."""
    for center in draft.topology.data_centers:
        for asn, at in ((center.asn, ("asn",)), *((asn, ("routers", edge, "asn")) for edge, asn in center.own_asns)):
            why = RESERVED.get(asn)
            if why:
                yield Finding(where=(*where(center), *at), message=f"ASN {asn} is {why} (use a private ASN, 64512-65534)")
            elif not 1 <= asn <= 4294967294:
                message = f"expected an ASN from 1 to 4294967294, found {asn} (use a private ASN, 64512-65534)"
                yield Finding(where=(*where(center), *at), message=message)


def amazon_side(draft: Draft) -> Iterator[Finding]:
    """Rule: the ASN of every gateway and Direct Connect gateway is one that AWS lets a customer choose.

    Exception: an old virtual private gateway has the ASN that AWS gave it.
    """
    owners: tuple[Gateway | DirectConnectGateway, ...] = (*draft.topology.gateways, *draft.topology.direct_connect_gateways)
    for owner in owners:
        if not (64512 <= owner.asn <= 65534 or 4200000000 <= owner.asn <= 4294967294):
            message = _refusal(owner)
            if message:
                yield Finding(where=(*where(owner), "asn"), message=message)


def _refusal(owner: Gateway | DirectConnectGateway) -> str | None:
    """Why AWS does not have a gateway with this ASN. None if it is the ASN of an old virtual private gateway."""
    if isinstance(owner, Gateway) and owner.kind is GatewayKind.VGW and owner.asn in {_OLD_ELSEWHERE, *_OLD.values()}:
        old = _OLD.get(owner.region, _OLD_ELSEWHERE)
        if owner.asn == old:
            return None
        return (
            f"ASN {owner.asn} is not that of an old virtual private gateway in {owner.region}; AWS gave them {old} there (write asn: {old})"
        )
    words = WORDS[owner.kind] if isinstance(owner, Gateway) else "DX gateway"
    message = f"AWS does not accept ASN {owner.asn} for a {words}; it accepts 64512-65534 and 4200000000-4294967294"
    return f"{message} (AWS's default is 64512)"
