"""What people ran into comes out on a real lab, too: by predicted sets of failures."""

import json
import shutil
from pathlib import Path

import pytest

from tests.live.commands import inv, leftovers
from tests.told_cases import case


@pytest.mark.parametrize(
    ("folder", "failed"),
    [("two-regions", "d1 + d2"), ("two-regions-peered", "d1 + d2"), ("shared-duct", "duct-1"), ("one-nat-box", "nat1")],
)
def test_a_set_of_failures_does_what_is_predicted(folder: str, failed: str, tmp_path: Path) -> None:
    shutil.copy(case(folder), tmp_path / f"{folder}.yaml")
    result = inv("lab-test", "-t", f"{folder}.yaml", "--sweep", "2", "--check", failed, "--json", "out.json", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    told = json.loads((tmp_path / "out.json").read_text())
    assert {check["check"]: check["status"] for check in told["checks"]} == {"control": "pass", failed: "pass"}
    assert told["summary"]["surprises"] == 0
    assert leftovers(folder) == []
