"""Read a topology file. All problems are reported at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lab.errors import InputError
from lab.intent.document.comments import read_comments
from lab.intent.document.file import Document, document_of, read_document
from lab.intent.document.finding import Where
from lab.intent.document.shape import Shaped, places_below, shape
from lab.intent.monitor import read_monitoring
from lab.intent.rules import Draft, broken
from lab.intent.topology import direct_connect
from lab.intent.topology.alarms import own_alarms
from lab.intent.topology.automations import own_automations
from lab.intent.topology.customer_side import customer_side
from lab.intent.topology.data_center_document import DataCenterDocument
from lab.intent.topology.document import InterconnectDocument, TopologyDocument, VpnConnectionDocument
from lab.intent.topology.flow_document import FlowDocument
from lab.intent.topology.known import known_names
from lab.intent.topology.mistaken import refuse_a_check
from lab.intent.topology.own_configurations import read_own
from lab.intent.topology.region_document import GatewayDocument, PeeringDocument, VpcDocument
from lab.intent.topology.scripts import read_scripts
from lab.intent.topology.tunnel_inside import free_inside_cidrs
from lab.intent.topology.tunnel_options_document import tunnel_options
from lab.model.audit import Acceptance
from lab.model.interconnect import Interconnect
from lab.model.ip import Family, Prefix
from lab.model.nat import Nat
from lab.model.own_router import OwnConfiguration
from lab.model.route_tables import Peering, TransitRoute, TransitTable, VpcRoute
from lab.model.stated import Stated
from lab.model.topology import DataCenter, FlowIntent, Gateway, GatewayKind, Topology, Vpc, VpnConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """A topology with its document (for line numbers), and the findings of `audit` that comments in the file accept."""

    topology: Topology
    acceptances: tuple[Acceptance, ...]
    document: Document

    def line(self, where: Where) -> int:
        """The line of a place in the file. If there is no such value: the line of the mapping or list that it would be in."""
        return self.document.line(where)


def read_topology(path: Path) -> Topology:
    """The topology in a YAML file. Raises one InputError that lists every problem with its line and what to do."""
    return read_commented(path).topology


def read_commented(path: Path) -> Commented:
    """The topology in a YAML file, with its comments. Raises one InputError that lists every problem."""
    return _commented(read_document(path))


def read_commented_text(text: str, path: Path) -> Commented:
    """The topology in a YAML text that is in no file yet. `path`: the file that messages name. Raises InputError as `read_commented`."""
    return _commented(document_of(text, path))


def _commented(document: Document) -> Commented:
    refuse_a_check(document)
    comments = read_comments(document.text)
    shaped = shape(document, TopologyDocument)
    own = read_own(shaped, document.path)
    own_rules, scripts = read_monitoring(shaped, document.path), read_scripts(shaped, document.path)
    automations = tuple(own_automations(shaped, scripts.texts))
    topology = replace(_understood(shaped, own.configurations), monitoring=own_rules.monitoring, automations=automations)
    draft = Draft(topology=topology, known=known_names(shaped), strays=tuple(direct_connect.strays(shaped)))
    found = (*shaped.findings, *comments.findings, *own_rules.findings, *scripts.findings, *own.findings)
    shaped.document.refuse([*found, *broken(draft, shaped_well=not shaped.wrong)])
    return Commented(topology=draft.topology, acceptances=comments.acceptances, document=shaped.document)


def topology_name(path: Path) -> str | None:
    """The key `name` of a topology file. None if the file or the key cannot be read. Other mistakes do not matter."""
    try:
        return shape(read_document(path), TopologyDocument).text("name") or None
    except InputError:
        return None


def _understood(shaped: Shaped, own: Sequence[OwnConfiguration]) -> Topology:
    """The topology from all entries without mistakes in their shape."""
    interconnects = shaped.entries(("interconnects",), InterconnectDocument)
    flows = shaped.entries(("flows",), FlowDocument)
    return Topology(
        name=shaped.text("name"),
        summary=shaped.text("summary"),
        data_centers=tuple(_data_centers(shaped, own)),
        interconnects=tuple(Interconnect(name=_name(at), between=tuple(it.between), bandwidth=it.bandwidth) for at, it in interconnects),
        vpcs=tuple(_vpcs(shaped)),
        gateways=tuple(_gateways(shaped)),
        vpn_connections=tuple(_vpn_connections(shaped)),
        flows=tuple(
            FlowIntent(name=_name(at), source=it.source, target=it.target, bandwidth=it.bandwidth, family=Family(it.family))
            for at, it in flows
        ),
        locations=tuple(direct_connect.locations(shaped)),
        direct_connect_gateways=tuple(direct_connect.gateways(shaped)),
        connections=tuple(direct_connect.connections(shaped)),
        virtual_interfaces=tuple(direct_connect.virtual_interfaces(shaped)),
        peerings=tuple(_peerings(shaped)),
        stated=tuple(_stated(shaped)),
        alarms=tuple(own_alarms(shaped)),
        default_alarms=shaped.at(("default_alarms",)) is not False,
    )


def _data_centers(shaped: Shaped, own: Sequence[OwnConfiguration]) -> Iterator[DataCenter]:
    for at, center in shaped.entries(("data_centers",), DataCenterDocument):
        yield DataCenter(
            name=_name(at),
            asn=center.asn,
            prefixes=tuple(center.prefixes),
            edges=tuple(center.edges),
            allowas_in=center.allowas_in,
            announce=tuple(center.announce),
            edges_originate=center.originated_by == "edges",
            is_stateful=center.stateful,
            nat=tuple(Nat(name=name, behind=tuple(edges)) for name, edges in center.nat.items()),
            default_route_from=center.default_route_from,
            own_asns=tuple((edge, its.asn) for edge, its in center.routers.items() if its.asn is not None),
            own=tuple(each for router in center.routers for each in own if each.router == router),
            ipv6_prefixes=tuple(center.ipv6_prefixes),
        )


def _vpcs(shaped: Shaped) -> Iterator[Vpc]:
    for region in places_below(shaped.at(("regions",)), ("regions",)):
        for at, vpc in shaped.entries((*region, "vpcs"), VpcDocument):
            routes = ((name, prefix) for name, prefixes in vpc.static_routes.items() for prefix in prefixes)
            yield Vpc(
                name=_name(at),
                region=_name(region),
                cidr=vpc.cidr,
                static_routes=tuple(VpcRoute(prefix=prefix, gateway=name) for name, prefix in routes),
                propagation=vpc.propagation,
                ipv6_cidr=vpc.ipv6_cidr,
            )


def _gateways(shaped: Shaped) -> Iterator[Gateway]:
    for region in places_below(shaped.at(("regions",)), ("regions",)):
        for at, gateway in shaped.entries((*region, "gateways"), GatewayDocument):
            yield Gateway(
                name=_name(at),
                kind=GatewayKind(gateway.kind),
                region=_name(region),
                asn=gateway.asn,
                vpcs=tuple(gateway.vpcs),
                vpn_ecmp=gateway.vpn_ecmp,
                static_routes=_transit_routes(gateway.static_routes),
                tables=tuple(
                    TransitTable(
                        name=name,
                        associations=tuple(table.associations),
                        propagations=tuple(table.propagations),
                        static_routes=_transit_routes(table.static_routes),
                    )
                    for name, table in gateway.route_tables.items()
                ),
            )


def _transit_routes(written: Mapping[str, Sequence[Prefix]]) -> tuple[TransitRoute, ...]:
    return tuple(TransitRoute(prefix=prefix, attachment=name) for name, prefixes in written.items() for prefix in prefixes)


def _peerings(shaped: Shaped) -> Iterator[Peering]:
    for at, peering in shaped.entries(("transit_gateway_peerings",), PeeringDocument):
        yield Peering(name=_name(at), between=(peering.between[0], peering.between[1]))


def _vpn_connections(shaped: Shaped) -> Iterator[VpnConnection]:
    written = list(shaped.entries(("vpn_connections",), VpnConnectionDocument))
    free = free_inside_cidrs({cidr for _, connection in written for cidr in connection.inside_cidrs})
    carriers = {circuit.name: circuit.provider for circuit in direct_connect.connections(shaped)}
    bearers = {vif.name: carriers.get(vif.connection) for vif in direct_connect.virtual_interfaces(shaped)}
    for at, connection in written:
        first, second = connection.inside_cidrs or (next(free), next(free))
        yield VpnConnection(
            name=_name(at),
            customer_gateway=connection.customer_gateway,
            gateway=connection.gateway,
            provider=bearers.get(connection.over or "") or connection.provider,
            inside_cidrs=(first, second),
            static_routes=tuple(connection.static_routes),
            shared_risk=tuple(connection.shared_risk),
            tunnels=connection.tunnels,
            wrong_key=connection.wrong_key,
            bandwidth=connection.bandwidth,
            options=tunnel_options(connection.tunnel_options, connection.initiator),
            as_path_prepend=connection.as_path_prepend,
            customer=customer_side(connection),
            over=connection.over,
        )


def _stated(shaped: Shaped) -> Iterator[Stated]:
    """The stated availability of each component, in the order of the file."""
    up, fails = (
        {str(at[-1]): shaped.at(at) for at in places_below(shaped.at((key,)), (key,)) if shaped.fits(at)}
        for key in ("availability", "failures_a_year")
    )
    for name in dict.fromkeys((*up, *fails)):
        yield Stated(name=name, availability=_as_float(up.get(name)), failures_a_year=_as_float(fails.get(name)))


def _as_float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _name(where: tuple[str | int, ...]) -> str:
    return str(where[-1])
