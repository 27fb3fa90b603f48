"""Rules for automations that the wrong files do not show: static VPNs, labels about another target, and one's own rules."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lab.api.running import fingerprint
from lab.compiler import compile_topology
from lab.intent import read_topology
from lab.model.plan import Ipsec, Timers
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("groups: [\n  a: {b\n", "own.yml:3: expected ',' or '}', but got '<stream end>' (write YAML)"),
        ("- alert: Slow\n", "own.yml has no groups of rules (write groups:, and rules: in each)"),
    ],
)
def test_a_rule_file_that_is_no_rule_file_is_refused_before_promtool_sees_it(
    problems: Problems, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "own.yml").write_text(text, encoding="utf-8")
    (told,) = problems(f"{BASE}{FLOWS}monitoring: {{rules: [own.yml]}}\n")
    assert words in told


SCRIPT = "{on: FlowDown, do: {run: {node: dc1-core, script: bin/drain.sh, undo_script: undrain.sh, timeout: 2s}}, undo: {after: 10s}}"


def test_scripts_lie_beside_the_topology_and_are_read_with_it(written: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "drain.sh").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (tmp_path / "undrain.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (read,) = read_topology(written(f"{BASE}{FLOWS}automation:\n  a: {SCRIPT}\n")).automations
    run = read.order.run
    assert run
    assert run.undo
    assert (run.node, run.script.name, run.script.text, run.script.timeout) == ("dc1-core", "bin/drain.sh", "#!/bin/sh\nexit 0\n", 2.0)
    assert (run.undo.name, run.undo.text) == ("undrain.sh", "#!/bin/sh\n")


def test_a_changed_script_does_not_make_a_running_lab_another_lab(written: Callable[..., Path], tmp_path: Path) -> None:
    seen = set()
    for text in ("true\n", "false\n"):
        for name in ("bin/drain.sh", "undrain.sh"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        topology = read_topology(written(f"{BASE}{FLOWS}automation:\n  a: {SCRIPT}\n"))
        plan = compile_topology(topology, timers=Timers.TUNED, ipsec=Ipsec.USERSPACE)
        seen.add((fingerprint(plan), plan.automations))
    assert (len(seen), len({each for each, _ in seen})) == (2, 1)


def test_a_script_that_no_shell_could_run_is_refused(problems: Problems, tmp_path: Path) -> None:
    for text, why in (
        (" \n", "'drain.sh' is empty"),
        ("true\r\n", "Windows line endings"),
        ("#" * 70000, "has 70000 bytes, expected at most 65536"),
    ):
        (tmp_path / "drain.sh").write_bytes(text.encode())
        (told,) = problems(written("{on: FlowDown, do: {run: {node: dc1-r1, script: drain.sh}}}"))
        assert why in told, told


def test_the_key_on_needs_no_quotes(problems: Problems) -> None:
    assert problems(written_plain('"on"')) == problems(written_plain("on")) == []


def written_plain(key: str) -> str:
    return f"{BASE}{FLOWS}automation:\n  a: {{{key}: FlowDown, do: {{bgp-shutdown: vif1}}}}\n"
