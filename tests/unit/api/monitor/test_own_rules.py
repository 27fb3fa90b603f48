"""A user's own rule files: named in the topology, checked by promtool, and promised by their alarms' names."""

from pathlib import Path

import pytest

from lab.api.files import read_plan
from lab.api.monitor.rules import problems_of
from lab.errors import InputError, Problem
from lab.intent import read_topology
from lab.model.plan import Ipsec, Timers
from lab.runtime.docker.promtool import parse_complaints
from tests.shipped import ROOT

RULES = "groups:\n  - name: mine\n    rules:\n      - {alert: MineDown, expr: up == 0}\n      - {record: x, expr: up}\n"
WRONG = Path("/somewhere/wrong.yml")
INSIDE = {"/rules/0.yml": WRONG}


def topology(folder: Path, monitoring: str) -> Path:
    """The shipped redundant-dx with a section `monitoring`."""
    path = folder / "mine.yaml"
    text = (ROOT / "topologies" / "redundant-dx.yaml").read_text().replace("name: redundant-dx", "name: mine")
    path.write_text(f"{text}\nmonitoring: {monitoring}\n")
    return path


def test_rule_files_are_found_beside_the_topology_with_their_alarms(tmp_path: Path) -> None:
    (tmp_path / "my.rules.yml").write_text(RULES)
    monitoring = read_topology(topology(tmp_path, "{rules: [my.rules.yml]}")).monitoring
    assert monitoring is not None
    assert (monitoring.rules, monitoring.alarms) == ((str(tmp_path / "my.rules.yml"),), ("MineDown",))


def test_without_rules_of_its_own_a_topology_may_still_ask_for_a_monitor(tmp_path: Path) -> None:
    monitoring = read_topology(topology(tmp_path, "{}")).monitoring
    assert monitoring is not None
    assert monitoring.rules == ()


def test_monitoring_changes_nothing_of_the_lab_itself(tmp_path: Path) -> None:
    (tmp_path / "my.rules.yml").write_text(RULES)
    path = topology(tmp_path, "{rules: [my.rules.yml]}")
    monitored = read_plan(str(path), Timers.TUNED, Ipsec.USERSPACE).plan
    path.write_text(path.read_text().partition("monitoring")[0])
    assert repr(monitored) == repr(read_plan(str(path), Timers.TUNED, Ipsec.USERSPACE).plan)


def test_rules_that_are_none_are_left_to_promtool(tmp_path: Path) -> None:
    (tmp_path / "my.rules.yml").write_text("groups:\n  - rules: [x, {alert: 3}]\n")
    monitoring = read_topology(topology(tmp_path, "{rules: [my.rules.yml]}")).monitoring
    assert monitoring is not None
    assert monitoring.alarms == ()


def test_a_missing_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = topology(tmp_path, "{rules: [my.rules.yml, 7]}")
    with pytest.raises(InputError) as error:
        read_topology(path)
    line = len(path.read_text().splitlines())
    told = [str(problem).replace(str(tmp_path) + "/", "") for problem in error.value.problems]
    assert f"mine.yaml:{line}: monitoring.rules[0]: there is no file 'my.rules.yml' beside mine.yaml (write its path from there)" in told
    assert len(told) == 2


def test_what_promtool_says_becomes_a_problem_with_file_and_line() -> None:
    said = (
        "Checking /rules/0.yml\n  FAILED:\n"
        '/rules/0.yml: 5:15: group "mine", rule 1, "MineDown": could not parse expression: 1:4: parse error: unexpected "="\n\n'
    )
    found = parse_complaints(said, INSIDE)
    assert list(problems_of(found)) == [
        Problem(
            place="/somewhere/wrong.yml:5",
            message='promtool: group "mine", rule 1, "MineDown": could not parse expression: 1:4: parse error: unexpected "="',
        )
    ]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("yaml: line 3: did not find expected node content", ":3: promtool: did not find expected node content"),
        ("something else", ": promtool: something else"),
    ],
)
def test_what_promtool_says_about_a_file_comes_once(words: str, problem: str) -> None:
    said = f"Checking /rules/0.yml\n  FAILED:\n/rules/0.yml: {words}\n/rules/0.yml: {words}\n"
    assert [str(each) for each in problems_of(parse_complaints(said, INSIDE))] == [f"/somewhere/wrong.yml{problem}"]
