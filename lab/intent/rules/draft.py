"""Draft: a topology with possible mistakes, which the rules look for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lab.intent.document.finding import Where
from lab.intent.topology.known import Known, Named
from lab.model.ip import Prefix
from lab.model.told import Line, Told, told
from lab.model.topology import DataCenter, Gateway, Topology, VirtualInterface
from lab.model.where import where

__all__ = ["Draft", "where"]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A topology from the entries without mistakes in their shape, and the names of all entries.

    `strays` are names in `allowed_prefixes` of a Direct Connect gateway that are not associated with it.
    """

    topology: Topology
    known: Known
    strays: tuple[Named, ...]

    def center_of(self, edge: str) -> DataCenter | None:
        """The data centre of an edge. None if it is unknown or could not be read."""
        return self._centers.get(edge)

    @cached_property
    def _centers(self) -> dict[str, DataCenter]:
        return {edge: center for center in reversed(self.topology.data_centers) for edge in center.edges}

    def asn_at(self, line: Line) -> int | None:
        """The ASN of the edge at the end of a virtual interface or VPN connection. None if the edge is unknown."""
        edge = next((edge for edge, each in self.lines_of_edges if each is line), "")
        center = self.center_of(edge)
        return center.asn_of(edge) if center else None

    def gateway(self, name: str) -> Gateway | None:
        """The gateway with that name. None if it is unknown or could not be read."""
        return next((gateway for gateway in self.topology.gateways if gateway.name == name), None)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All virtual interfaces, then all VPN connections: everything with a BGP session to AWS, or with static routes."""
        return (*self.topology.virtual_interfaces, *self.topology.vpn_connections)

    def connected(self, gateway: str) -> tuple[DataCenter, ...]:
        """The data centres with a BGP session over a VPN connection to this gateway, in the order of the connections."""
        dynamic = (vpn for vpn in self.topology.vpn_connections if vpn.gateway == gateway and not vpn.static_routes)
        found = (self.center_of(vpn.customer_gateway) for vpn in dynamic)
        return tuple(dict.fromkeys(center for center in found if center is not None))

    def circuits(self, gateway: str) -> Iterator[tuple[DataCenter, VirtualInterface]]:
        """The virtual interfaces that lead directly to this gateway or Direct Connect gateway, each with its data centre."""
        edges = {connection.name: connection.edge for connection in self.topology.connections}
        for vif in self.topology.virtual_interfaces:
            center = self.center_of(edges.get(vif.connection, "")) if vif.gateway == gateway else None
            if center is not None:
                yield center, vif

    @cached_property
    def joined(self) -> tuple[tuple[DataCenter, DataCenter], ...]:
        """Every two data centres that a valid interconnect joins."""
        by_name = {center.name: center for center in self.topology.data_centers}
        pairs = (pair for interconnect in self.topology.interconnects for pair in interconnect.pairs)
        return tuple((by_name[one], by_name[other]) for one, other in pairs if one in by_name and other in by_name and one != other)

    def joined_with(self, center: DataCenter) -> tuple[DataCenter, ...]:
        """The data centres that an interconnect joins with this one."""
        return self._joined_with.get(center.name, ())

    @cached_property
    def _joined_with(self) -> dict[str, tuple[DataCenter, ...]]:
        found: dict[str, dict[DataCenter, None]] = {}
        for one, other in self.joined:
            found.setdefault(one.name, {})[other] = None
            found.setdefault(other.name, {})[one] = None
        return {name: tuple(others) for name, others in found.items()}

    def told(self, center: DataCenter, line: Line) -> Told:
        """What a data centre announces to AWS on a virtual interface or VPN connection."""
        return told(center, line, self.joined_with(center))

    @property
    def announce_lists(self) -> Iterator[tuple[Where, tuple[Prefix, ...]]]:
        """Every list `announce`, with its place in the file."""
        yield from (((*where(each), "announce"), each.announce) for each in self.topology.data_centers)
        yield from (((*where(each), "announce"), each.customer.announce) for each in self.lines)

    @cached_property
    def lines_of_sites(self) -> tuple[tuple[DataCenter, Line], ...]:
        """Every virtual interface and VPN connection with its data centre, but without those whose data centre is unknown."""
        return tuple((center, line) for edge, line in self.lines_of_edges if (center := self.center_of(edge)))

    @cached_property
    def lines_of_edges(self) -> tuple[tuple[str, Line], ...]:
        """Every virtual interface and VPN connection with its edge. The edge is "" if it is unknown."""
        edges = {connection.name: connection.edge for connection in self.topology.connections}
        ends: list[tuple[str, Line]] = [(edges.get(vif.connection, ""), vif) for vif in self.topology.virtual_interfaces]
        return (*ends, *((vpn.customer_gateway, vpn) for vpn in self.topology.vpn_connections))
