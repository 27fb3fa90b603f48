"""Generated topologies: small designs, written as a person writes them, in YAML."""

from typing import Any

import yaml
from hypothesis import strategies as st

_APP = "172.31.0.0/16"


@st.composite
def designs(draw: st.DrawFn) -> str:
    """The YAML of a design that compiles: one or two sites, each with circuits or VPN connections to one gateway."""
    sites = draw(st.integers(1, 2))
    edges = [(f"dc{site}", f"dc{site}-r{edge}") for site in range(1, sites + 1) for edge in range(1, draw(st.integers(1, 2)) + 1)]
    kind = draw(st.sampled_from(["vgw", "tgw"]))
    circuits, vpns = _connections(draw, edges)
    written = {
        "name": "generated",
        "summary": "A generated design.",
        "data_centers": {site: _site(draw, site, [edge for of, edge in edges if of == site]) for site, _ in edges},
        "interconnects": {"dci": {"between": ["dc1", "dc2"]}} if sites == 2 and draw(st.booleans()) else None,
        "regions": {"us-east-1": {"vpcs": {"app": {"cidr": _APP}}, "gateways": {"gw": {"kind": kind, "asn": 64512, "vpcs": ["app"]}}}},
        "direct_connect": _direct_connect(draw, kind, circuits) if circuits else None,
        "vpn_connections": {
            f"vpn{number}": {"customer_gateway": edge, "gateway": "gw", "provider": provider} for number, edge, provider in vpns
        },
        "flows": {f"{site}-app": {"from": site, "to": "app"} for site, _ in edges},
    }
    return yaml.safe_dump({key: value for key, value in written.items() if value}, sort_keys=False)


def _connections(draw: st.DrawFn, edges: list[tuple[str, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str, str]]]:
    """A circuit, a VPN connection or both for each edge: so every site has one at least."""
    circuits, vpns = [], []
    for number, (_, edge) in enumerate(edges, 1):
        has = draw(st.sampled_from(["circuit", "VPN", "both"]))
        if has != "VPN":
            circuits.append((number, edge))
        if has != "circuit":
            vpns.append((number, edge, draw(st.sampled_from(["isp-a", "isp-b"]))))
    return circuits, vpns


def _site(draw: st.DrawFn, name: str, edges: list[str]) -> dict[str, Any]:
    """A site. It may have the ASN of the other one, and announce more than it has."""
    number = int(name.removeprefix("dc"))
    own = f"10.{number}.0.0/16"
    announced = draw(st.sampled_from([None, None, ["0.0.0.0/0", own], ["10.0.0.0/8"], [own, f"10.{number}.0.0/17"]]))
    asn = draw(st.sampled_from([65001, 65000 + number]))
    return {"asn": asn, "prefixes": [own], "edges": edges, **({"announce": announced} if announced else {})}


def _direct_connect(draw: st.DrawFn, kind: str, circuits: list[tuple[int, str]]) -> dict[str, Any]:
    locations = draw(st.integers(1, 2))
    allowed = {"allowed_prefixes": {"gw": [_APP]}} if kind == "tgw" else {}
    return {
        "locations": {f"loc-{place}": {"region": "us-east-1"} for place in "ab"[:locations]},
        "gateways": {"dxgw": {"asn": 64513, "associations": ["gw"], **allowed}},
        "connections": {f"dx{number}": _circuit(draw, number, edge, "ab"[:locations]) for number, edge in circuits},
        "virtual_interfaces": {f"vif{number}": _vif(draw, number, kind) for number, _ in circuits},
    }


def _circuit(draw: st.DrawFn, number: int, edge: str, places: str) -> dict[str, Any]:
    place = draw(st.sampled_from(places))
    risks = {"shared_risk": ["conduit"]} if draw(st.booleans()) else {}
    return {"edge": edge, "location": f"loc-{place}", "device": draw(st.integers(1, 2)), "provider": f"carrier-{place}", **risks}


def _vif(draw: st.DrawFn, number: int, kind: str) -> dict[str, Any]:
    preference = draw(st.sampled_from([None, "low", "medium", "high"]))
    return {
        "connection": f"dx{number}",
        "kind": "private" if kind == "vgw" else "transit",
        "gateway": "dxgw",
        "vlan": 100 + number,
        "bfd": draw(st.booleans()),
        "as_path_prepend": draw(st.integers(0, 2)),
        **({"local_preference": preference} if preference else {}),
    }
