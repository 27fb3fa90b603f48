"""The script `inv`: which Python it uses, when it makes its environment, and what it passes on.

Python is a fake, so nothing is installed.
"""

import os
import pty
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

INV = Path(__file__).parents[2] / "inv"
FAKE_PYTHON = """#!/bin/sh
# Answers what inv asks of a Python, writes down what it is asked, and "makes" environments that hold itself.
echo "$*" >> "$CALLS"
case $* in
*version_info*) [ -z "${TOO_OLD:-}" ] && echo "$0" ;;
*ensurepip*) [ -z "${NO_ENSUREPIP:-}" ] ;;
*"-m venv"*) mkdir -p "$4/bin" && ln -s "$0" "$4/bin/python" ;;
*"pip install"*)
    echo "Collecting invoke==3.0.3"
    if [ -n "${NO_NETWORK:-}" ]; then echo "no route to the index"; exit 1; fi
    echo "Installing collected packages: invoke" ;;
*tasks.py*) for word; do printf '<%s>' "$word"; done; pwd ;;
esac
"""


NOBODY = 65534
OWNER = pwd.getpwuid(os.geteuid()).pw_name
OTHER = pwd.getpwuid(NOBODY).pw_name if os.geteuid() == 0 else OWNER
WAYS_OUT = "(sudo ./inv ..., or use a checkout of your own)\n"


class Checkout:
    """A copy of inv beside a lock file, with a PATH that has one Python and nothing that could install anything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        self.calls = folder / "calls"
        self.path = folder / "path"
        self.path.mkdir()
        self.folder.mkdir()
        shutil.copy(INV, self.folder / "inv")
        (self.folder / "requirements.lock").write_text("invoke==3.0.3\n")
        for program in ("sh", "readlink", "dirname", "cmp", "cp", "mv", "rm", "ln", "mkdir", "id", "flock", "ls"):
            (self.path / program).symlink_to(shutil.which(program) or "/nowhere")
        self.calls.touch()

    def add_python(self, name: str = "python3") -> None:
        (self.path / name).write_text(FAKE_PYTHON)
        (self.path / name).chmod(0o755)

    def run_as_another(self) -> str:
        """The message for another user, if the tests run as root. Otherwise the message for the owner, who may not write."""
        environment = {"PATH": str(self.path), "CALLS": "/dev/null"}
        other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        result = subprocess.run([self.folder / "inv", "doctor"], env=environment, capture_output=True, text=True, check=False, **other)
        assert result.returncode == 3
        assert result.stderr.count("\n") == 1
        return result.stderr

    def run(self, *words: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path), "CALLS": str(self.calls)} | variables
        return subprocess.run([self.folder / "inv", *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    def shown_on_a_terminal(self, **variables: str) -> str:
        """What the first start writes to standard error if that is a terminal."""
        ours, terminal = pty.openpty()
        environment = {"PATH": str(self.path), "CALLS": str(self.calls)} | variables
        subprocess.run([self.folder / "inv", "doctor"], env=environment, stdout=subprocess.DEVNULL, stderr=terminal, check=False)
        os.close(terminal)
        written = b""
        with open(ours, "rb", buffering=0) as reading, suppress(OSError):  # noqa: PTH123 - a descriptor; EIO is a terminal's end
            while piece := reading.read(1024):
                written += piece
        return written.decode()

    def environments_made(self) -> int:
        return sum("-m venv" in line for line in self.calls.read_text().splitlines())


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_it_is_executable_and_its_shell_is_sound() -> None:
    assert os.access(INV, os.X_OK)
    assert subprocess.run(["sh", "-n", INV], check=False).returncode == 0


def test_without_any_python_one_line_tells_the_way_out(checkout: Checkout) -> None:
    result = checkout.run("doctor")
    assert result.returncode == 3
    assert result.stderr.startswith("inv: no Python 3.11 or newer")
    assert result.stderr.count("\n") == 1


def test_a_python_that_is_too_old_is_none(checkout: Checkout) -> None:
    checkout.add_python()
    assert "no Python 3.11 or newer" in checkout.run("doctor", TOO_OLD="1").stderr


def test_a_versioned_python_will_do(checkout: Checkout) -> None:
    checkout.add_python("python3.12")
    assert checkout.run("doctor").returncode == 0


def test_the_first_start_says_one_line_and_the_second_none(checkout: Checkout) -> None:
    checkout.add_python()
    assert checkout.run("doctor").stderr.count("\n") == 1
    assert checkout.run("doctor").stderr == ""
    assert checkout.environments_made() == 1


def test_a_first_start_on_a_terminal_counts_packages_and_leaves_one_line(checkout: Checkout) -> None:
    checkout.add_python()
    first, *passing = checkout.shown_on_a_terminal(TERM="xterm").split("\r\x1b[K")
    assert first.count("\n") == 1
    assert passing == ["making the environment", "fetching Python package 1 of 1", "installing 1 Python packages", ""]


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {}])
def test_a_terminal_that_cannot_rewrite_a_line_gets_one_line(checkout: Checkout, variables: dict[str, str]) -> None:
    checkout.add_python()
    shown = checkout.shown_on_a_terminal(**variables)
    assert shown.count("\n") == 1
    assert "\x1b" not in shown


def test_a_failed_first_start_on_a_terminal_shows_what_pip_said_in_full(checkout: Checkout) -> None:
    checkout.add_python()
    shown = checkout.shown_on_a_terminal(TERM="xterm", NO_NETWORK="1")
    last = shown.split("\r\x1b[K")[-1].replace("\r", "").splitlines()
    assert last[:2] == ["Collecting invoke==3.0.3", "no route to the index"]
    assert last[2].startswith("inv: installing requirements.lock failed")


def test_words_and_directory_are_handed_over_untouched(checkout: Checkout, tmp_path: Path) -> None:
    checkout.add_python()
    words = ("lab-exec", "dc1-r1", "--", "sh", "-c", "echo 'a  b' \"$HOME\" *", "")
    result = checkout.run(*words, cwd=tmp_path)
    handed = "".join(f"<{word}>" for word in ("-I", f"{checkout.folder}/tasks.py", *words))
    assert result.stdout == f"{handed}{tmp_path}\n"


def test_without_words_the_tasks_are_listed(checkout: Checkout) -> None:
    checkout.add_python()
    assert "<--list>" in checkout.run().stdout


def test_a_symbolic_link_to_it_works(checkout: Checkout, tmp_path: Path) -> None:
    checkout.add_python()
    link = tmp_path / "lab"
    link.symlink_to(checkout.folder / "inv")
    environment = {"PATH": str(checkout.path), "CALLS": str(checkout.calls)}
    result = subprocess.run([link, "doctor"], env=environment, capture_output=True, text=True, check=False)
    assert f"<{checkout.folder}/tasks.py>" in result.stdout


def test_a_changed_lock_makes_the_environment_anew(checkout: Checkout) -> None:
    checkout.add_python()
    checkout.run("doctor")
    (checkout.folder / "requirements.lock").write_text("invoke==3.0.4\n")
    checkout.run("doctor")
    assert checkout.environments_made() == 2


def test_a_half_made_environment_is_made_anew(checkout: Checkout) -> None:
    checkout.add_python()
    failed = checkout.run("doctor", NO_NETWORK="1")
    assert failed.returncode == 3
    assert "no route to the index" in failed.stderr
    assert checkout.run("doctor").returncode == 0
    assert checkout.environments_made() == 2


def test_an_environment_whose_python_has_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.add_python("python3.11")
    checkout.run("doctor")
    (checkout.path / "python3.11").unlink()
    checkout.add_python("python3.12")
    assert checkout.run("doctor").returncode == 0
    assert checkout.environments_made() == 2


def test_two_first_starts_make_one_environment(checkout: Checkout) -> None:
    checkout.add_python()
    environment = {"PATH": str(checkout.path), "CALLS": str(checkout.calls)}
    starts = [subprocess.Popen([checkout.folder / "inv", "doctor"], env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [start.wait() for start in starts] == [0, 0]
    assert checkout.environments_made() == 1


def test_without_ensurepip_the_package_to_install_is_named(checkout: Checkout) -> None:
    checkout.add_python("python3.12")
    result = checkout.run("doctor", NO_ENSUREPIP="1")
    assert result.returncode == 3
    assert "(sudo apt-get install python3.12-venv)" in result.stderr


@pytest.fixture
def shared() -> Iterator[Checkout]:
    """A checkout that other users may read but not change. They could not enter pytest's own folders."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        checkout = Checkout(Path(folder))
        checkout.add_python()
        checkout.folder.chmod(0o555)
        yield checkout
        checkout.folder.chmod(0o755)


def _make_env(checkout: Checkout) -> Path:
    checkout.folder.chmod(0o755)
    assert checkout.run("doctor").returncode == 0
    checkout.folder.chmod(0o555)
    (checkout.folder / ".venv").chmod(0o555)
    return checkout.folder / ".venv"


def test_who_may_not_make_an_environment_in_somebody_elses_checkout_is_told_whose_it_is(shared: Checkout) -> None:
    assert shared.run_as_another() == (
        f"inv: {shared.folder} belongs to {OWNER}, and user {OTHER} may not make a private environment in it {WAYS_OUT}"
    )


def test_who_may_not_run_the_python_of_somebody_elses_environment_is_told_which_it_is(shared: Checkout) -> None:
    env = _make_env(shared)
    private = shared.folder.parent / "root-home"
    private.mkdir()
    shutil.move(shared.path / "python3", private / "python3")
    (env / "bin" / "python").unlink()
    (env / "bin" / "python").symlink_to("python3")
    (env / "bin" / "python3").symlink_to(private / "python3")
    private.chmod(0o000)
    told = shared.run_as_another()
    private.chmod(0o755)
    assert told == f"inv: {env} belongs to {OWNER}, and user {OTHER} may not run its Python {private}/python3 {WAYS_OUT}"


def test_who_may_not_bring_somebody_elses_environment_up_to_date_is_told_so(shared: Checkout) -> None:
    env = _make_env(shared)
    (shared.folder / "requirements.lock").write_text("invoke==3.0.4\n")
    words = f"has not what requirements.lock wants, and user {OTHER} may not make it anew"
    assert shared.run_as_another() == f"inv: {env} belongs to {OWNER}, {words} {WAYS_OUT}"


def test_who_may_not_put_right_an_environment_whose_python_has_gone_is_told_so(shared: Checkout) -> None:
    env = _make_env(shared)
    (shared.path / "python3").unlink()
    words = f"its Python {shared.path}/python3 has gone, and user {OTHER} may not make it anew"
    assert shared.run_as_another() == f"inv: {env} belongs to {OWNER}, {words} {WAYS_OUT}"


def test_who_may_not_read_somebody_elses_environment_is_told_so(shared: Checkout) -> None:
    env = _make_env(shared)
    env.chmod(0o000)
    told = shared.run_as_another()
    env.chmod(0o755)
    assert told == f"inv: {env} belongs to {OWNER}, and user {OTHER} may not read it {WAYS_OUT}"


def test_who_has_a_checkout_in_which_root_made_the_environment_is_told_how_to_be_rid_of_it(shared: Checkout) -> None:
    env = _make_env(shared)
    (shared.folder / "requirements.lock").write_text("invoke==3.0.4\n")
    shared.folder.chmod(0o777)
    assert shared.run_as_another().endswith(f"may not make it anew (sudo ./inv ..., or sudo rm -r {env})\n")
