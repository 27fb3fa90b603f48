"""What people ran into comes out on a real lab, too: by the checks of the cases."""

import json
import shutil
from pathlib import Path

from tests.live.commands import inv, leftovers
from tests.told_cases import case

WRITTEN = {
    "static-vpn-on-tgw": "static-vpn-behind-dx",
    "primary-and-standby": "primary-and-standby",
    "hundred-and-first-prefix": "hundred-and-first",
    "vpn-order-by-as-path": "vpn-order",
    "bfd-and-graceful-restart": "bfd-and-restart",
    "default-route-from-two-sites": "default-route-from-two-sites",
    "one-as-one-summary": "one-as-one-summary",
    "late-lan": "late-lan",
    "ipv6-without-bfd": "ipv6-without-bfd",
    "lag-needs-both-members": "lag-needs-both",
    "partner-on-a-wan": "partner-on-a-wan",
}


def test_the_checks_of_the_cases_pass(tmp_path: Path) -> None:
    words: list[str] = []
    for folder, name in WRITTEN.items():
        checks = tmp_path / "checks" / name
        checks.mkdir(parents=True)
        shutil.copy(case(folder), tmp_path / f"{name}.yaml")
        for check in sorted(case(folder).parent.glob("*.yaml")):
            if check.name != "topology.yaml":
                shutil.copy(check, checks)
        words += ["-t", f"{name}.yaml"]
    result = inv("lab-test", *words, "--jobs", "2", "--json", "out.json", cwd=tmp_path)  # other tests have labs, too
    assert result.returncode == 0, result.stdout + result.stderr
    told = json.loads((tmp_path / "out.json").read_text())
    names = ["fibre-cut", "first-circuit-dark", "leak", "endpoint-replaced", "circuits-dark"]
    names += ["router-boots", "line-cut", "main-circuit-dark", "north-dark", "circuit-silent", "member-dark", "provider-edge-dies"]
    assert sorted(check["check"] for check in told["checks"]) == sorted(["control"] * len(WRITTEN) + names)
    assert [left for name in WRITTEN.values() for left in leftovers(name)] == []
