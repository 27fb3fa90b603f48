"""Design: a topology with its plan and its prediction, and the questions that rules ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lab.model.plan import Plan
from lab.model.prediction import FlowPrediction, SetPrediction
from lab.model.topology import Connection, DataCenter, Gateway, Topology, VirtualInterface, VpnConnection
from lab.predict.prediction import Predictor

Link = Connection | VpnConnection
"""What joins a site to AWS: a Direct Connect connection or a VPN connection."""


@dataclass(frozen=True, kw_only=True)
class Design:
    """What a rule may ask. `budget_seconds`: an outage above it is too long."""

    topology: Topology
    predictor: Predictor
    budget_seconds: float

    @property
    def plan(self) -> Plan:
        """The compiled network."""
        return self.predictor.plan

    @cached_property
    def healthy(self) -> SetPrediction:
        """The network as drawn."""
        return self.predictor.of(())

    @cached_property
    def singles(self) -> dict[str, SetPrediction]:
        """What the failure of each component alone does, by its name."""
        return {each.name: self.predictor.of((each,)) for each in self.predictor.components}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every connection to AWS, circuits first."""
        return (*self.topology.connections, *self.topology.vpn_connections)

    def cut_by(self, component: str) -> tuple[FlowPrediction, ...]:
        """The flows that the failure of a component cuts off. () if nothing of that name can fail."""
        single = self.singles.get(component)
        return tuple(flow for flow in single.flows if flow.outage_seconds is None) if single else ()

    def kinds(self, *whats: str) -> tuple[str, ...]:
        """The names of the components of these kinds."""
        return tuple(each.name for each in self.predictor.components if each.what in whats)

    def center(self, edge: str) -> DataCenter:
        """The data centre of an edge."""
        return next(center for center in self.topology.data_centers if edge in center.edges)

    def gateway(self, name: str) -> Gateway | None:
        """The gateway of that name. None for a Direct Connect gateway."""
        return next((gateway for gateway in self.topology.gateways if gateway.name == name), None)

    def vifs(self, connection: str) -> tuple[VirtualInterface, ...]:
        """The virtual interfaces of a connection."""
        return tuple(vif for vif in self.topology.virtual_interfaces if vif.connection == connection)

    def at_edge(self, edge: str) -> tuple[Link, ...]:
        """The connections that end on an edge."""
        return tuple(link for link in self.links if edge_of(link) == edge)

    def of_center(self, center: DataCenter) -> tuple[Link, ...]:
        """The connections of a data centre."""
        return tuple(link for link in self.links if edge_of(link) in center.edges)


def edge_of(link: Link) -> str:
    """The customer's router of a connection."""
    return link.edge if isinstance(link, Connection) else link.customer_gateway


def flows_of(predictions: Iterable[FlowPrediction]) -> str:
    """The names of the flows, each once: `dc1-app, dc2-app`."""
    return ", ".join(dict.fromkeys(each.flow for each in predictions))


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    each = tuple(dict.fromkeys(names))
    return f"{', '.join(each[:-1])} and {each[-1]}" if len(each) > 1 else "".join(each)
