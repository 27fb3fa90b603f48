"""The folder of a lab: who holds its lock, also after processes die; the files of its nodes; and that nothing is left of them."""

import os
import pickle
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lab.errors import HostError, LabBusyError
from lab.model.evidence import TimelineEvent
from lab.model.plan import Node
from lab.model.status import Acted, HandFault
from lab.runtime.home import Home
from tests.shipped import ROOT, shipped_plan

HOLD = """
import sys
from pathlib import Path
from lab.runtime.home import Home
with Home("alpha", Path(sys.argv[1])).held("lab-test"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "labs"


@contextmanager
def _another_command(root: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the lab alpha until its input closes or it is killed."""
    command = [sys.executable, "-c", HOLD, str(root)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def _node(name: str = "dc1-gw1") -> Node:
    return shipped_plan().node(name)


def test_a_lab_held_by_another_command_is_refused_with_its_name_and_process(root: Path) -> None:
    home = Home("alpha", root)
    with _another_command(root) as process:
        assert (home.holder() or "").startswith(f"'lab-test', process {process.pid}, of ")
        who = rf"process {process.pid}, of \S+ since [0-9-]+ [0-9:]+ UTC"
        held = rf"^lab alpha is in use by 'lab-test', {who} \(wait for this command, or end it\)$"
        with pytest.raises(LabBusyError, match=held):
            home.held("lab-up").__enter__()
    assert home.holder() is None


def test_a_killed_process_holds_nothing(root: Path) -> None:
    with _another_command(root) as process:
        process.kill()
        process.wait()
        assert Home("alpha", root).holder() is None
        with Home("alpha", root).held("lab-up"):
            assert f"'lab-up', process {os.getpid()}, of " in (Home("alpha", root).holder() or "")


@pytest.mark.parametrize(("command", "measures"), [("lab-test", True), ("bench", True), ("lab-break", False), ("lab-up", False)])
def test_only_commands_that_measure_keep_probes_of_others_away(root: Path, command: str, measures: bool) -> None:
    assert Home("alpha", root).measurer() is None
    with Home("alpha", root).held(command):
        assert (Home("alpha", root).measurer() is not None) is measures


def test_a_lab_keeps_its_plan_for_whoever_knows_it(root: Path) -> None:
    home, plan = Home("alpha", root), shipped_plan()
    assert home.kept_plan(lambda _: True) is None
    home.mark_partial(1)
    home.keep_plan(plan)
    assert home.kept_plan(lambda kept: kept == plan) == plan
    assert home.kept_plan(lambda _: False) is None


@pytest.mark.parametrize(
    "kept", [b"", b"no pickle", pickle.dumps("no plan"), pickle.dumps(shipped_plan()).replace(b"lab.model.plan", b"lab.model.gone")]
)
def test_a_plan_of_another_version_is_as_none(root: Path, kept: bytes) -> None:
    home = Home("alpha", root)
    home.mark_partial(1)
    home.keep_plan(shipped_plan())
    next((root / "alpha").glob(".plan")).write_bytes(kept)
    assert home.kept_plan(lambda _: True) is None


def test_what_automations_did_is_kept_in_order_and_a_line_cut_short_is_left_out(root: Path) -> None:
    home = Home("alpha", root)
    home.note_action(TimelineEvent(at=0.0, node="dc1-r1", source="automation", what="the lab is gone"))
    home.mark_partial(1)
    for at, what in ((1.5, "acts"), (2.0, "undoes")):
        home.note_action(TimelineEvent(at=at, node="dc1-r1", source="automation", what=what))
    with (root / "alpha" / ".actions").open("a") as file:
        file.write('{"at": "19')
    assert home.actions() == (
        Acted(at="1970-01-01T00:00:01.500+00:00", what="acts"),
        Acted(at="1970-01-01T00:00:02.000+00:00", what="undoes"),
    )


def test_two_threads_of_one_process_cannot_hold_one_lab_either(root: Path) -> None:
    with Home("alpha", root).held("lab-up"), pytest.raises(LabBusyError, match=f"in use by 'lab-up', process {os.getpid()}"):
        Home("alpha", root).held("lab-down").__enter__()


def test_two_labs_can_be_held_at_once(root: Path) -> None:
    with Home("alpha", root).held("lab-up"), Home("beta", root).held("lab-up"):
        assert Home("alpha", root).holder()
    assert not root.exists()


def test_without_files_of_a_lab_no_lock_stays(root: Path) -> None:
    with Home("alpha", root).held("lab-down"):
        assert (root / "alpha.lock").exists()
    assert not root.exists()


def test_the_lock_goes_with_the_labs_files(root: Path) -> None:
    home = Home("alpha", root)
    with home.held("lab-up"):
        home.write_node(_node())
    assert Home.known(root) == ("alpha",)
    assert home.exists()
    with home.held("lab-down"):
        home.clear()
    assert not root.exists()


def test_a_lab_is_let_go_when_its_command_fails(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), Home("alpha", root).held("lab-up"):
        raise ZeroDivisionError
    with Home("alpha", root).held("lab-up"):
        pass


def test_many_holders_take_turns_and_looking_blocks_none(root: Path) -> None:
    inside, most, wrong = [0], [0], []
    barrier = threading.Barrier(4)

    def want() -> None:
        barrier.wait()
        for _ in range(150):
            try:
                with Home("alpha", root).held("lab-up"):
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    inside[0] -= 1
            except LabBusyError:
                continue
            except Exception as error:  # noqa: BLE001 - a thread's error would be lost
                wrong.append(error)

    def look() -> None:
        barrier.wait()
        for _ in range(600):
            Home("alpha", root).holder()

    threads = [threading.Thread(target=work) for work in (want, want, look, look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, wrong) == ([1], [])
    assert not root.exists()


def test_looking_at_a_lab_does_not_make_it_busy(root: Path) -> None:
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            Home("alpha", root).holder()

    lookers = [threading.Thread(target=look)]
    for looker in lookers:
        looker.start()
    try:
        for _ in range(100):
            with Home("alpha", root).held("lab-up"):
                pass
    finally:
        over.set()
        for looker in lookers:
            looker.join()


def test_a_folder_that_cannot_be_made_is_a_host_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HostError, match=r"cannot be made \(Not a directory; try as root: sudo \./inv"):
        Home("alpha", tmp_path / "file" / "labs").held("lab-up").__enter__()


def test_only_the_owner_reads_where_keys_are(root: Path) -> None:
    with Home("alpha", root).held("lab-up"):
        assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_a_node_finds_its_files_its_daemons_in_order_and_a_pipe_to_wait_on(root: Path) -> None:
    node = _node()
    folder = Home("alpha", root).write_node(node)
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == {
        "daemons",
        *(file.path for file in node.files),
    }
    assert all((folder / file.path).read_text() == file.text for file in node.files)
    assert (folder / "daemons").read_text().split() == list(node.daemons)
    assert stat.S_ISFIFO((folder / "go").stat().st_mode)


def test_a_nodes_files_are_written_anew_without_what_was_there(root: Path) -> None:
    home = Home("alpha", root)
    folder = home.write_node(_node())
    (folder / "leftover").touch()
    assert home.write_node(_node()) == folder
    assert not (folder / "leftover").exists()


def test_a_node_is_released_once_it_listens(root: Path) -> None:
    home = Home("alpha", root)
    folder = home.write_node(_node())
    assert not home.release_node("dc1-gw1")
    listening = os.open(folder / "go", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert home.release_node("dc1-gw1")
        assert os.read(listening, 16) == b"go\n"
    finally:
        os.close(listening)


def test_both_ends_of_a_tunnel_get_one_fresh_key_by_awss_rules(root: Path) -> None:
    home = Home("alpha", root)
    keys = set()
    for _ in range(20):
        folders = [home.write_node(_node(name)) for name in ("dc1-gw1", "vpn1-1")]
        home.write_secret(("dc1-gw1", "vpn1-1"), "vpn1-1")
        paths = [folder / "ipsec" / "vpn1-1" / "secret.conf" for folder in folders]
        assert paths[0].read_text() == paths[1].read_text()
        assert stat.S_IMODE(paths[0].stat().st_mode) == 0o600
        keys.update(re.findall(r'ike-vpn1-1 \{\s+secret = "([A-Za-z1-9._][A-Za-z0-9._]{31})"', paths[0].read_text()))
    assert len(keys) == 20


def test_faults_by_hand_are_kept_until_there_are_none(root: Path) -> None:
    home = Home("alpha", root)
    assert home.kept_faults() == ()
    home.write_node(_node())
    lossy = HandFault(kind="partial-loss", target="dci", parameters=("loss=5%", "way=a-to-b"), since="2026-01-02T03:04:05.678+00:00")
    home.keep_faults([lossy])
    assert Home("alpha", root).kept_faults() == (lossy,)
    for _ in range(2):
        home.keep_faults([])
        assert home.kept_faults() == ()


def test_a_lab_is_partial_from_the_first_mark_on_until_it_is_whole_or_gone(root: Path) -> None:
    home = Home("alpha", root)
    assert home.partial() is None
    home.mark_partial(14)
    home.mark_partial(3)
    assert Home("alpha", root).partial() == 14
    home.mark_whole()
    home.mark_whole()
    assert home.partial() is None
    home.mark_partial(3)
    home.clear()
    assert home.partial() is None
