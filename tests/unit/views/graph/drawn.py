"""Networks to draw: shipped ones, ones from users, small ones and a crowded one. Also the points on the lines of a picture."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from lab.compiler import compile_topology
from lab.intent import read_topology
from lab.model.interconnect import Interconnect
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.sketch import Sketch, sketch_of
from lab.model.topology import Connection, DirectConnectGateway, Location, Topology, VifKind, Vpc
from lab.views.graph.boxes import Box
from lab.views.graph.lines import Line
from tests.networks import APP, DB, HYBRID, NETWORKS, TGW, VGW, association, circuit, gateway, planned, site, vif, vpn
from tests.shipped import TOPOLOGIES, shipped_plan

_FOLDER = Path(__file__).parent / "topologies"
SENT = tuple(path.stem for path in sorted(_FOLDER.glob("*.yaml")))

_LONG = "equinix-frankfurt-kleyerstrasse-building-5"
CROWDED = replace(
    HYBRID,
    name="crowded-network-with-a-name-that-is-far-too-long-for-anything",
    summary="Everything at once, with names as long as people make them. " * 6,
    data_centers=(site(1, "r1", "gw1", "router-of-the-second-building"), site(2, "r1"), site(3, "r1"), site(4, "r1")),
    interconnects=tuple(Interconnect(name=f"dci{a}{b}", between=(f"dc{a}", f"dc{b}")) for a, b in ((1, 2), (1, 3), (1, 4), (2, 4), (3, 4))),
    vpcs=(Vpc(name="app", region="us-east-1", cidr=APP), Vpc(name="db", region="ap-southeast-1", cidr=DB)),
    gateways=(VGW, replace(TGW, region="ap-southeast-1", vpcs=("db",))),
    locations=(*HYBRID.locations, Location(name=_LONG, region="us-east-1")),
    direct_connect_gateways=(
        DirectConnectGateway(name="dxgw", asn=64513, associations=(association("vgw"),)),
        DirectConnectGateway(name="dxgw-of-all-transit-gateways", asn=4200000001, associations=(association("tgw", DB),)),
    ),
    connections=(
        circuit("dx1", "dc1-r1", "loc-a", risks=("conduit", "building")),
        circuit("dx2", "dc2-r1", "loc-b", risks=("conduit", "the-only-bridge-over-the-river-for-miles")),
        circuit("dx3", "dc1-r1", "loc-a", 2, risks=("building",)),
        replace(circuit("dx4", "dc3-r1", "loc-b"), location=_LONG, provider="carrier-of-last-resort", shared_risk=("conduit",)),
        Connection(name="dx5", edge="dc4-r1", location="loc-b", device=2, provider="carrier-a", shared_risk=()),
    ),
    virtual_interfaces=(
        vif("vif1", "dx1", sitelink=True),
        vif("vif2", "dx2", sitelink=True),
        vif("vif3", "dx3", "dxgw-of-all-transit-gateways", kind=VifKind.TRANSIT),
        vif("vif4", "dx4", sitelink=True),
        vif("a-virtual-interface-of-many-words-5", "dx5", "dxgw-of-all-transit-gateways", kind=VifKind.TRANSIT),
        vif("vif6", "dx1", sitelink=True),
        vif("vif7", "dx1", "dxgw-of-all-transit-gateways", kind=VifKind.TRANSIT),
        vif("vif8", "dx5", sitelink=True),
    ),
    vpn_connections=(vpn("vpn1", "dc1-gw1"), vpn("vpn2", "dc1-gw1"), vpn("vpn3", "dc1-router-of-the-second-building", "tgw")),
)
"""Two Direct Connect gateways with mixed devices, SiteLink between four devices, shared risks, two Regions with VPN."""

TWO_VGW = replace(
    HYBRID,
    name="two-vgw",
    vpcs=(*HYBRID.vpcs, Vpc(name="db", region="us-east-1", cidr=DB)),
    gateways=(VGW, gateway("vgw-db", VGW.kind, 64514, "db")),
    direct_connect_gateways=(DirectConnectGateway(name="dxgw", asn=64513, associations=(association("vgw"), association("vgw-db"))),),
)
"""One Direct Connect gateway with two gateways behind it."""

_OWN: dict[str, Topology] = {**NETWORKS, CROWDED.name: CROWDED, TWO_VGW.name: TWO_VGW}
NAMES = (*TOPOLOGIES, *SENT, *(f"own-{name}" for name in _OWN))
"""The names of all networks to draw."""


@cache
def drawn(name: str) -> Sketch:
    """The network of that name."""
    return sketch_of(_plan(name))


def _plan(name: str) -> Plan:
    if name in SENT:
        return compile_topology(read_topology(_FOLDER / f"{name}.yaml"), timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
    return planned(_OWN[name.removeprefix("own-")]) if name.startswith("own-") else shipped_plan(name)


def passes(line: Line) -> Iterator[tuple[float, float]]:
    """Points along a line, at most a few pixels apart."""
    here = (0.0, 0.0)
    for command, numbers in re.findall(r"([MLC])([^MLC]*)", line.path):
        points = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", numbers)]
        if command != "M":
            yield from (_bezier([here, *points], step / 100) for step in range(101))
        here = points[-1]


def crosses(line: Line, box: Box) -> bool:
    """Whether a line passes through a box."""
    return any(box.x < x < box.right and box.y < y < box.bottom for x, y in passes(line))


def _bezier(points: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """The point of a Bézier curve of any degree (de Casteljau)."""
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points)]
    return points[0]
