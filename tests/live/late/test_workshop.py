"""A student's way through the shipped course: a chapter's checks fail, the solution is typed into the routers, and then they pass.

`EVERY_CHAPTER=1` tries all of them, in about ten minutes. Without it two are tried, one of them after mishaps.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.api.workshop.courses import Prepared, course_named, prepared
from lab.model.flaw import Typed
from lab.model.plan import Circuits
from tests.live.commands import inv, leftovers

SOME = ("the-preferred-backup",)
"""After its repair other routes are right than before. Another chapter, after whose repair AWS's end changes, too, is tried below."""

STUDENT = "anna"
LAB = f"hybrid-backup@{STUDENT}"
EVERY = tuple(chapter.name for chapter in course_named("redundant-connections").chapters)


@pytest.mark.parametrize("name", EVERY if os.environ.get("EVERY_CHAPTER") else SOME)
def test_the_checks_of_a_chapter_fail_until_its_solution_is_typed(name: str, tmp_path: Path) -> None:
    chapter = _chapter(name)
    lab = f"{chapter.chapter.topology}@{STUDENT}"
    try:
        started = inv("workshop-start", name, "--as", STUDENT, cwd=tmp_path)
        assert (started.returncode, lab in started.stdout) == (0, True), started.stderr
        first = inv("workshop-check", "--as", STUDENT, cwd=tmp_path)
        assert (first.returncode, "Not yet: " in first.stdout) == (1, True), first.stdout + first.stderr
        for typed in chapter.solution:
            _type(lab, typed, tmp_path)
        second = inv("workshop-check", "--as", STUDENT, cwd=tmp_path)
        assert (second.returncode, "Solved: " in second.stdout) == (0, True), second.stdout + second.stderr
        graded = json.loads(inv("workshop-grade", "--json", "-", cwd=tmp_path).stdout)
        (student,) = graded["students"]
        assert [(each["chapter"], each["attempts"], each["solved"]) for each in student["chapters"]] == [(name, 2, True)]
    finally:
        inv("lab-down", "-t", lab, cwd=tmp_path)
    assert leftovers(lab) == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a student who has started a chapter."""
    folder = tmp_path_factory.mktemp("desk")
    try:
        assert inv("workshop-start", "a-dark-circuit", "--as", STUDENT, cwd=folder).returncode == 0
        yield folder
    finally:
        inv("lab-down", "-t", LAB, cwd=folder)
    assert leftovers(LAB) == []


def test_only_a_teacher_sees_what_is_wrong_and_heal_keeps_what_a_student_typed(desk: Path) -> None:
    _run("dc2-core", "vtysh -c 'configure terminal' -c 'ip prefix-list MINE permit 10.9.0.0/16'", desk)
    assert inv("lab-break", "longer-prefix", "vpn1", "-t", LAB, cwd=desk).returncode == 0
    for teacher in ((), ("--teacher",)):
        seen = inv("lab-status", "-t", LAB, *teacher, cwd=desk).stdout
        assert ("longer-prefix" in seen, "BFD" in seen) == (bool(teacher), bool(teacher)), seen
    healed = inv("lab-heal", "-t", LAB, cwd=desk)
    assert (healed.returncode, "dc2-r1:bgpd: reconfigured" in healed.stdout) == (0, True), healed.stdout + healed.stderr
    assert "MINE" in _run("dc2-core", "vtysh -c 'show running-config'", desk)


def test_nobody_can_fill_the_disk_or_the_table_of_processes(desk: Path) -> None:
    full = _run("dc1-host", "dd if=/dev/zero of=/tmp/full bs=1M; dd if=/dev/zero of=/full bs=1M count=1; true", desk)
    assert ("No space left" in full, "Read-only file system" in full) == (True, True), full
    large = _run("dc1-r1", "dd if=/dev/zero of=/lab/frr/large bs=1M count=100; stat -c %s /lab/frr/large; rm /lab/frr/large", desk)
    assert str(64 * 2**20) in large, large
    bomb = _run("dc1-host", "for each in $(seq 600); do sleep 60 & done 2>&1; true", desk)
    assert "fork" in bomb.lower(), bomb


def test_what_a_student_destroys_is_named_and_after_a_reset_the_chapter_can_be_solved(desk: Path) -> None:
    _run("dc1-r1", "ip address flush dev eth1", desk)
    _run("dc2-r1", "kill -KILL $(pidof charon-systemd)", desk)
    refused = inv("workshop-check", "--as", STUDENT, cwd=desk)
    assert refused.returncode == 2, refused.stdout + refused.stderr
    for gone in ("dc1-r1:eth1: found no address", "dc2-r1:charon:vpn1-1: found dead"):
        assert gone in refused.stderr
    assert inv("workshop-reset", "--as", STUDENT, cwd=desk).returncode == 0
    _run("dc1-r1", "rm /lab/frr/bgpd.conf", desk)
    _run("dc2-r1", "dd if=/dev/zero of=/tmp/full bs=1M; true", desk)
    failed = inv("workshop-check", "--as", STUDENT, cwd=desk)
    for named in ("dc1-r1: /lab/frr/bgpd.conf was deleted", "dc2-r1: /tmp is full"):
        assert named in failed.stderr
    assert (failed.returncode, "Not yet: " in failed.stdout) == (1, True), failed.stdout + failed.stderr
    for typed in _chapter("a-dark-circuit").solution:
        _type(LAB, typed, desk)
    solved = inv("workshop-check", "--as", STUDENT, cwd=desk)
    assert (solved.returncode, "Solved: " in solved.stdout) == (0, True), solved.stdout + solved.stderr


def _run(node: str, line: str, folder: Path) -> str:
    """What a shell line in a node prints."""
    done = inv("lab-exec", node, "-t", LAB, "--", "sh", "-c", line, cwd=folder)
    return done.stdout + done.stderr


def _chapter(name: str) -> Prepared:
    (found,) = (each for each in course_named("redundant-connections").chapters if each.name == name)
    return prepared(found, Circuits.CABLES)


def _type(lab: str, typed: Typed, folder: Path) -> None:
    """Type lines in a node, as a student does."""
    if typed.in_shell:
        words = ["sh", "-c", "; ".join(typed.lines)]
    else:
        words = ["vtysh", *(word for line in ("configure terminal", *typed.lines, "end", "write memory") for word in ("-c", line))]
    done = inv("lab-exec", typed.node, "-t", lab, "--", *words, cwd=folder)
    assert (done.returncode, "% " in done.stdout) == (0, False), done.stdout + done.stderr
