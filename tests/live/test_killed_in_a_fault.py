"""Killed at any instant of any fault: `lab-heal` then gives a lab that equals its plan, routes and sessions too, and proves it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from lab.api.labs import bring_down, bring_up
from lab.api.running import opened
from lab.engine.proof import remember_once_quiet
from lab.model.fault import FAULT_KINDS
from lab.model.plan import Ipsec, Timers
from tests.live.commands import ROOT, inv

NAME = "live-hybrid"
"""The shipped hybrid-backup under another name: with a circuit, tunnels, a gateway and an interconnect, every kind finds its target."""

EVERY_KIND = {
    "link-down": "dci",
    "carrier-loss": "dx1 side=customer",
    "flap": "dci count=2",
    "silent-loss": "dci",
    "partial-loss": "dci loss=5%",
    "mtu-drop": "dci mtu=1400 way=a-to-b",
    "rate-limit": "dci rate=10mbit way=a-to-b",
    "node-kill": "loc-a",
    "node-restart": "dc1-r1",
    "freeze": "dc1-r1/bgpd",
    "daemon-kill": "dc2-r1/zebra",
    "tunnel-down": "vpn1",
    "ike-delete": "vpn1-1",
    "rekey-failure": "vpn1-1",
    "wrong-key": "vpn1-1",
    "endpoint-replacement": "vpn1-1",
    "bgp-shutdown": "vif1",
    "prefix-withdrawal": "vif1",
    "prefix-overflow": "vif1",
    "association-loss": "dxgw",
    "longer-prefix": "vpn1",
    "static-route": "vpn1",
}
"""Target and parameters of each, as on a command line."""

NOT_EVERYWHERE = {"delay"}
"""Needs a kernel with netem."""


@pytest.fixture(scope="module")
def hybrid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A lab whose routes are known from when nothing was wrong."""
    path: Path = tmp_path_factory.mktemp("hybrid") / f"{NAME}.yaml"
    path.write_text((ROOT / "topologies" / "hybrid-backup.yaml").read_text().replace("name: hybrid-backup", f"name: {NAME}"))
    bring_up(str(path), Timers.TUNED, Ipsec.USERSPACE, print)
    try:
        with opened(NAME) as lab:
            remember_once_quiet(lab)
        yield NAME
    finally:
        bring_down(NAME, print, every=False)


def test_every_kind_is_tried() -> None:
    assert set(EVERY_KIND) | NOT_EVERYWHERE == set(FAULT_KINDS)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_after_a_kill_at_any_instant_of_a_fault_heal_proves_the_lab_whole(hybrid: str, kind: str) -> None:
    for calls in count():
        code = _broken_by_one_who_dies(hybrid, calls, kind)
        assert code in {0, -signal.SIGKILL}
        healed = inv("lab-heal", "-t", hybrid, "--json", "-")
        assert healed.returncode == 0, f"{kind}, killed in call {calls}: {healed.stderr}"
        compared = json.loads(healed.stdout)["compared"]
        assert (compared["differences"], compared["learned_routes"] > 0) == ([], True)
        if code == 0:
            assert calls > 0, "it never touched the lab"
            return


def _broken_by_one_who_dies(lab: str, calls: int, kind: str) -> int:
    command = [sys.executable, "-m", "tests.live.dying", lab, str(calls), kind, *EVERY_KIND[kind].split()]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
