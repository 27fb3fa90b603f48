"""FL6: packets that some paths carry and others do not."""

from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.aws import TUNNEL_MTU
from lab.model.topology import LINK_MTU, Connection, VirtualInterface
from lab.model.where import where
from lab.predict.audit.design import Design, listed
from lab.predict.audit.rule import Hit, Rule


def _jumbo_in_vain(design: Design) -> Iterator[Hit]:
    """A virtual interface with jumbo frames, and a path with smaller packets between the same site and gateway."""
    for vif in design.topology.virtual_interfaces:
        smaller = [name for name, mtu in _beside(design, vif) if mtu < vif.mtu]
        if vif.mtu > LINK_MTU and smaller:
            site = design.center(design.connection(vif).edge).name
            message = f"{vif.name} carries packets of up to {vif.mtu} octets, but AWS also learns {site}'s prefixes over {listed(smaller)}"
            yield Hit(where=(*where(vif), "mtu"), subject=vif.name, message=f"{message}, so it sends packets of up to {LINK_MTU}")


def _beside(design: Design, vif: VirtualInterface) -> Iterator[tuple[str, int]]:
    """The other paths between the site and the gateways of a virtual interface: the name and the MTU of each."""
    gateways = _behind(design, vif)
    for line in design.lines_of(design.center(design.connection(vif).edge).name):
        if isinstance(line, Connection):
            yield from (
                (each.name, each.mtu) for each in design.vifs(line.name) if set(design.gateways_behind(each.gateway)) & set(gateways)
            )
        elif line.gateway in gateways and not line.static_routes:
            yield line.name, TUNNEL_MTU


def _behind(design: Design, vif: VirtualInterface) -> frozenset[str]:
    """The names of the virtual private or transit gateways that a virtual interface leads to."""
    return frozenset(gateway.name for gateway in design.gateways_behind(vif.gateway))


RULES = (
    Rule(
        look=_jumbo_in_vain,
        code=Code(
            code="FL607",
            severity=Severity.NOTE,
            title="Jumbo frames beside a path without them",
            symptom="AWS sends packets of up to 1500 octets to prefixes that it also learns over a path with a smaller MTU (D23).",
            revealed_by="packets of more than 1500 octets from AWS (the lab sends them)",
            remedy="Give all paths of the site the same MTU, or do without jumbo frames.",
            section_8=(25,),
        ),
    ),
)
