"""The installed package measures a real failover, from a folder that has nothing, and writes only there."""

import json
from pathlib import Path

from tests.installing import build_wheel, install
from tests.live.commands import leftovers

_SECONDS = 300.0


def test_a_package_installed_from_the_wheel_runs_a_shipped_check_on_a_real_lab(tmp_path: Path) -> None:
    installed = install(build_wheel(tmp_path / "dist"), tmp_path / "env")
    before = installed.files()
    folder = tmp_path / "work"
    folder.mkdir()
    result = installed.run("lab-test", "-t", "hybrid-backup", "--check", "dx-cut", "--json", "out.json", cwd=folder, seconds=_SECONDS)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "· hybrid-backup: topology and checks come with Failover Lab\n" in result.stderr
    report = json.loads((folder / "out.json").read_text())
    assert [(check["check"], check["status"]) for check in report["checks"]] == [("control", "pass"), ("dx-cut", "pass")]
    (journal,) = folder.glob("runs/*/journal.jsonl")
    again = installed.run("lab-report", str(journal), cwd=folder)
    assert again.returncode == 0, again.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["out.json", "runs"]
    assert installed.files() == before
    assert leftovers("hybrid-backup") == []
