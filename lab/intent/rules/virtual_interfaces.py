"""Virtual interfaces: each a VLAN of its own, and each kind to the gateways AWS lets it go to (Direct Connect User Guide)."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.dx_gateways import associated_kind
from lab.intent.rules.gateways import WORDS
from lab.model.topology import DirectConnectGateway, Gateway, GatewayKind, VifKind, VirtualInterface

_KIND = {GatewayKind.VGW: VifKind.PRIVATE, GatewayKind.TGW: VifKind.TRANSIT}
"""The kind of virtual interface that leads to gateways of a kind."""


def own_vlan(draft: Draft) -> Iterator[Finding]:
    """A VLAN is that of one virtual interface on a connection."""
    taken: dict[tuple[str, int], str] = {}
    for vif in draft.topology.virtual_interfaces:
        other = taken.setdefault((vif.connection, vif.vlan), vif.name)
        if other != vif.name:
            message = f"VLAN {vif.vlan} is also that of {other}; on a connection, here {vif.connection}, each has its own (choose another)"
            yield Finding(where=(*where(vif), "vlan"), message=message)


def right_end(draft: Draft) -> Iterator[Finding]:
    """A virtual interface goes to a Direct Connect gateway; a private one may go straight to a virtual private gateway instead."""
    for vif in draft.topology.virtual_interfaces:
        gateway = draft.gateway(vif.gateway)
        reason = _wrong_end(draft, vif, gateway) if gateway else None
        if reason:
            yield Finding(where=(*where(vif), "gateway"), message=reason)


def _wrong_end(draft: Draft, vif: VirtualInterface, gateway: Gateway) -> str | None:
    if gateway.kind is GatewayKind.TGW:
        kind = ", and write kind: transit" if vif.kind is VifKind.PRIVATE else ""
        return (
            f"{gateway.name} is a transit gateway, which AWS reaches over a transit virtual interface and a DX gateway "
            f"(name a DX gateway that is associated with it{kind})"
        )
    if vif.kind is VifKind.TRANSIT:
        return (
            f"{gateway.name} is a virtual private gateway, and AWS takes a transit virtual interface to a DX gateway only "
            "(name a DX gateway, or write kind: private)"
        )
    region = _region(draft, vif)
    if region not in {None, gateway.region}:
        return (
            f"{gateway.name} is in {gateway.region}, and {vif.connection} ends at a location of {region}; straight to a virtual private "
            "gateway AWS takes one of the same Region (go over a DX gateway)"
        )
    return None


def _region(draft: Draft, vif: VirtualInterface) -> str | None:
    locations = {connection.name: connection.location for connection in draft.topology.connections}
    regions = {location.name: location.region for location in draft.topology.locations}
    return regions.get(locations.get(vif.connection, ""))


def right_kind(draft: Draft) -> Iterator[Finding]:
    """All virtual interfaces of a Direct Connect gateway are of the kind its associations ask for, or else of one kind."""
    for dxgw in draft.topology.direct_connect_gateways:
        vifs = [vif for vif in draft.topology.virtual_interfaces if vif.gateway == dxgw.name]
        if not dxgw.associations:
            yield from _one_kind(dxgw, vifs)
            continue
        kind = associated_kind(draft, dxgw)
        for vif in vifs:
            if kind and vif.kind is not _KIND[kind]:
                reason = f"{dxgw.name} is associated with a {WORDS[kind]}, and AWS then takes {_KIND[kind].value} virtual interfaces only"
                yield Finding(where=(*where(vif), "kind"), message=f"{reason} (write kind: {_KIND[kind].value})")


def _one_kind(dxgw: DirectConnectGateway, vifs: list[VirtualInterface]) -> Iterator[Finding]:
    for vif in vifs:
        if vif.kind is not vifs[0].kind:
            message = (
                f"{vifs[0].name} on {dxgw.name} is {vifs[0].kind.value}, and a DX gateway takes virtual interfaces of one kind "
                "(use one kind, or a second DX gateway)"
            )
            yield Finding(where=(*where(vif), "kind"), message=message)


def sitelink(draft: Draft) -> Iterator[Finding]:
    """SiteLink joins virtual interfaces of one Direct Connect gateway."""
    for vif in draft.topology.virtual_interfaces:
        gateway = draft.gateway(vif.gateway)
        if vif.sitelink and gateway:
            message = (
                f"SiteLink joins virtual interfaces of a DX gateway, and this one goes straight to {gateway.name} (go over a DX gateway)"
            )
            yield Finding(where=(*where(vif), "sitelink"), message=message)
