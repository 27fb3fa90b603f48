"""Rules for virtual interfaces: their VLANs, and the gateways that AWS allows for each kind (Direct Connect User Guide)."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.dx_gateways import associated_kind
from lab.intent.rules.gateways import WORDS
from lab.model.aws import JUMBO, mtus_in_words
from lab.model.topology import LINK_MTU, DirectConnectGateway, Gateway, GatewayKind, VifKind, VirtualInterface

_KIND = {GatewayKind.VGW: VifKind.PRIVATE, GatewayKind.TGW: VifKind.TRANSIT}
"""For each kind of gateway: the kind of virtual interface that leads to it."""


def own_vlan(draft: Draft) -> Iterator[Finding]:
    """Rule: the virtual interfaces of a connection have different VLANs."""
    taken: dict[tuple[str, int], str] = {}
    for vif in draft.topology.virtual_interfaces:
        other = taken.setdefault((vif.connection, vif.vlan), vif.name)
        if other != vif.name:
            message = f"{other} on {vif.connection} already has VLAN {vif.vlan}; each virtual interface needs its own (choose another VLAN)"
            yield Finding(where=(*where(vif), "vlan"), message=message)


def right_end(draft: Draft) -> Iterator[Finding]:
    """Rule: a virtual interface goes to a Direct Connect gateway. Only a private one may go directly to a virtual private gateway."""
    for vif in draft.topology.virtual_interfaces:
        gateway = draft.gateway(vif.gateway)
        reason = _wrong_end(draft, vif, gateway) if gateway else None
        if reason:
            yield Finding(where=(*where(vif), "gateway"), message=reason)


def _wrong_end(draft: Draft, vif: VirtualInterface, gateway: Gateway) -> str | None:
    if gateway.kind is GatewayKind.TGW:
        kind = ", and write kind: transit" if vif.kind is VifKind.PRIVATE else ""
        return (
            f"{gateway.name} is a transit gateway; a virtual interface reaches it only through a DX gateway "
            f"(name a DX gateway that is associated with it{kind})"
        )
    if vif.kind is VifKind.TRANSIT:
        return (
            f"{gateway.name} is a virtual private gateway; AWS allows a transit virtual interface only to a DX gateway "
            "(name a DX gateway, or write kind: private)"
        )
    region = _region(draft, vif)
    if region not in {None, gateway.region}:
        return (
            f"{gateway.name} is in {gateway.region}, but the location of {vif.connection} belongs to {region}; without a DX gateway "
            "both must be of one Region (use a DX gateway)"
        )
    return None


def _region(draft: Draft, vif: VirtualInterface) -> str | None:
    locations = {connection.name: connection.location for connection in draft.topology.connections}
    regions = {location.name: location.region for location in draft.topology.locations}
    return regions.get(locations.get(vif.connection, ""))


def right_kind(draft: Draft) -> Iterator[Finding]:
    """Rule: all virtual interfaces of a Direct Connect gateway are of one kind.

    If the Direct Connect gateway is associated with gateways, this is the kind that those gateways need.
    """
    for dxgw in draft.topology.direct_connect_gateways:
        vifs = [vif for vif in draft.topology.virtual_interfaces if vif.gateway == dxgw.name]
        if not dxgw.associations:
            yield from _one_kind(dxgw, vifs)
            continue
        kind = associated_kind(draft, dxgw)
        for vif in vifs:
            if kind and vif.kind is not _KIND[kind]:
                reason = f"{dxgw.name} is associated with a {WORDS[kind]}, so AWS allows only {_KIND[kind].value} virtual interfaces"
                yield Finding(where=(*where(vif), "kind"), message=f"{reason} (write kind: {_KIND[kind].value})")


def _one_kind(dxgw: DirectConnectGateway, vifs: list[VirtualInterface]) -> Iterator[Finding]:
    for vif in vifs:
        if vif.kind is not vifs[0].kind:
            message = (
                f"{vifs[0].name} on {dxgw.name} is {vifs[0].kind.value}; all virtual interfaces of a DX gateway must be of one kind "
                "(use one kind, or a second DX gateway)"
            )
            yield Finding(where=(*where(vif), "kind"), message=message)


def jumbo(draft: Draft) -> Iterator[Finding]:
    """Rule: jumbo frames have 9001 or 8500 octets on a private virtual interface, and 8500 on a transit one (D23 set-jumbo-frames-vif)."""
    for vif in draft.topology.virtual_interfaces:
        if vif.mtu not in {LINK_MTU, *JUMBO[vif.kind]}:
            reason = f"AWS has {mtus_in_words(vif.kind)} on a {vif.kind.value} virtual interface, found {vif.mtu}"
            yield Finding(where=(*where(vif), "mtu"), message=f"{reason} (write mtu: {JUMBO[vif.kind][-1]})")


def sitelink(draft: Draft) -> Iterator[Finding]:
    """Rule: only a virtual interface to a Direct Connect gateway may have SiteLink."""
    for vif in draft.topology.virtual_interfaces:
        gateway = draft.gateway(vif.gateway)
        if vif.sitelink and gateway:
            message = f"SiteLink needs a DX gateway, but this virtual interface goes directly to {gateway.name} (use a DX gateway)"
            yield Finding(where=(*where(vif), "sitelink"), message=message)
