"""Rules for Direct Connect gateways: their associated gateways, and their allowed prefixes (Direct Connect User Guide)."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding, Where, dotted
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.gateways import WORDS
from lab.intent.rules.prefixes import Placed, nested, reserved
from lab.model.ip import Prefix
from lab.model.topology import Association, DirectConnectGateway, GatewayKind


def associated_kind(draft: Draft, dxgw: DirectConnectGateway) -> GatewayKind | None:
    """The kind of the associated gateways. None if there are none, if there are two kinds, or if one could not be read."""
    gateways = [draft.gateway(association.gateway) for association in dxgw.associations]
    kinds = {gateway.kind for gateway in gateways if gateway}
    return kinds.pop() if len(kinds) == 1 and None not in gateways else None


def one_kind(draft: Draft) -> Iterator[Finding]:
    """Rule: all gateways associated with a Direct Connect gateway are of one kind. Reported at each gateway that differs from the first."""
    for dxgw in draft.topology.direct_connect_gateways:
        gateways = [draft.gateway(association.gateway) for association in dxgw.associations]
        first = next((gateway for gateway in gateways if gateway), None)
        for index, gateway in enumerate(gateways):
            if gateway and first and gateway.kind is not first.kind:
                kinds = f"{gateway.name} is a {WORDS[gateway.kind]}, but {first.name} is a {WORDS[first.kind]}"
                message = f"{kinds}; AWS allows one kind on a DX gateway (use a second DX gateway)"
                yield Finding(where=(*where(dxgw), "associations", index), message=message)


def virtual_private_gateway_once(draft: Draft) -> Iterator[Finding]:
    """Rule: a virtual private gateway is associated with only one Direct Connect gateway."""
    first: dict[str, DirectConnectGateway] = {}
    for dxgw in draft.topology.direct_connect_gateways:
        for at, association in _associated(dxgw):
            gateway = draft.gateway(association.gateway)
            other = first.setdefault(association.gateway, dxgw)
            if gateway and gateway.kind is GatewayKind.VGW and other is not dxgw:
                message = (
                    f"{gateway.name} is already associated with {other.name}; AWS allows one DX gateway for a virtual private gateway "
                    "(remove one association)"
                )
                yield Finding(where=at, message=message)


def transit_gateway_prefixes(draft: Draft) -> Iterator[Finding]:
    """Rule: the association of a transit gateway has allowed prefixes, and none of them is reserved."""
    for dxgw in draft.topology.direct_connect_gateways:
        strays = any(stray.where[:-2] == where(dxgw) for stray in draft.strays)
        for at, association in _associated(dxgw):
            gateway = draft.gateway(association.gateway)
            if gateway is None or gateway.kind is not GatewayKind.TGW:
                continue  # for a virtual private gateway, allowed prefixes are only a filter
            if not association.allowed_prefixes and not strays:
                message = (
                    f"{gateway.name} is a transit gateway; AWS announces only the allowed prefixes, and there are none "
                    f"(for instance allowed_prefixes: {{{gateway.name}: [172.31.0.0/16]}})"
                )
                yield Finding(where=at, message=message)
            for index, prefix in enumerate(association.allowed_prefixes):
                reason = reserved(prefix)
                if reason:
                    message = f"{reason} (use another prefix, for instance the CIDR of a VPC)"
                    yield Finding(where=(*where(dxgw), "allowed_prefixes", gateway.name, index), message=message)


def prefixes_apart(draft: Draft) -> Iterator[Finding]:
    """Rule: the allowed prefixes of different transit gateways on a Direct Connect gateway do not overlap."""
    for dxgw in draft.topology.direct_connect_gateways:
        if associated_kind(draft, dxgw) is not GatewayKind.TGW:
            continue
        for prefix, around in nested(_allowed(dxgw)):
            other = next((other for other in reversed(around) if other.where[-2] != prefix.where[-2]), None)
            if other:
                earlier, later = sorted((other, prefix), key=lambda each: each.order)
                message = (
                    f"{later.network} overlaps {earlier.network} ({dotted(earlier.where)}); AWS does not allow this for two transit "
                    "gateways of a DX gateway (use prefixes that do not overlap)"
                )
                yield Finding(where=later.where, message=message)


def _associated(dxgw: DirectConnectGateway) -> Iterator[tuple[Where, Association]]:
    """Every association with its place in the file. Repeated ones are left out, because another rule reports them."""
    first = {association.gateway: index for index, association in reversed(list(enumerate(dxgw.associations)))}
    for index, association in enumerate(dxgw.associations):
        if first[association.gateway] == index:
            yield (*where(dxgw), "associations", index), association


def _allowed(dxgw: DirectConnectGateway) -> tuple[Placed, ...]:
    """Every allowed prefix once. Reserved ones are left out, because another rule reports them."""
    places: dict[tuple[str, Prefix], Where] = {}
    for association in dxgw.associations:
        for index, prefix in enumerate(association.allowed_prefixes):
            if not reserved(prefix):
                places.setdefault((association.gateway, prefix), (*where(dxgw), "allowed_prefixes", association.gateway, index))
    return tuple(Placed(where=at, network=prefix, order=order) for order, ((_, prefix), at) in enumerate(places.items()))
