"""FL4: static routes of transit gateways that hide what customers announce."""

from collections.abc import Iterator

from lab.model.audit import Code, Severity
from lab.model.ip import Prefix
from lab.model.route_tables import BLACKHOLE, TransitRoute
from lab.model.told import Line
from lab.model.topology import Gateway
from lab.model.where import Where, where
from lab.predict.audit.design import Design, listed
from lab.predict.audit.limits import told_by
from lab.predict.audit.rule import Hit, Rule


def _masking(design: Design) -> Iterator[Hit]:
    """A static route of a transit gateway, not to a VPN, to a prefix that a customer announces to it."""
    vpns = {vpn.name for vpn in design.topology.vpn_connections}
    for gateway in design.topology.gateways:
        told = _told_to(design, gateway)
        for route, at, learned in _tables(gateway):
            masked = [line.name for line, prefixes in told if route.prefix in prefixes and (learned is None or line.name in learned)]
            if masked and route.attachment not in vpns:
                way = "drops packets to" if route.attachment == BLACKHOLE else f"sends by {route.attachment} to"
                yield Hit(
                    where=(*at, "static_routes", route.attachment),
                    subject=gateway.name,
                    message=f"{gateway.name} {way} {route.prefix}, and never uses what {listed(masked)} announce{'s' * (len(masked) == 1)}",
                )


def _tables(gateway: Gateway) -> Iterator[tuple[TransitRoute, Where, tuple[str, ...] | None]]:
    """Every static route with the place of its table, and the attachments whose routes this table learns. None means all."""
    yield from ((route, where(gateway), None) for route in gateway.static_routes)
    for table in gateway.tables:
        yield from ((route, (*where(gateway), "route_tables", table.name), table.propagations) for route in table.static_routes)


def _told_to(design: Design, gateway: Gateway) -> list[tuple[Line, tuple[Prefix, ...]]]:
    """What customers announce to a gateway on each virtual interface and VPN connection with BGP."""
    vifs = (
        (vif, design.connection(vif).edge) for vif in design.topology.virtual_interfaces if gateway in design.gateways_behind(vif.gateway)
    )
    vpns = ((vpn, vpn.customer_gateway) for vpn in design.topology.vpn_connections if vpn.gateway == gateway.name and not vpn.static_routes)
    ends: list[tuple[Line, str]] = [*vifs, *vpns]
    return [(line, told_by(design, design.center(edge), line)) for line, edge in ends]


RULES = (
    Rule(
        look=_masking,
        code=Code(
            code="FL414",
            severity=Severity.WARNING,
            title="A static route of a transit gateway masks what a site announces",
            symptom="AWS never uses the circuit or VPN to this prefix, although BGP is up. It stays so when the static route's way is cut.",
            revealed_by="a look at the path in everyday use",
            remedy="If the static route is a backup, write a shorter prefix: the announced one is then used while it is there.",
            section_8=(7,),
        ),
    ),
)
