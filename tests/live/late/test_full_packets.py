"""After a failover from a circuit to a VPN, small packets pass and full ones are lost. The checks show both, and where."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.live.commands import inv, leftovers
from tests.told_cases import CASES

CASE = CASES / "mtu-dx-to-vpn"
NAME = "live-big-packets"

AT_THE_SITE = "press-ads →: 1480 octets do not fit tunnel backup-1 or backup-2 at press-fw (MTU 1438)"
AT_AWS = {f"press-ads ←: 1480 octets do not fit tunnel {end} at {end} (MTU 1438)" for end in ("backup-1", "backup-2")}


def test_full_packets_are_lost_in_a_tunnel_and_those_that_fit_aws_are_not(tmp_path: Path) -> None:
    checks = tmp_path / "checks" / NAME
    checks.mkdir(parents=True)
    shutil.copy(CASE / "topology.yaml", tmp_path / f"{NAME}.yaml")
    for name in ("full-packets", "fitting-packets", "jumbo-packets"):
        shutil.copy(CASE / f"{name}.yaml", checks)
    result = inv("lab-test", "-t", f"{NAME}.yaml", "--json", "out.json", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    told = {check["check"]: check for check in json.loads((tmp_path / "out.json").read_text())["checks"]}
    assert {name: check["status"] for name, check in told.items()} == {
        "control": "pass",
        "full-packets": "pass",
        "fitting-packets": "pass",
        "jumbo-packets": "pass",
    }
    _say_where(told["full-packets"])
    assert AT_THE_SITE in " ".join(result.stdout.split())
    assert told["fitting-packets"]["notes"] == told["control"]["notes"] == []
    assert leftovers(NAME) == []


def _say_where(check: dict[str, Any]) -> None:
    assert AT_THE_SITE in check["notes"]
    others = set(check["notes"]) - {AT_THE_SITE}
    assert others
    assert others <= AT_AWS
