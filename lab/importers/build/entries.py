"""The entries of a topology, from what comes in and the user's sites."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Network

from lab.importers.account import VpnConnection
from lab.importers.build.chosen import Chosen, Circuit, VpcTable
from lab.importers.build.placing import Placed
from lab.importers.build.tunnel_options import options_of
from lab.importers.build.yaml_text import Entry, Value
from lab.model.aws import JUMBO
from lab.model.customer_side import CustomerSide
from lab.model.sites import Group, OwnSettings, Sites
from lab.model.topology import VIF_PREFIX_LIMIT, VifKind
from lab.model.tunnel_options import Initiator

_UNITS = ((1_000_000_000, "gbit"), (1_000_000, "mbit"), (1_000, "kbit"))


class Entries:
    """The entries of each section. `names`: the name of each id."""

    def __init__(self, chosen: Chosen, sites: Sites, placed: tuple[Placed, ...], names: Mapping[str, str]) -> None:
        self._chosen, self._sites, self._placed, self._names = chosen, sites, placed, names
        self._edges = {end: edge.name for each in placed for edge in each.site.edges for end in edge.ends}
        self._providers = _by_id(sites.providers)
        self._risks = _by_id(sites.shared_risks)
        self._own = {each.id: each for each in sites.own_settings}

    def data_centers(self) -> Iterator[Entry]:
        """The sites. Behind each: the ids of what ends on its routers."""
        for each in self._placed:
            value: dict[str, Value] = {
                "asn": each.asn,
                "prefixes": [str(prefix) for prefix in each.site.prefixes],
                "edges": [edge.name for edge in each.site.edges],
            }
            if each.site.allowas_in:
                value["allowas_in"] = each.site.allowas_in
            if each.site.announce:
                value["announce"] = [str(prefix) for prefix in each.site.announce]
            if each.site.default_route_from:
                value["default_route_from"] = each.site.default_route_from
            if each.site.edges_originate:
                value["originated_by"] = "edges"
            if each.site.is_stateful:
                value["stateful"] = True
            if each.site.nat:
                value["nat"] = {box.name: list(box.behind) for box in each.site.nat}
            if each.own_asns:
                value["routers"] = {edge: {"asn": asn} for edge, asn in each.own_asns}
            yield Entry(name=each.site.name, value=value)

    def interconnects(self) -> Iterator[Entry]:
        """The links between sites, as the user says them."""
        for each in self._sites.interconnects:
            value: dict[str, Value] = {"between": list(each.between)}
            if each.bandwidth:
                value["bandwidth"] = rate(each.bandwidth)
            yield Entry(name=each.name, value=value)

    def vpcs(self, region: str) -> Iterator[Entry]:
        """The VPCs of a Region."""
        for each in self._chosen.vpcs:
            if each.region == region:
                value: dict[str, Value] = {"cidr": str(each.cidrs[0])}
                for table in self._chosen.vpc_tables:
                    value |= dict(self._vpc_table(table)) if table.vpc == each.id else {}
                yield Entry(name=self._names[each.id], value=value, comment=each.id)

    def _vpc_table(self, table: VpcTable) -> Iterator[tuple[str, Value]]:
        if table.routes:
            yield "static_routes", self._by_name(table.routes)
        if not table.propagation:
            yield "propagation", False

    def gateways(self, region: str) -> Iterator[Entry]:
        """The gateways of a Region."""
        for each in self._chosen.gateways:
            if each.region == region:
                vpcs = sorted(self._names[vpc] for vpc in each.vpcs)
                value: dict[str, Value] = {"kind": each.kind, "asn": each.asn, "vpcs": vpcs}
                if not each.vpn_ecmp:
                    value["vpn_ecmp"] = False
                if each.static_routes:
                    value["static_routes"] = self._by_name(each.static_routes)
                yield Entry(name=self._names[each.id], value=value, comment=each.id)

    def _by_name(self, routes: Iterable[tuple[str, IPv4Network]]) -> dict[str, Value]:
        """The prefixes of static routes, by the name of what they lead to."""
        found: defaultdict[str, list[IPv4Network]] = defaultdict(list)
        for end, prefix in routes:
            found[self._names.get(end, end)].append(prefix)
        return {name: [str(prefix) for prefix in sorted(prefixes)] for name, prefixes in sorted(found.items())}

    def peerings(self) -> Iterator[Entry]:
        """The peerings between transit gateways."""
        for each in self._chosen.peerings:
            yield Entry(name=self._names[each.id], value={"between": sorted(self._names[end] for end in each.between)}, comment=each.id)

    def locations(self) -> Iterator[Entry]:
        """The Direct Connect locations of all circuits."""
        regions = {each.location: each.region for each in self._chosen.circuits}
        for location, region in regions.items():
            yield Entry(name=self._names[location], value={"region": region}, comment=location)

    def dx_gateways(self) -> Iterator[Entry]:
        """The Direct Connect gateways, with their associations and allowed prefixes."""
        associated = defaultdict(list)
        for each in self._chosen.associations:
            associated[each.dx_gateway].append(each)
        for dxgw in self._chosen.dx_gateways:
            value: dict[str, Value] = {"asn": dxgw.asn}
            here = sorted(associated[dxgw.id], key=lambda each: self._names[each.gateway])
            allowed = {self._names[each.gateway]: [str(prefix) for prefix in sorted(each.allowed_prefixes)] for each in here}
            if here:
                value["associations"] = list(allowed)
            if any(allowed.values()):
                value["allowed_prefixes"] = {name: prefixes for name, prefixes in allowed.items() if prefixes}
            yield Entry(name=self._names[dxgw.id], value=value, comment=dxgw.id)

    def connections(self) -> Iterator[Entry]:
        """The circuits."""
        for each in self._chosen.circuits:
            yield Entry(name=self._names[each.id], value=dict(self._circuit(each)), comment=each.id)

    def _circuit(self, each: Circuit) -> Iterator[tuple[str, Value]]:
        yield "edge", self._edges[each.id]
        yield "location", self._names[each.location]
        if each.device != 1:
            yield "device", each.device
        yield from self._bought(each.id)
        if each.bandwidth:
            yield "bandwidth", rate(each.bandwidth)
        if each.lag:
            fewest = {"minimum_links": each.lag.minimum_links} if each.lag.minimum_links else {}
            yield "lag", {"members": each.lag.members, **fewest}

    def virtual_interfaces(self) -> Iterator[Entry]:
        """The virtual interfaces."""
        for each in self._chosen.virtual_interfaces:
            value: dict[str, Value] = {
                "connection": self._names[each.connection],
                "kind": each.kind,
                "gateway": self._names[each.gateway],
                "vlan": each.vlan,
            }
            if each.sitelink:
                value["sitelink"] = True
            if each.mtu in JUMBO[VifKind(each.kind)]:
                value["mtu"] = each.mtu
            if each.prefix_limit is not None and each.prefix_limit != VIF_PREFIX_LIMIT:
                value["prefix_limit"] = each.prefix_limit
            value |= dict(self._own_settings(each.id))
            yield Entry(name=self._names[each.id], value=value, comment=each.id)

    def vpn_connections(self) -> Iterator[Entry]:
        """The VPN connections. What a user says of the internet line is said of its customer gateway or of the connection itself."""
        for each in self._chosen.vpn_connections:
            value: dict[str, Value] = {
                "customer_gateway": self._edges[each.customer_gateway],
                "gateway": self._names[each.gateway],
                **dict(self._carried(each)),
            }
            inside = [str(tunnel.inside_cidr) for tunnel in each.tunnels if tunnel.inside_cidr]
            if len(inside) == 2:
                value["inside_cidrs"] = inside
            if each.static_routes:
                value["static_routes"] = [str(route) for route in each.static_routes]
            if options := options_of(each):
                value["tunnel_options"] = options
            value |= dict(self._own_settings(each.id))
            yield Entry(name=self._names[each.id], value=value, comment=f"{each.id}, {each.customer_gateway}")

    def _carried(self, vpn: VpnConnection) -> Iterator[tuple[str, Value]]:
        """What carries the tunnels: an internet line, or a virtual interface."""
        own = self._own.get(vpn.id)
        if own and own.over:
            yield "over", self._names[own.over]
        else:
            yield from self._bought(vpn.id, vpn.customer_gateway)

    def _own_settings(self, id_: str) -> Iterator[tuple[str, Value]]:
        """The settings of the user's router on a virtual interface or VPN connection. Only those that are not the usual ones."""
        own = self._own.get(id_)
        if own and own.bfd:
            yield "bfd", True
        if own and own.local_preference:
            yield "local_preference", own.local_preference.name.lower()
        if own and own.as_path_prepend:
            yield "as_path_prepend", own.as_path_prepend
        if own:
            yield from _of_tunnels(own)
        if own and own.customer.prefer is not None:
            yield "prefer", own.customer.prefer
        if own and own.customer.accept:
            yield "accept", [str(prefix) for prefix in own.customer.accept]
        if own and own.customer.announce:
            yield "announce", [str(prefix) for prefix in own.customer.announce]
        if own:
            yield from _of_sessions(own.customer)

    def _bought(self, *ids: str) -> Iterator[tuple[str, Value]]:
        """The provider and the shared risks of the first id for which the user says them."""
        provider = next((self._providers[each][0] for each in ids if each in self._providers), None)
        if provider:
            yield "provider", provider
        risks = dict.fromkeys(risk for each in ids for risk in self._risks.get(each, ()))
        if risks:
            yield "shared_risk", list(risks)


def _of_tunnels(own: OwnSettings) -> Iterator[tuple[str, Value]]:
    """The settings of a VPN connection's tunnels, and of their internet line, that are not the usual ones."""
    if own.tunnels != 2:
        yield "tunnels", own.tunnels
    if own.wrong_key:
        yield "wrong_key", own.wrong_key
    if own.bandwidth:
        yield "bandwidth", rate(own.bandwidth)
    if own.initiator is not Initiator.CUSTOMER:
        yield "initiator", own.initiator.value


def _of_sessions(customer: CustomerSide) -> Iterator[tuple[str, Value]]:
    """The settings of the customer's BGP sessions that are not the usual ones."""
    timers, bfd = customer.timers, customer.bfd
    if timers:
        yield "timers", {"keepalive": f"{timers.keepalive:g}s", "hold": f"{timers.hold:g}s"}
    if customer.graceful_restart is not None:
        yield "graceful_restart", f"{customer.graceful_restart:g}s"
    if bfd.interval is not None:
        yield "bfd_interval", f"{bfd.interval * 1000:g}ms"
    if bfd.multiplier is not None:
        yield "bfd_multiplier", bfd.multiplier
    if bfd.checks_control_plane:
        yield "bfd_checks_control_plane", True


def rate(bits: int) -> str:
    """A bandwidth as a topology writes it: `10gbit`. Never a fraction."""
    return next((f"{bits // unit}{word}" for unit, word in _UNITS if bits % unit == 0), f"{bits}bit")


def _by_id(groups: tuple[Group, ...]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        for each in group.ids:
            found[each].append(group.name)
    return dict(found)
