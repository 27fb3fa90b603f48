"""Design: a topology with its plan and its predictions. The rules of the audit read nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lab.model.direction import Direction
from lab.model.plan import Plan, Role
from lab.model.prediction import FlowPrediction, SetPrediction
from lab.model.topology import Connection, DataCenter, FlowIntent, Gateway, Topology, VirtualInterface, VpnConnection
from lab.model.tunnel import Tunnel
from lab.model.where import Where, where
from lab.predict.prediction import Predictor

_MOST_NAMES, _FIRST_NAMES = 8, 6
"""How many names a sentence may have, and how many it has of more."""

UNNAMED = ("carrier", "internet")
"""The providers of circuits and of VPNs for which the file names none."""

Line = Connection | VpnConnection
"""What joins a site to AWS: a Direct Connect connection or a VPN connection."""


@dataclass(frozen=True, kw_only=True)
class Design:
    """A topology with its predictions, for the rules of the audit. An outage of more than `budget_seconds` is a finding."""

    topology: Topology
    predictor: Predictor
    budget_seconds: float

    @property
    def plan(self) -> Plan:
        """The compiled network."""
        return self.predictor.plan

    @cached_property
    def healthy(self) -> SetPrediction:
        """The prediction for the network in which nothing has failed."""
        return self.predictor.of(())

    @cached_property
    def affected(self) -> dict[str, tuple[FlowPrediction, ...]]:
        """For the name of each component, the flows that lose packets or change their paths if only it fails."""
        return {each.name: self.predictor.affected((each,)) for each in self.predictor.components}

    def single(self, component: str) -> SetPrediction:
        """The prediction if only this component fails."""
        return self.predictor.of((self.predictor.components[self._places[component]],))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every connection to AWS: circuits first, then VPN connections."""
        return (*self.topology.connections, *self.topology.vpn_connections)

    def without(self, lines: Iterable[Line]) -> SetPrediction:
        """The prediction for the failure of all these connections at one instant."""
        return self.failing(each.name for each in lines)

    def failing(self, names: Iterable[str]) -> SetPrediction:
        """The prediction for the failure of all components with these names at one instant."""
        places = sorted(self._places[name] for name in set(names) if name in self._places)
        return self.predictor.of([self.predictor.components[place] for place in places])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {each.name: place for place, each in enumerate(self.predictor.components)}

    @cached_property
    def _cuts(self) -> dict[str, tuple[FlowPrediction, ...]]:
        well = {(flow.flow, flow.direction) for flow in self.healthy.flows if flow.reachable}
        return {
            name: tuple(flow for flow in flows if flow.outage_seconds is None and (flow.flow, flow.direction) in well)
            for name, flows in self.affected.items()
        }

    def cut_by(self, component: str) -> tuple[FlowPrediction, ...]:
        """The flows that work when nothing has failed, but are cut off when this component fails. () if no component has this name."""
        return self._cuts.get(component, ())

    @cached_property
    def hanging(self) -> frozenset[str]:
        """The names of the flows with a single point of failure: the failure of one connection or one interconnect cuts them off."""
        units = (*self.lines, *self.topology.interconnects)
        return frozenset(flow.flow for unit in units for flow in self.cut_by(unit.name))

    def stood_in_for(self, vpn: VpnConnection) -> tuple[str, ...]:
        """The flows that this VPN is a backup for: circuits carry them as drawn, and the VPN carries them when all circuits have failed."""
        return tuple(self._backed_up.get(vpn.name, ()))

    @cached_property
    def _backed_up(self) -> dict[str, dict[str, None]]:
        """For each VPN, the flows of `stood_in_for`."""
        found: dict[str, dict[str, None]] = {}
        then = self.without_circuits.flows if self.topology.connections else ()
        for each in then:
            if any(isinstance(line, Connection) for line in self.over(self.drawn[each.flow, each.direction])):
                for line in self.over(each):
                    found.setdefault(line.name, {})[each.flow] = None
        return found

    def ends(self, vpn: VpnConnection) -> frozenset[str]:
        """AWS's endpoints of a VPN connection."""
        return frozenset(tunnel.aws.node for tunnel in self.tunnels(vpn))

    def tunnels(self, vpn: VpnConnection) -> Sequence[Tunnel]:
        """The tunnels of a VPN connection."""
        return self._tunnels.get(vpn.name, ())

    @cached_property
    def _tunnels(self) -> dict[str, list[Tunnel]]:
        found: dict[str, list[Tunnel]] = {}
        for tunnel in self.plan.tunnels:
            found.setdefault(tunnel.connection, []).append(tunnel)
        return found

    @cached_property
    def link_ends(self) -> dict[str, tuple[str, str]]:
        """The two nodes of each link."""
        return {link.name: (link.a.node, link.b.node) for link in self.plan.links}

    def over(self, flow: FlowPrediction) -> list[Line]:
        """The connections on the paths of one direction of a flow, circuits first."""
        return [self.lines[place] for place in sorted({self._marks[node] for path in flow.paths for node in path if node in self._marks})]

    @cached_property
    def drawn(self) -> dict[tuple[str, Direction], FlowPrediction]:
        """Each direction of each flow as drawn."""
        return {(each.flow, each.direction): each for each in self.healthy.flows}

    @cached_property
    def _marks(self) -> dict[str, int]:
        """For each node that is only on paths over one connection, the place of the connection in `lines`."""
        found: dict[str, int] = {}
        for place, line in enumerate(self.lines):
            found |= dict.fromkeys([line.name] if isinstance(line, Connection) else self.ends(line), place)
        return found

    @cached_property
    def without_circuits(self) -> SetPrediction:
        """The prediction if all circuits fail."""
        return self.without(self.topology.connections)

    @cached_property
    def broken(self) -> frozenset[str]:
        """The flows that do not get through as drawn."""
        return self.needing(())

    def needing(self, failed: Iterable[Line]) -> frozenset[str]:
        """The names of the flows that do not get through when these connections have failed."""
        return frozenset(each.flow for each in self.without(failed).flows if not each.reachable)

    def carries(self, line: Line) -> bool:
        """Whether a connection can carry packets at all. A circuit without a virtual interface cannot."""
        return not isinstance(line, Connection) or bool(self.vifs(line.name))

    def reach(self, line: Line) -> frozenset[str]:
        """The names of the flows that a connection could carry.

        One end of such a flow is at the site of the connection, or at a site that is joined with it. The other end is a VPC behind the
        connection's gateways.
        """
        sites = self.joined(self.center(edge_of(line)).name)
        names = {vif.gateway for vif in self.vifs(line.name)} if isinstance(line, Connection) else {line.gateway}
        gateways = {gateway for name in names for gateway in self.gateways_behind(name)}
        far = {vpc for gateway in gateways for vpc in gateway.vpcs}
        flows = (flow for end in {*sites, *far} for flow in self._flows.get(end, ()))
        return frozenset(flow.name for flow in flows if sites & {flow.source, flow.target} and far & {flow.source, flow.target})

    @cached_property
    def _flows(self) -> dict[str, list[FlowIntent]]:
        found: dict[str, list[FlowIntent]] = {}
        for flow in self.topology.flows:
            for end in {flow.source, flow.target}:
                found.setdefault(end, []).append(flow)
        return found

    def kinds(self, *whats: str) -> tuple[str, ...]:
        """The names of all components of these kinds, such as "carrier"."""
        return tuple(each.name for each in self.predictor.components if each.what in whats)

    @cached_property
    def _centers(self) -> dict[str, DataCenter]:
        return {edge: center for center in self.topology.data_centers for edge in center.edges}

    @cached_property
    def _connections(self) -> dict[str, Connection]:
        return {each.name: each for each in self.topology.connections}

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The role of each node."""
        return {node.name: node.role for node in self.plan.nodes}

    def center(self, edge: str) -> DataCenter:
        """The data centre to which an edge router belongs."""
        return self._centers[edge]

    def nat(self, edge: str) -> str | None:
        """The NAT box that an edge router is behind."""
        return next((nat.name for nat in self.center(edge).nat if edge in nat.behind), None)

    def where_edge(self, edge: str) -> Where:
        """Where an edge router is written in the topology's file."""
        center = self.center(edge)
        return (*where(center), "edges", center.edges.index(edge))

    def gateway(self, name: str) -> Gateway | None:
        """The gateway with this name. None for a Direct Connect gateway."""
        return self._gateways.get(name)

    @cached_property
    def _gateways(self) -> dict[str, Gateway]:
        return {gateway.name: gateway for gateway in self.topology.gateways}

    def vifs(self, connection: str) -> tuple[VirtualInterface, ...]:
        """The virtual interfaces of a connection."""
        return tuple(self._vifs.get(connection, ()))

    @cached_property
    def _vifs(self) -> dict[str, list[VirtualInterface]]:
        found: dict[str, list[VirtualInterface]] = {}
        for vif in self.topology.virtual_interfaces:
            found.setdefault(vif.connection, []).append(vif)
        return found

    def lines_of(self, site: str) -> Sequence[Line]:
        """The connections of a data centre to AWS, circuits first."""
        return self._of_site[site]

    def connection(self, vif: VirtualInterface) -> Connection:
        """The circuit of a virtual interface."""
        return self._connections[vif.connection]

    def region(self, vif: VirtualInterface) -> str:
        """The Region of the location at which a virtual interface ends."""
        location = self.connection(vif).location
        return next(each.region for each in self.topology.locations if each.name == location)

    def companions(self, line: Line) -> tuple[Line, ...]:
        """The other connections of the same site, and those of sites that an interconnect joins with it."""
        sites = self.joined(self.center(edge_of(line)).name)
        return tuple(other for site in self._in_order(sites) for other in self._of_site[site] if other is not line)

    def _in_order(self, sites: Iterable[str]) -> list[str]:
        return sorted(sites, key=self._numbers.__getitem__)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {center.name: number for number, center in enumerate(self.topology.data_centers)}

    @cached_property
    def _of_site(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {center.name: [] for center in self.topology.data_centers}
        for line in self.lines:
            found[self.center(edge_of(line)).name].append(line)
        return found

    def gateways_behind(self, name: str) -> tuple[Gateway, ...]:
        """The gateways that are associated with the Direct Connect gateway of this name. Or else the gateway of this name itself."""
        associated = {
            each.gateway for dxgw in self.topology.direct_connect_gateways if dxgw.name == name for each in dxgw.associations
        } or {name}
        return tuple(gateway for gateway in self.topology.gateways if gateway.name in associated)

    def joined(self, site: str) -> frozenset[str]:
        """The names of a data centre and of all data centres that one interconnect joins with it."""
        return frozenset({site}).union(*self._between[site])

    @cached_property
    def _between(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {center.name: [] for center in self.topology.data_centers}
        for interconnect in self.topology.interconnects:
            for site in interconnect.between:
                found[site].append(interconnect.between)
        return found


def edge_of(line: Line) -> str:
    """The customer's router at which a connection begins."""
    return line.edge if isinstance(line, Connection) else line.customer_gateway


def flows_of(predictions: Iterable[FlowPrediction]) -> str:
    """The names of the flows of these predictions, each once, in words: `dc1-app and dc2-app`."""
    return listed(each.flow for each in predictions)


def listed(names: Iterable[str]) -> str:
    """Names in words: `a`, `a and b`, `a, b and c`. Each name once. If there are many: the first names, and how many more there are."""
    each = list(dict.fromkeys(names))
    if len(each) > _MOST_NAMES:
        each = [*each[:_FIRST_NAMES], f"{len(each) - _FIRST_NAMES} more"]
    return f"{', '.join(each[:-1])} and {each[-1]}" if len(each) > 1 else "".join(each)
