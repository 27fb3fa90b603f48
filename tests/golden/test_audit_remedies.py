"""Every finding goes away when its remedy is done. So each rule finds the flaw, and nothing else of the design."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from lab.api.audit import audits, codes
from lab.model.plan import Timers

FLAWED = Path(__file__).parent / "audit"
Change = tuple[str, str]
HIGH, MEDIUM, LOW = (f"bfd: true, local_preference: {each}" for each in ("high", "medium", "low"))


def _edge(name: str) -> Change:
    return "edges: [dc1-r1]", f"edges: [dc1-r1, {name}]"


def _vpn(edge: str, provider: str) -> Change:
    return "\nflows:", f"\nvpn_connections:\n  vpn9: {{customer_gateway: {edge}, gateway: vgw, provider: {provider}}}\n\nflows:"


def _fewer(site: int) -> list[Change]:
    """Without 24 prefixes: each row of the file has six."""
    rows = (", ".join(f"10.{site}.{row * 6 + each}.0/24" for each in range(6)) for row in range(4))
    return [(f"{row},\n      ", "") for row in rows]


REMEDIES: dict[str, Sequence[Change]] = {
    "FL001": [(" # failover-lab: accept FL101 because the second circuit is ordered", "")],
    "FL002": [(", loc-c: {region: us-east-1}", "")],
    "FL003": [("conduit7", "conduit-7")],
    "FL004": [("  dc1-app:", "  dc1-db: {from: dc1, to: db}\n  dc1-app:")],
    "FL101": [_edge("dc1-r2"), _vpn("dc1-r2", "isp-a")],
    "FL102": [_edge("dc1-r2"), ("  vpn1:", "  vpn2: {customer_gateway: dc1-r2, gateway: vgw, provider: isp-b}\n  vpn1:")],
    "FL103": [("edges: []", "edges: [dc2-r1]"), _vpn("dc2-r1", "isp-a")],
    "FL104": [("edges: []", "edges: [dc2-r1]"), _vpn("dc2-r1", "isp-a")],
    "FL105": [("172.31.128.0/17", "172.31.0.0/16")],
    "FL106": [("0.0.0.0/0", "192.88.0.0/16")],
    "FL107": [("originated_by: edges", "originated_by: core")],
    "FL201": [_edge("dc1-r2"), ("dx2: {edge: dc1-r1", "dx2: {edge: dc1-r2")],
    "FL202": [("locations: {", "locations: {loc-b: {region: us-east-1}, "), ("loc-a, device: 2", "loc-b, device: 2")],
    "FL203": [("dc1-r2, location: loc-a, device: 1", "dc1-r2, location: loc-a, device: 2")],
    "FL204": [("loc-b, provider: carrier-a", "loc-b, provider: carrier-b")],
    "FL205": [("carrier-b, shared_risk: [duct-7]", "carrier-b, shared_risk: [duct-8]")],
    "FL206": [("static_routes: [10.9.0.0/16]", "static_routes: [10.9.0.0/16, 10.1.0.0/16]")],
    "FL207": [("vgw, provider: telco-a", "vgw, provider: isp-a")],
    "FL208": [("minimum_links: 2", "minimum_links: 1")],
    "FL209": [(", nat: {nat1: [dc1-r1, dc1-r2]}", "")],
    "FL210": [
        ("{tgw: [172.31.0.0/16]}", "{tgw: [10.99.0.0/24]}"),
        ("vlan: 101, bfd: true", "vlan: 101, bfd: true, announce: [10.1.255.1/32]"),
    ],
    "FL301": [("dc2: {asn: 65001", "dc2: {asn: 65002")],
    "FL302": [("allowas_in: 2, ", "")],
    "FL303": [(", as_path_prepend: 2", "")],
    "FL304": [("tgw-west: {kind: tgw, asn: 64512", "tgw-west: {kind: tgw, asn: 64513")],
    "FL305": [("dc2: {asn: 64512", "dc2: {asn: 65002")],
    "FL401": [(f"101, {LOW}", f"101, {HIGH}"), (f"102, {HIGH}", f"102, {LOW}")],
    "FL402": [("101, bfd: true", f"101, {HIGH}"), ("102, bfd: true", f"102, {LOW}")],
    "FL403": [("kind: tgw", "kind: tgw, vpn_ecmp: false")],
    "FL404": [(f"102, {LOW}", f"102, {MEDIUM}"), (f"103, {MEDIUM}", f"103, {LOW}")],
    "FL405": [(f"102, {MEDIUM}", f"102, {LOW}")],
    "FL406": [(f"102, {HIGH}", f"102, {LOW}")],
    "FL407": [("172.16.0.0/12", "172.31.0.0/16")],
    "FL408": [(", static_routes: [10.1.0.0/16]", "")],
    "FL409": [("kind: tgw", "kind: vgw"), ("kind: transit", "kind: private")],
    "FL410": [(f"101, {HIGH}", "101, bfd: true"), (f"102, {LOW}", "102, bfd: true")],
    "FL411": [("gateway: dxgw-b", "gateway: dxgw-a")],
    "FL412": [("vpcs: [work]}", "vpcs: [work], vpn_ecmp: false}")],
    "FL413": [(", as_path_prepend: 1", ", as_path_prepend: 3")],
    "FL414": [("peer1: [10.1.0.0/16]", "peer1: [10.0.0.0/8]")],
    "FL501": [],
    "FL502": [("vlan: 102", "vlan: 102, bfd: true")],
    "FL503": [(", static_routes: [10.1.0.0/16]", "")],
    "FL504": [(", initiator: nobody", "")],
    "FL505": [("tunnels: 1, ", "")],
    "FL506": [("dpd_action: none", "dpd_action: clear")],
    "FL508": [(", wrong_key: 2", "")],
    "FL507": [(", graceful_restart: 120s, bfd_checks_control_plane: true", "")],
    "FL601": _fewer(1),
    "FL602": _fewer(1),
    "FL603": [
        ("vpn_connections:\n  vpn1: {customer_gateway: dc1-r2, gateway: vgw, provider: isp-a}\n", ""),
        ("    dx1:", "    dx2: {edge: dc1-r2, location: loc-a, device: 2}\n    dx1:"),
        ("    vif1:", "    vif2: {connection: dx2, kind: private, gateway: dxgw, vlan: 102, bfd: true}\n    vif1:"),
    ],
    "FL604": [("kind: vgw", "kind: tgw")],
    "FL605": [(", vpn_ecmp: false", "")],
    "FL606": [("bandwidth: 1gbit", "bandwidth: 4gbit")],
    "FL607": [(", mtu: 9001", "")],
}
"""What to change in the file of each code's example. FL501's example has the default timers: it wants the tuned ones."""


def test_every_code_has_a_remedy_here() -> None:
    assert list(REMEDIES) == [each.code for each in codes()]


@pytest.mark.parametrize("code", REMEDIES)
def test_a_finding_goes_away_with_its_remedy(code: str, tmp_path: Path) -> None:
    text = (FLAWED / f"{code}.yaml").read_text(encoding="utf-8")
    for old, new in REMEDIES[code]:
        assert old in text, old
        text = text.replace(old, new)
    mended = tmp_path / "mended.yaml"
    mended.write_text(text, encoding="utf-8")
    found = audits((str(mended),), Timers.TUNED, "5s")[0].findings
    assert [each.finding.message for each in found if each.finding.code == code] == []
