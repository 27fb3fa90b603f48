"""A frozen node has no readings, although its files in /proc can be read."""

import os
from pathlib import Path

import pytest

from lab.errors import NodeError
from lab.runtime.meters import Meters
from lab.runtime.meters.frozen import _files, is_frozen
from tests.shipped import shipped_plan

V1 = "9:name=systemd:/docker/a\n6:freezer:/docker/a\n0::/docker/a\n"
V2 = "0::/system.slice/docker-a.scope\n"


def groups(folder: Path, **texts: str) -> Path:
    """Mounted control groups, with these texts in their files."""
    for name, text in texts.items():
        file = folder / {"v1": "freezer/docker/a/freezer.state", "v2": "system.slice/docker-a.scope/cgroup.freeze"}[name]
        file.parent.mkdir(parents=True)
        file.write_text(f"{text}\n")
    return folder


@pytest.mark.parametrize(
    ("told", "name", "text", "frozen"),
    [(V1, "v1", "FROZEN", True), (V1, "v1", "FREEZING", True), (V1, "v1", "THAWED", False), (V2, "v2", "1", True), (V2, "v2", "0", False)],
)
def test_both_kinds_of_control_groups_say_whether_they_are_frozen(tmp_path: Path, told: str, name: str, text: str, frozen: bool) -> None:
    mounts = groups(tmp_path, **{name: text})
    found = [file.read_text().strip() in words for file, words in _files(told, mounts) if file.exists()]
    assert found == [frozen]


def test_our_own_process_is_not_frozen_nor_is_one_that_is_gone() -> None:
    assert not is_frozen(os.getpid())
    assert not is_frozen(2**22 + 1)


def test_a_frozen_node_has_no_reading_and_is_not_asked() -> None:
    plan = shipped_plan("active-active-vpn")
    assert Meters(plan, lambda _: os.getpid(), lambda _: False).drops("dc1-core") is not None
    frozen = Meters(plan, lambda _: os.getpid(), lambda _: True)
    assert (frozen.interfaces("dc1-core"), frozen.drops("dc1-core")) == ((), None)
    for question in (lambda: frozen.neighbors("dc1-core"), lambda: frozen.peers("dc1-core"), lambda: frozen.ipsec_up(plan.tunnels[0].name)):
        with pytest.raises(NodeError, match="is frozen"):
            question()
