"""Rules for automations that the wrong files do not show: static VPNs, labels about another target, and one's own rules."""

from collections.abc import Callable
from pathlib import Path

from tests.shipped import ROOT

BASE = (ROOT / "topologies" / "hybrid-backup.yaml").read_text(encoding="utf-8").partition("automation:")[0]
FLOWS = "flows:\n  dc1-app: {from: dc1, to: app}\n  dc2-app: {from: dc2, to: app}\n"
Problems = Callable[[str], list[str]]


def written(*automations: str, static: bool = False) -> str:
    base = BASE.replace("provider: isp-a}", "provider: isp-a, static_routes: [10.2.0.0/16]}") if static else BASE
    return f"{base}{FLOWS}automation:\n" + "".join(f"  a{number}: {text}\n" for number, text in enumerate(automations))


def test_a_label_about_another_target_makes_an_automation_watch_another(problems: Problems) -> None:
    told = problems(written("{on: DxVirtualInterfaceDown, labels: {virtual_interface: vif1}, do: {bgp-shutdown: vif1}}"))
    assert [line.partition(": ")[2] for line in told] == [
        "automation.a0.on: a0 watches itself: the alarm DxVirtualInterfaceDown rings because it shuts BGP of vif1 (choose another alarm)"
    ]
    assert problems(written("{on: VpnAnyTunnelDown, labels: {vpn_connection: vpn1}, do: {bgp-open: vif1}}")) == []


def test_a_static_vpn_has_no_bgp_and_its_routes_already(problems: Problems) -> None:
    told = problems(written("{on: FlowDown, do: {bgp-shutdown: vpn1}}", static=True))
    assert "vpn1 is a static VPN, so it has no BGP (use static-route, or another target)" in told[0]
    told = problems(written("{on: FlowDown, do: {static-route: {target: vpn1, side: aws}}}", static=True))
    assert "vpn1 is a static VPN, so it has this route already" in told[0]
    half = "{on: FlowDown, do: {static-route: {target: vpn1, side: aws, prefix: 10.2.0.0/17}}}"
    assert problems(written(half, static=True)) == []


def test_one_of_one_s_own_rules_may_trigger(written: Callable[..., Path], problems: Problems, tmp_path: Path) -> None:
    rules = "groups: [{name: own, rules: [{alert: Slow, expr: 'flow_delay_seconds > 1'}]}]\n"
    (tmp_path / "own.yml").write_text(rules, encoding="utf-8")
    text = f"{BASE}{FLOWS}automation:\n  a: {{on: Slow, do: {{bgp-shutdown: vif1}}}}\n"
    assert "there is no rule named 'Slow'" in problems(text)[0]
    assert problems(f"{text}monitoring: {{rules: [own.yml]}}\n") == []


def test_the_key_on_needs_no_quotes(problems: Problems) -> None:
    assert problems(written_plain('"on"')) == problems(written_plain("on")) == []


def written_plain(key: str) -> str:
    return f"{BASE}{FLOWS}automation:\n  a: {{{key}: FlowDown, do: {{bgp-shutdown: vif1}}}}\n"
