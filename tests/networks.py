"""Small networks for tests, built from classes of the model. Each shows one thing and is compiled once."""

from dataclasses import replace
from functools import cache
from ipaddress import IPv4Network

from lab.compiler import compile_topology
from lab.model.dx_session import LocalPreference
from lab.model.interconnect import Interconnect
from lab.model.nat import Nat
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.route_tables import VpcRoute
from lab.model.topology import (
    Association,
    Connection,
    DataCenter,
    DirectConnectGateway,
    FlowIntent,
    Gateway,
    GatewayKind,
    Location,
    Topology,
    VifKind,
    VirtualInterface,
    Vpc,
    VpnConnection,
)

APP = IPv4Network("172.31.0.0/16")
DB = IPv4Network("172.30.0.0/16")


def site(number: int, *edges: str, allowas_in: int = 0) -> DataCenter:
    """Data centre dcN: AS 6500N, 10.N.0.0/16. The names of its edges are given without the site's name."""
    prefixes = (IPv4Network(f"10.{number}.0.0/16"),)
    names = tuple(f"dc{number}-{edge}" for edge in edges)
    return DataCenter(name=f"dc{number}", asn=65000 + number, prefixes=prefixes, edges=names, allowas_in=allowas_in)


def gateway(name: str, kind: GatewayKind, asn: int, *vpcs: str) -> Gateway:
    """A gateway of us-east-1."""
    return Gateway(name=name, kind=kind, region="us-east-1", asn=asn, vpcs=vpcs)


def circuit(name: str, edge: str, location: str, device: int = 1, *, risks: tuple[str, ...] = ()) -> Connection:
    """A connection. The name of its carrier comes from its location: carrier-a for loc-a."""
    provider = f"carrier-{location.removeprefix('loc-')}"
    return Connection(name=name, edge=edge, location=location, device=device, provider=provider, shared_risk=risks)


def vif(name: str, connection: str, gateway: str = "dxgw", *, kind: VifKind = VifKind.PRIVATE, sitelink: bool = False) -> VirtualInterface:
    """A virtual interface vifN with VLAN 100+N. Its customer has BFD and no other options."""
    return VirtualInterface(
        name=name,
        connection=connection,
        kind=kind,
        gateway=gateway,
        vlan=100 + int(name[-1]),
        bfd=True,
        sitelink=sitelink,
        local_preference=None,
        as_path_prepend=0,
    )


def vpn(name: str, edge: str, gateway: str = "vgw", *, static: tuple[str, ...] = ()) -> VpnConnection:
    """Connection vpnN by isp-a. Its tunnels have addresses from 169.254.10+N.0. With prefixes it is a static VPN."""
    third = 10 + int(name.removeprefix("vpn"))
    return VpnConnection(
        name=name,
        customer_gateway=edge,
        gateway=gateway,
        provider="isp-a",
        inside_cidrs=(IPv4Network(f"169.254.{third}.0/30"), IPv4Network(f"169.254.{third}.4/30")),
        static_routes=tuple(map(IPv4Network, static)),
    )


def association(gateway: str, *allowed: IPv4Network) -> Association:
    return Association(gateway=gateway, allowed_prefixes=allowed)


VGW = gateway("vgw", GatewayKind.VGW, 64512, "app")
TGW = gateway("tgw", GatewayKind.TGW, 64520, "app", "db")
_EMPTY = Topology(
    name="empty",
    summary="A network for tests.",
    data_centers=(),
    interconnects=(),
    vpcs=(Vpc(name="app", region="us-east-1", cidr=APP),),
    gateways=(VGW,),
    vpn_connections=(),
    flows=(FlowIntent(name="dc1-app", source="dc1", target="app"),),
    locations=(Location(name="loc-a", region="us-east-1"), Location(name="loc-b", region="eu-west-1")),
    direct_connect_gateways=(DirectConnectGateway(name="dxgw", asn=64513, associations=(association("vgw"),)),),
)
_TWO_VPCS = replace(_EMPTY, vpcs=(*_EMPTY.vpcs, Vpc(name="db", region="us-east-1", cidr=DB)), gateways=(TGW,))
_TWO_SITES = (Interconnect(name="dci", between=("dc1", "dc2")),)

HYBRID = replace(
    _EMPTY,
    name="hybrid",
    data_centers=(site(1, "r1", "gw1"), site(2, "r1", allowas_in=1)),
    interconnects=_TWO_SITES,
    direct_connect_gateways=(
        DirectConnectGateway(name="dxgw", asn=64513, associations=(association("vgw", IPv4Network("172.16.0.0/12")),)),
    ),
    connections=(
        circuit("dx1", "dc1-r1", "loc-a", risks=("conduit",)),
        circuit("dx2", "dc2-r1", "loc-b", risks=("conduit", "building")),
        circuit("dx3", "dc1-r1", "loc-a", 2),
    ),
    virtual_interfaces=(
        replace(vif("vif1", "dx1"), local_preference=LocalPreference.HIGH),
        replace(vif("vif2", "dx2"), as_path_prepend=2),
        replace(vif("vif3", "dx3"), bfd=False),
    ),
    vpn_connections=(vpn("vpn1", "dc1-gw1"),),
)
"""Two sites by Direct Connect on a virtual private gateway, one also by VPN. The second site's location is in another Region."""

HYBRID_TGW = replace(
    _TWO_VPCS,
    name="hybrid-tgw",
    data_centers=(site(1, "r1", "gw1"), site(2, "gw1")),
    interconnects=_TWO_SITES,
    direct_connect_gateways=(DirectConnectGateway(name="dxgw", asn=64513, associations=(association("tgw", APP, DB),)),),
    connections=(circuit("dx1", "dc1-r1", "loc-a"),),
    virtual_interfaces=(vif("vif1", "dx1", kind=VifKind.TRANSIT),),
    vpn_connections=(vpn("vpn1", "dc1-gw1", "tgw"), vpn("vpn2", "dc1-gw1", "tgw"), vpn("vpn3", "dc2-gw1", "tgw")),
)
"""Direct Connect and three VPN connections of two customers' ASNs on a transit gateway."""

VPN_TGW = replace(
    _TWO_VPCS,
    name="vpn-tgw",
    data_centers=(site(1, "gw1"),),
    direct_connect_gateways=(),
    vpn_connections=(vpn("vpn1", "dc1-gw1", "tgw"),),
)
"""Only VPN, on a transit gateway."""

SITELINK = replace(
    _EMPTY,
    name="sitelink",
    data_centers=(site(1, "r1", "r2"), site(2, "r1"), site(3, "r1")),
    connections=(
        circuit("dx1", "dc1-r1", "loc-a"),
        circuit("dx2", "dc1-r2", "loc-a", 2),
        circuit("dx3", "dc2-r1", "loc-b"),
        circuit("dx4", "dc3-r1", "loc-b", 2),
    ),
    virtual_interfaces=(
        vif("vif1", "dx1", sitelink=True),
        vif("vif2", "dx2", sitelink=True),
        vif("vif3", "dx3", sitelink=True),
        vif("vif4", "dx4"),
    ),
)
"""Three devices joined by SiteLink, and a fourth without it."""

STRAIGHT = replace(
    _EMPTY,
    name="straight",
    data_centers=(site(1, "r1"), site(2, "gw1")),
    direct_connect_gateways=(),
    connections=(circuit("dx1", "dc1-r1", "loc-a"),),
    virtual_interfaces=(vif("vif1", "dx1", "vgw"),),
    vpn_connections=(vpn("vpn1", "dc2-gw1"),),
)
"""A virtual interface directly on a virtual private gateway that also has VPN."""

SHARED_DEVICE = replace(
    _EMPTY,
    name="shared-device",
    data_centers=(site(1, "r1"),),
    vpcs=_TWO_VPCS.vpcs,
    gateways=(VGW, gateway("vgw-db", GatewayKind.VGW, 64514, "db")),
    direct_connect_gateways=(
        DirectConnectGateway(name="dxgw", asn=64513, associations=(association("vgw"),)),
        DirectConnectGateway(name="dxgw-db", asn=64515, associations=(association("vgw-db"),)),
    ),
    connections=(circuit("dx1", "dc1-r1", "loc-a"),),
    virtual_interfaces=(vif("vif1", "dx1"), vif("vif2", "dx1", "dxgw-db"), vif("vif3", "dx1")),
)
"""One connection with three virtual interfaces, to two Direct Connect gateways."""

STATIC = replace(
    _EMPTY,
    name="static",
    data_centers=(site(1, "r1", "gw1"),),
    connections=(circuit("dx1", "dc1-r1", "loc-a"),),
    virtual_interfaces=(vif("vif1", "dx1"),),
    vpn_connections=(vpn("vpn1", "dc1-gw1", static=("10.1.0.0/16",)),),
)
"""A static VPN and Direct Connect on a virtual private gateway."""

STATIC_TGW = replace(
    VPN_TGW,
    name="static-tgw",
    vpn_connections=(vpn("vpn1", "dc1-gw1", "tgw", static=("10.1.0.0/16", "10.9.0.0/16")),),
)
"""Only a static VPN, on a transit gateway with VPN ECMP."""

BEHIND_NAT = replace(
    _EMPTY,
    name="behind-nat",
    direct_connect_gateways=(),
    data_centers=(replace(site(1, "gw1", "gw2", "gw3"), nat=(Nat(name="nat1", behind=("dc1-gw1", "dc1-gw2")),)),),
    vpn_connections=(vpn("vpn1", "dc1-gw1"), vpn("vpn2", "dc1-gw2"), vpn("vpn3", "dc1-gw3")),
)
"""Three customer gateways, two of them behind a NAT box."""

ON_A_WAN = replace(
    _EMPTY,
    name="on-a-wan",
    direct_connect_gateways=(),
    data_centers=(site(1, "gw1"), site(2, "gw1"), site(3)),
    interconnects=(Interconnect(name="wan", between=("dc1", "dc2", "dc3")),),
    vpn_connections=(vpn("vpn1", "dc1-gw1"), vpn("vpn2", "dc2-gw1")),
)
"""Three sites on a provider's WAN. The third has no connection to AWS."""


NETWORKS = {
    each.name: each for each in (HYBRID, HYBRID_TGW, VPN_TGW, SITELINK, STRAIGHT, SHARED_DEVICE, STATIC, STATIC_TGW, BEHIND_NAT, ON_A_WAN)
}

_BEFORE = replace(TGW, name="old", kind=GatewayKind.VGW, asn=64520, vpcs=(VPN_TGW.vpcs[0].name,))
_INSIDE = (IPv4Network("169.254.90.0/30"), IPv4Network("169.254.90.4/30"))
TWO_GATEWAYS = replace(
    VPN_TGW,
    name="two-gateways",
    vpcs=(replace(VPN_TGW.vpcs[0], static_routes=(VpcRoute(prefix=IPv4Network("10.0.0.0/8"), gateway=TGW.name),)), *VPN_TGW.vpcs[1:]),
    gateways=(*VPN_TGW.gateways, _BEFORE),
    vpn_connections=(*VPN_TGW.vpn_connections, replace(VPN_TGW.vpn_connections[0], name="before", gateway="old", inside_cidrs=_INSIDE)),
)
"""A VPC on a transit gateway and on a virtual private gateway, with a VPN to it from the first site."""


@cache
def planned(topology: Topology, timers: Timers = Timers.TUNED) -> Plan:
    """A compiled topology. Each is compiled once."""
    return compile_topology(topology, timers=timers, ipsec=Ipsec.USERSPACE)
