"""`validate` and `lab-checks` as typed: exit codes, JSON, control characters in files, and what editors and hooks use."""

import json
import re
import shlex
import subprocess
import sys

import pytest
import yaml

from lab.door.verbs import groups
from lab.errors import Problem
from lab.model.reviewed import Reviewed
from lab.views.before.problems import reviewed_text
from tests.shipped import CHECKS, ROOT, TOPOLOGIES

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PAGE = (ROOT / "docs" / "how-to" / "validate.md").read_text(encoding="utf-8")
NASTY = r"""
name: "a\e[31m"
summary: "\e]0;owned\a \u202egnp \x9b2J \x7f"
"key\e[2J": {"\e[1m": "\e[0m"}
data_centers:
  "dc\e1": {asn: "\e[31m65001", prefixes: ["10.1.0.0/16\r"], edges: ["\u202eedge"]}
flows: {f: {from: "\a", to: "\e]0;x\a"}}
"""


def inv(*words, at=ROOT):
    command = [sys.executable, "-I", str(ROOT / "tasks.py"), *words]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False, timeout=120)


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_what_is_shipped_has_no_problem_and_its_json_says_so():
    done = inv("validate", "--json", "-")
    said = json.loads(done.stdout)
    assert (done.returncode, done.stderr, said["problems"]) == (0, "", 0)
    assert [each["name"] for each in said["topologies"]] == list(TOPOLOGIES)
    assert {"name", "file", "checks", "problems"} <= set(said["topologies"][0])


def test_a_mistake_is_told_with_its_line_and_ends_with_code_2(tmp_path):
    (tmp_path / "mine.yaml").write_text((ROOT / "topologies" / "sitelink.yaml").read_text().replace("asn: 65001", "asn: many"))
    done = inv("validate", "-t", "mine.yaml", "-t", "sitelink", at=tmp_path)
    assert done.returncode == 2
    assert re.search(r"^  mine\.yaml:\d+: data_centers\.dc1\.asn: expected a whole number", done.stdout, re.MULTILINE)


def test_a_line_a_topology_where_all_is_well():
    lines = inv("validate", "-t", "sitelink", "-t", "sitelink-only").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["sitelink", "4", "checks", "ok"],
        ["sitelink-only", "3", "checks", "ok"],
        [],
        ["2", "topologies,", "7", "checks:", "no", "problem"],
    ]


@pytest.mark.parametrize("words", [["validate"], ["validate", "--json", "-"], ["lab-checks"], ["graph"], ["lab-test"]], ids=" ".join)
def test_nothing_raw_of_a_nasty_topology_reaches_the_terminal(tmp_path, words):
    (tmp_path / "nasty\x1b[31m.yaml").write_text(NASTY)
    done = inv(*words, "-t", "./nasty\x1b[31m.yaml", at=tmp_path)
    assert done.returncode == 2
    assert "x1b" in done.stdout + done.stderr or "u001b" in done.stdout
    assert not RAW.search(done.stdout + done.stderr)


def test_nothing_raw_of_a_nasty_check_reaches_the_terminal(tmp_path):
    folder = tmp_path / "checks" / "sitelink"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text(
        '{summary: "\\e[31m \\u202e", steps: [{fault: link-down, target: dci, at: 2s, for: 5s, name: good}],'
        " expect: [{flow: dc1-dc2, during: {outage_at_most: 1s}}]}"
    )
    (folder / "no\x1b[2Jtes.txt").write_text("")
    for words in (["lab-checks"], ["lab-checks", "--json", "-"], ["validate"], ["validate", "--json", "-"]):
        done = inv(*words, "-t", "sitelink", at=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert not RAW.search(done.stdout + done.stderr)


def test_what_would_be_run_has_its_faults_promises_and_seconds():
    done = inv("lab-checks", "--json", "-")
    said = json.loads(done.stdout)
    assert [(each["topology"], each["check"]) for each in said["checks"] if each["check"] != "control"] == sorted(
        CHECKS, key=lambda check: (TOPOLOGIES.index(check[0]), check[1])
    )
    assert said["seconds"] == pytest.approx(sum(each["seconds"] for each in said["checks"]))
    one = next(each for each in said["checks"] if each["check"] == "one-appliance" and each["topology"] == "active-active-vpn")
    assert one["faults"] == [{"fault": "node-kill", "target": "dc1-gw1", "name": None, "at": 2.0, "for": 12.0}]
    assert {"flow": "dc1-app", "directions": ["forward"], "event": "during", "outage_at_most": 2.0}.items() <= one["promises"][0].items()


def test_promised_alarms_are_listed_with_all_other_promises(tmp_path):
    done = inv("lab-checks", "-t", "hybrid-backup")
    assert "  promise  alarm dx1-connection-down rings within 120 s\n" in done.stdout
    assert "  promise  alarm FlowLossHigh rings within 15 s (only with --monitor)\n" in done.stdout
    assert " checks and the control run of 1 topology, about " in done.stdout
    said = {
        each["check"]: each["promises"] for each in json.loads(inv("lab-checks", "-t", "hybrid-backup", "--json", "-").stdout)["checks"]
    }
    assert said["dx-cut"][-1] == {
        "flow": None,
        "directions": [],
        "event": "alarm",
        "rule": "dx1-connection-down",
        "within": 120.0,
        "source": "cloudwatch",
    }
    folder = tmp_path / "checks" / "sitelink"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text(
        "{summary: x, alarm: none, steps: [{fault: link-down, target: dci, at: 2s, for: 5s}],"
        " expect: [{flow: dc1-dc2, during: {outage_at_most: 1s}}]}"
    )
    assert "  promise  no alarm rings\n" in inv("lab-checks", "-t", "sitelink", at=tmp_path).stdout
    (_, one) = json.loads(inv("lab-checks", "-t", "sitelink", "--json", "-", at=tmp_path).stdout)["checks"]
    assert (one["promises"][-1]["event"], one["promises"][-1]["rule"]) == ("alarm", None)


def test_slower_timers_make_a_run_longer():
    tuned, slow = (json.loads(inv("lab-checks", "--json", "-", "--timers", each).stdout)["seconds"] for each in ("tuned", "default"))
    assert slow > 2 * tuned


def test_on_a_terminal_lines_break_between_words_and_elsewhere_not_at_all():
    problem = Problem(
        place="checks/one/dx-cut.yaml:3", message="there is no fault named 'link-dwn' (did you mean 'link-down'?; known: link-down)"
    )
    reviewed = [Reviewed(name="one", file="one.yaml", checks=("dx-cut",), problems=(problem,))]
    assert f"  {problem}" in reviewed_text(reviewed).splitlines()
    narrow = reviewed_text(reviewed, 60).splitlines()
    assert all(len(line) <= 60 for line in narrow)
    assert [line[:6] for line in narrow[1:3]] == ["  chec", "      "]
    assert " ".join(" ".join(narrow[1:-2]).split()) == str(problem)


def test_a_mistake_is_told_instead_of_a_list(tmp_path):
    (tmp_path / "mine.yaml").write_text("name: mine")
    done = inv("lab-checks", "-t", "mine.yaml", at=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "mine.yaml:1: summary is missing" in done.stderr


def test_the_hook_runs_a_verb_there_is_on_the_files_there_are():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, verb = shlex.split(hook["entry"])
    assert program == "failover-lab"
    assert verb in [task.name for tasks in groups().values() for task in tasks]
    for file in (*(ROOT / "topologies").glob("*"), *(ROOT / "checks").glob("*/*")):
        assert re.search(hook["files"], str(file.relative_to(ROOT)))
    assert not re.search(hook["files"], "docs/checks/redundant-dx/hole.yaml")
    assert f"id: {hook['id']}" in PAGE


def test_the_editors_settings_name_the_schemas_that_are_made_above_them():
    (settings,) = blocks("json")
    made = re.findall(r"^\./inv schema (topology|check) > (\S+)$", PAGE, re.MULTILINE)
    schemas = json.loads(settings)["yaml.schemas"]
    assert [f"./{file}" for _, file in made] == list(schemas)
    for (kind, _), pattern in zip(made, schemas.values(), strict=True):
        assert list(ROOT.glob(pattern))
        assert json.loads(inv("schema", kind).stdout)["type"] == "object"


def test_a_line_for_an_editor_on_top_of_a_file_changes_nothing(tmp_path):
    text = (ROOT / "topologies" / "sitelink.yaml").read_text()
    line = next(line for line in PAGE.splitlines() if line.startswith("# yaml-language-server"))
    (tmp_path / "mine.yaml").write_text(f"{line}\n{text}")
    assert inv("validate", "-t", "mine.yaml", at=tmp_path).returncode == 0
