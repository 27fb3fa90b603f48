"""Drift: where an account and the topology in a file differ. Both are compared as topologies. Each difference is told in both words.

Compared is what AWS knows. Prefixes of sites, sites without routers, providers, shared risks, flows and the settings of the user's routers
are the user's alone. The numbers of AWS's devices are the file's own, so it is compared which circuits are on one device.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from lab.model.lag import Lag
from lab.model.topology import Connection, DirectConnectGateway, Gateway, GatewayKind, Topology, VirtualInterface, Vpc, VpnConnection
from lab.model.tunnel_options import USUAL_TUNNEL, Suite, TunnelOptions
from lab.model.where import Where

_DX = "direct_connect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference. `where`: the place in the file, or the section that lacks an entry.

    `aws`: what AWS has, in AWS's words. `file`: what the file has, in its words.
    """

    where: Where
    aws: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """A value that both know, as text. `key`: its name in the file. `aws`: its name in AWS's API. "" is a value that is not set."""

    key: str
    aws: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry of a topology. `noun`: AWS's word for it."""

    where: Where
    noun: str
    values: tuple[_Value, ...]


def differences(
    file: Topology, account: Topology, ids: Mapping[str, str], unknown: frozenset[Where] = frozenset()
) -> tuple[Difference, ...]:
    """Every difference, in the order of the file, and then what the file lacks.

    `ids`: for each name of the account's topology, AWS's id. `unknown`: places of values that AWS does not know, which are not compared.
    """
    both = frozenset(each.name for each in file.connections) & frozenset(each.name for each in account.connections)
    ours = {each.where: each for each in _entries(file, both)}
    theirs = {each.where: each for each in _entries(account, both)}
    found: list[Difference] = []
    for where, entry in ours.items():
        if where in theirs:
            found += _changed(entry, theirs[where], _called(where, ids), unknown)
        else:
            found.append(Difference(where=where, aws=f"there is no such {entry.noun}", file=f"there is {where[-1]}"))
    for where, entry in theirs.items():
        if where not in ours:
            found.append(Difference(where=where, aws=f"there is the {entry.noun} {_called(where, ids)}", file=f"there is no {where[-1]}"))
    return tuple(found)


def _changed(ours: _Entry, theirs: _Entry, called: str, unknown: frozenset[Where]) -> Iterator[Difference]:
    for here, there in zip(ours.values, theirs.values, strict=True):
        place = (*ours.where, here.key)
        if here.text != there.text and place not in unknown:
            aws = f"{there.aws} of {called} is {there.text or 'not set'}"
            yield Difference(where=place, aws=aws, file=f"{here.key} is {here.text or 'not set'}")


def _called(where: Where, ids: Mapping[str, str]) -> str:
    """AWS's id of an entry. A data centre has none, so it has its own name."""
    name = str(where[-1])
    return ids.get(name, name)


def _entries(topology: Topology, both: frozenset[str]) -> Iterator[_Entry]:
    """Everything that is compared. `both`: the circuits that both topologies have."""
    for center in (each for each in topology.data_centers if each.edges):
        noun = "site with customer gateways or circuits"
        own = ", ".join(f"{asn} at {edge}" for edge, asn in sorted(center.own_asns))
        asns = (_Value(key="asn", aws="BgpAsn or asn", text=str(center.asn)), _Value(key="routers", aws="BgpAsn or asn", text=own))
        yield _Entry(where=("data_centers", center.name), noun=noun, values=asns)
    yield from map(_vpc, topology.vpcs)
    for gateway in topology.gateways:
        yield _gateway(gateway)
    for peering in topology.peerings:
        values = (_Value(key="between", aws="peering attachment", text=_list(peering.between)),)
        yield _Entry(where=("transit_gateway_peerings", peering.name), noun="peering attachment", values=values)
    for location in topology.locations:
        values = (_Value(key="region", aws="region", text=location.region),)
        yield _Entry(where=(_DX, "locations", location.name), noun="Direct Connect location", values=values)
    yield from map(_dx_gateway, topology.direct_connect_gateways)
    yield from (_circuit(each, topology, both) for each in topology.connections)
    yield from map(_virtual_interface, topology.virtual_interfaces)
    yield from map(_vpn, topology.vpn_connections)


def _vpc(vpc: Vpc) -> _Entry:
    values = (
        _Value(key="cidr", aws="CidrBlock", text=str(vpc.cidr)),
        _Value(key="static_routes", aws="static routes", text=_list(f"{each.prefix} to {each.gateway}" for each in vpc.static_routes)),
        _Value(key="propagation", aws="route propagation", text=str(vpc.propagation).lower()),
    )
    return _Entry(where=("regions", vpc.region, "vpcs", vpc.name), noun="VPC", values=values)


def _gateway(gateway: Gateway) -> _Entry:
    values = (
        _Value(key="kind", aws="type", text=gateway.kind.value),
        _Value(key="asn", aws="AmazonSideAsn", text=str(gateway.asn)),
        _Value(key="vpcs", aws="VPC attachments", text=_list(gateway.vpcs)),
        _Value(key="vpn_ecmp", aws="VpnEcmpSupport", text=str(gateway.vpn_ecmp).lower()),
        _Value(
            key="static_routes", aws="static routes", text=_list(f"{each.prefix} to {each.attachment}" for each in gateway.static_routes)
        ),
    )
    noun = "virtual private gateway" if gateway.kind is GatewayKind.VGW else "transit gateway"
    return _Entry(where=("regions", gateway.region, "gateways", gateway.name), noun=noun, values=values)


def _dx_gateway(dxgw: DirectConnectGateway) -> _Entry:
    allowed = (f"{each.gateway}: {_list(each.allowed_prefixes)}" for each in dxgw.associations if each.allowed_prefixes)
    values = (
        _Value(key="asn", aws="amazonSideAsn", text=str(dxgw.asn)),
        _Value(key="associations", aws="associated gateways", text=_list(each.gateway for each in dxgw.associations)),
        _Value(key="allowed_prefixes", aws="allowedPrefixesToDirectConnectGateway", text="; ".join(sorted(allowed))),
    )
    return _Entry(where=(_DX, "gateways", dxgw.name), noun="Direct Connect gateway", values=values)


def _circuit(circuit: Connection, topology: Topology, both: frozenset[str]) -> _Entry:
    values = (
        _Value(key="edge", aws="router (in the sites file)", text=circuit.edge),
        _Value(key="location", aws="location", text=circuit.location),
        _Value(key="device", aws="awsLogicalDeviceId or awsDeviceV2", text=_device(circuit, topology, both)),
        _Value(key="bandwidth", aws="bandwidth (bits per second)", text=str(circuit.bandwidth or "")),
        _Value(key="lag", aws="numberOfConnections, minimumLinks", text=_lag(circuit.lag) if circuit.lag else ""),
    )
    return _Entry(where=(_DX, "connections", circuit.name), noun="connection or LAG", values=values)


def _lag(lag: Lag) -> str:
    return f"{lag.members} members, minimum links {lag.minimum_links}"


def _device(circuit: Connection, topology: Topology, both: frozenset[str]) -> str:
    """AWS's device, by the circuits that also end on it."""
    place = (circuit.location, circuit.device)
    beside = [each.name for each in topology.connections if each is not circuit and (each.location, each.device) == place]
    here = [name for name in beside if name in both]
    return f"that of {_list(here)}" if here else "its own"


def _virtual_interface(vif: VirtualInterface) -> _Entry:
    values = (
        _Value(key="connection", aws="connectionId", text=vif.connection),
        _Value(key="kind", aws="virtualInterfaceType", text=vif.kind.value),
        _Value(key="gateway", aws="directConnectGatewayId or virtualGatewayId", text=vif.gateway),
        _Value(key="vlan", aws="vlan", text=str(vif.vlan)),
        _Value(key="mtu", aws="mtu", text=str(vif.mtu)),
        _Value(key="prefix_limit", aws="prefixPoolAllocatedCountIpv4", text=str(vif.prefix_limit)),
        _Value(key="sitelink", aws="siteLinkEnabled", text=str(vif.sitelink).lower()),
    )
    return _Entry(where=(_DX, "virtual_interfaces", vif.name), noun="virtual interface", values=values)


def _vpn(vpn: VpnConnection) -> _Entry:
    values = (
        _Value(key="customer_gateway", aws="router of the CustomerGatewayId (in the sites file)", text=vpn.customer_gateway),
        _Value(key="gateway", aws="VpnGatewayId or TransitGatewayId", text=vpn.gateway),
        _Value(key="inside_cidrs", aws="TunnelInsideCidr", text=_list(vpn.inside_cidrs)),
        _Value(key="static_routes", aws="static routes", text=_list(vpn.static_routes)),
        _Value(key="tunnel_options", aws="tunnel options", text=_options(vpn.options)),
    )
    return _Entry(where=("vpn_connections", vpn.name), noun="VPN connection", values=values)


def _options(options: TunnelOptions) -> str:
    """The options of AWS that differ from its defaults, as text."""
    names = ("startup_action", "dpd_action", "dpd_timeout", "ike_version", "phase1_lifetime", "phase2_lifetime", "suite")
    values = ((name, getattr(options, name)) for name in names if getattr(options, name) != getattr(USUAL_TUNNEL, name))
    return ", ".join(f"{name} {_option(value)}" for name, value in values)


def _option(value: object) -> str:
    match value:
        case Enum():
            return str(value.value)
        case Suite():
            return value.cipher.value if value.cipher.has_own_integrity else f"{value.cipher.value} with {value.integrity.value}"
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)


def _list(values: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, values)))
