"""All mistakes in topologies and checks are reported at once. No file's mistakes hide another's."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lab.api.validate import validate
from lab.views.before.problems import reviewed_json, reviewed_text
from tests.shipped import CHECKS, ROOT, TOPOLOGIES

NAME = "hybrid-backup"


@pytest.fixture
def stand(tmp_path, monkeypatch):
    """The current folder, with two valid topologies of the user and their checks."""
    monkeypatch.chdir(tmp_path)
    Path("topologies").mkdir()
    text = (ROOT / "topologies" / f"{NAME}.yaml").read_text()
    for name in ("one", "two"):
        Path(f"topologies/{name}.yaml").write_text(text.replace(f"name: {NAME}", f"name: {name}"))
        shutil.copytree(ROOT / "checks" / NAME, f"checks/{name}")
    return tmp_path


def change(file, old, new):
    path = Path(file)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def places(reviewed):
    return {each.name: [problem.place for problem in each.problems] for each in reviewed}


def test_nothing_is_wrong_in_what_is_shipped(monkeypatch):
    monkeypatch.chdir(ROOT)
    reviewed = validate(())
    assert [each.name for each in reviewed] == list(TOPOLOGIES)
    assert [(each.name, name) for each in reviewed for name in each.checks] == sorted(
        CHECKS, key=lambda check: (TOPOLOGIES.index(check[0]), check[1])
    )
    assert [problem for each in reviewed for problem in each.problems] == []


def test_a_persons_own_topologies_are_read_alone(stand):
    assert places(validate(())) == {"one": [], "two": []}


def test_a_broken_topology_hides_neither_its_checks_mistakes_nor_those_of_others(stand):
    change("topologies/one.yaml", "asn: 65001", "asn: many")
    change("checks/one/dx-cut.yaml", "fault: link-down", "fault: link-dwn")
    change("checks/one/dx-dark.yaml", "at: 2s", "at: 0s")
    change("checks/two/dx-cut.yaml", "target: dx1", "target: dx9")
    told = places(validate(()))
    assert [place.partition(":")[0] for place in told["one"]] == [
        "topologies/one.yaml",
        "checks/one/dx-cut.yaml",
        "checks/one/dx-dark.yaml",
    ]
    assert [place.partition(":")[0] for place in told["two"]] == ["checks/two/dx-cut.yaml"]
    assert all(place.rpartition(":")[2].isdigit() for each in told.values() for place in each)


def test_a_topology_that_is_no_yaml_is_known_by_its_file_and_its_checks_are_read(stand):
    Path("topologies/one.yaml").write_text("name: one: two")
    change("checks/one/dx-cut.yaml", "steps:", "stepz:")
    told = places(validate(()))["one"]
    assert {place.partition(":")[0] for place in told} == {"topologies/one.yaml", "checks/one/dx-cut.yaml"}


def test_checks_without_a_topology_are_reported_and_read(stand):
    shutil.move("checks/two", "checks/tow")
    change("checks/tow/dx-cut.yaml", "fault: link-down", "fault: link-dwn")
    two, lost = validate(())[1:]
    assert "no check of 'two' was found" in two.problems[0].message
    assert (lost.name, lost.file) == ("tow", None)
    assert lost.problems[0].place == "checks/tow/"
    assert "did you mean 'two'" in lost.problems[0].message
    assert lost.problems[1].place.startswith("checks/tow/dx-cut.yaml:")
    assert len(lost.checks) == len(two.checks) + 15


def test_a_topology_without_checks_is_right_and_a_remark_says_what_needs_none(stand):
    shutil.rmtree("checks/two")
    (two,) = validate(("two",))
    assert two.problems == ()
    assert two.remarks == ("no checks yet. `lab-test --sweep 1` needs none. Your own checks are *.yaml files in checks/two/",)
    assert "ok\n  no checks yet. `lab-test --sweep 1` needs none." in reviewed_text((two,))


def test_files_among_the_checks_of_which_none_is_read_are_a_problem(stand):
    shutil.rmtree("checks/two")
    Path("checks/two").mkdir()
    Path("checks/two/dx-cut.yaml.bak").touch()
    (two,) = validate(("two",))
    assert "no check of 'two' was found" in two.problems[0].message
    assert two.remarks == ()


def test_a_word_that_names_nothing_does_not_hide_the_others(stand):
    change("checks/two/dx-cut.yaml", "target: dx1", "target: dx9")
    told = validate(("nothing", "two"))
    assert [len(each.problems) for each in told] == [1, 1]


def test_a_name_of_two_topologies_is_reported_for_both(stand):
    change("topologies/two.yaml", "name: two", "name: one")
    told = places(validate(("one", "two")))
    assert told == {"one": ["topologies/two.yaml: name"]}  # the later of two equal names in this mapping
    assert [each.problems[0].place for each in validate(("one", "two"))] == ["topologies/one.yaml: name", "topologies/two.yaml: name"]


def test_steps_that_clash_only_under_slow_timers_are_reported(stand):
    steps = """steps:
  - {fault: link-down, target: dx1, at: 2s, for: {tuned: 5s, default: 60s}}
  - {fault: link-down, target: dx1, at: 20s, for: 5s}
"""
    change("checks/one/dx-cut.yaml", Path("checks/one/dx-cut.yaml").read_text().partition("steps:")[2].partition("expect:")[0], "")
    change("checks/one/dx-cut.yaml", "steps:", steps)
    told = validate(("one",))[0].problems
    assert any("to undo one of them would undo both" in problem.message for problem in told)


def test_nothing_is_written(stand):
    change("topologies/one.yaml", "asn: 65001", "asn: many")
    before = {path: path.stat().st_mtime_ns for path in stand.rglob("*")}
    validate(())
    assert {path: path.stat().st_mtime_ns for path in stand.rglob("*")} == before


def test_the_json_has_every_problem_and_the_text_the_first_twenty(stand):
    for number in range(30):
        Path(f"checks/one/c{number}.yaml").write_text("summary: nothing else\n")
    reviewed = validate(())
    said = json.loads(reviewed_json(reviewed))
    assert said["problems"] == len(said["topologies"][0]["problems"]) == 30
    assert sorted(said["topologies"][0])[:4] == ["checks", "file", "name", "problems"]
    assert "  and 10 more" in reviewed_text(reviewed).splitlines()


def test_no_room_is_imported_that_needs_a_host():
    heavy = "{'docker', 'rich', 'scapy', 'pyroute2', 'vici', 'jinja2', 'lab.runtime', 'lab.engine', 'lab.probes'}"
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import lab.api.validate; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
