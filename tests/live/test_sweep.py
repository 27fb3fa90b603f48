"""A sweep on a real lab: a set that nobody wrote a check for does what was predicted, and the report has both."""

import json
from pathlib import Path

from tests.live.commands import ROOT, inv, leftovers

NAME = "live-swept"


def test_a_cut_circuit_does_what_was_predicted_although_there_is_no_check(tmp_path: Path) -> None:
    text = (ROOT / "topologies" / "hybrid-backup.yaml").read_text()
    (tmp_path / f"{NAME}.yaml").write_text(text.replace("name: hybrid-backup", f"name: {NAME}"))
    result = inv("lab-test", "-t", f"{NAME}.yaml", "--sweep", "1", "--check", "dx1", "--json", "out.json", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 pass, 0 fail, 0 error; 0 surprises" in result.stdout
    assert leftovers(NAME) == []
    report = json.loads((tmp_path / "out.json").read_text())
    swept = next(check for check in report["checks"] if check["check"] == "dx1")
    assert (swept["origin"], report["summary"]["surprises"]) == ("sweep", 0)
    moved = next(flow for flow in swept["flows"] if (flow["flow"], flow["direction"], flow["phase"]) == ("dc1-app", "forward", "during"))
    assert moved["path"] in moved["predicted"]["paths"]
    assert "vpn1-1" in moved["path"]
    assert moved["surprise"] is None
