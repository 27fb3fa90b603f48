"""The door: which Python it takes, when it makes its environment, and what it hands over. A fake Python, so nothing is installed."""

import os
import shutil
import subprocess
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
*"pip install"*) if [ -n "${NO_NETWORK:-}" ]; then echo "no route to the index"; exit 1; fi ;;
*tasks.py*) for word; do printf '<%s>' "$word"; done; pwd ;;
esac
"""


class Checkout:
    """A copy of inv beside a lock file, with a PATH that has one Python and nothing that installs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        self.calls = folder / "calls"
        self.path = folder / "path"
        self.path.mkdir()
        self.folder.mkdir()
        shutil.copy(INV, self.folder / "inv")
        (self.folder / "requirements.lock").write_text("invoke==3.0.3\n")
        for program in ("sh", "readlink", "dirname", "cmp", "cp", "mv", "rm", "ln", "mkdir", "id", "flock"):
            (self.path / program).symlink_to(shutil.which(program) or "/nowhere")
        self.calls.touch()

    def add_python(self, name: str = "python3") -> None:
        (self.path / name).write_text(FAKE_PYTHON)
        (self.path / name).chmod(0o755)

    def run(self, *words: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path), "CALLS": str(self.calls)} | variables
        return subprocess.run([self.folder / "inv", *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)

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
