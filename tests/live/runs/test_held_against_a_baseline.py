"""A real run compared with baselines: it equals itself, and is worse than a baseline whose outages lasted a tenth of the time."""

import json
from pathlib import Path

from tests.live.commands import inv, leftovers
from tests.live.small import small_topology

NAME = "live-baseline"

CHECK = "endpoint-dies"
"""The check waits for a hold timer, so its outages last seconds. A tenth of that is clearly better."""

TEXT = """
summary: AWS's end of the tunnel in use dies; both sides wait for the hold time and use the other tunnel.
steps:
  - {fault: node-kill, target: vpn1-1, at: 1s, for: 5s}
expect:
  - {flow: dc1-app, during: {outage_at_least: 300ms, outage_at_most: 5s, via: vpn1-2}}
"""


def test_a_run_is_saved_and_held_against_itself_and_a_better_one(tmp_path: Path) -> None:
    (tmp_path / "checks" / NAME).mkdir(parents=True)
    (tmp_path / "checks" / NAME / f"{CHECK}.yaml").write_text(TEXT)
    (tmp_path / f"{NAME}.yaml").write_text(small_topology(NAME))
    first = inv("lab-test", "-t", f"{NAME}.yaml", "--check", CHECK, "--repeat", "2", "--save-baseline", "b.json", cwd=tmp_path)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "over 2 trials: median (1st–99th percentile, deviation)" in first.stdout
    saved = json.loads((tmp_path / "b.json").read_text())
    series = [each for check in saved["checks"] if check["check"] == CHECK for each in check["spreads"]]
    assert {sum(len(start["outages"]) for start in each["starts"]) for each in series} == {2}

    (journal,) = (tmp_path / "runs").glob("*/journal.jsonl")
    again = inv("lab-report", str(journal), "--baseline", "b.json", cwd=tmp_path)
    assert (again.returncode, "0 worse than the baseline" in again.stdout) == (0, True)

    for start in (start for each in series for start in each["starts"]):
        start["outages"] = [outage / 10 for outage in start["outages"]]
    (tmp_path / "better.json").write_text(json.dumps(saved))
    worse = inv("lab-report", str(journal), "--baseline", "better.json", "--json", "out.json", cwd=tmp_path)
    assert worse.returncode == 1, worse.stdout + worse.stderr
    told = json.loads((tmp_path / "out.json").read_text())["regressions"]
    assert {(change["check"], change["flow"], change["direction"], change["what"]) for change in told} == {
        (CHECK, "dc1-app", direction, "outage") for direction in ("forward", "reverse")
    }
    assert leftovers(NAME) == []
