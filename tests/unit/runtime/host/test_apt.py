"""When packages may be installed, the apt-get commands, and the message before them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from lab.errors import HostError
from lab.model.progress import Preparing, Told
from lab.runtime.host.apt import Installer, refusal
from lab.runtime.host.turn import take


class Recorder:
    """A fake for running a program. Remembers the commands, and fails those that contain a word."""

    def __init__(self, failing: str = "nothing") -> None:
        self.commands: list[Sequence[str]] = []
        self.failing = failing

    def __call__(self, command: Sequence[str], way_out: str, _variables: Mapping[str, str]) -> str:
        self.commands.append(command)
        if self.failing in command:
            raise HostError(f"{command[0]}: failed ({way_out})")
        return ""


@pytest.mark.parametrize(
    ("environ", "euid", "apt_get", "words"),
    [
        ({"FAILOVER_LAB_NO_INSTALL": "1"}, 0, "/usr/bin/apt-get", "FAILOVER_LAB_NO_INSTALL forbids"),
        ({}, 0, None, "no apt-get"),
        ({}, 1000, "/usr/bin/apt-get", "only root"),
    ],
)
def test_nothing_is_installed_without_permission_or_apt_get(environ: Mapping[str, str], euid: int, apt_get: str | None, words: str) -> None:
    assert words in (refusal(environ, euid, apt_get) or "")


def test_root_with_apt_get_may_install() -> None:
    assert refusal({"FAILOVER_LAB_NO_INSTALL": ""}, 0, "/usr/bin/apt-get") is None


def test_an_install_is_announced_and_changes_nothing_else(tmp_path: Path) -> None:
    run, said = Recorder(), list[Told]()
    Installer(refusal=None, run=run, locks=tmp_path).install(["debootstrap"], "to make an image", said.append)
    assert said == [
        "installing debootstrap with apt-get, to make an image (FAILOVER_LAB_NO_INSTALL=1 forbids it)",
        Preparing(what="packages: step", done=0, of=2, words="apt-get update"),
        Preparing(what="packages: step", done=1, of=2, words="apt-get install debootstrap"),
    ]
    assert [command[1] for command in run.commands] == ["update", "install"]
    assert {"--no-install-recommends", "--no-upgrade", "--no-remove", "debootstrap"} <= set(run.commands[1])


def test_a_broken_package_source_does_not_stop_an_install(tmp_path: Path) -> None:
    run, said = Recorder(failing="update"), list[Told]()
    Installer(refusal=None, run=run, locks=tmp_path).install(["docker.io"], "to run nodes", said.append)
    assert run.commands[-1][1] == "install"
    assert [line for line in said if isinstance(line, str)][-1].endswith("trying with the present package lists")


def test_a_failed_install_shows_the_command_to_repeat(tmp_path: Path) -> None:
    with pytest.raises(HostError, match=r"sudo apt-get install docker\.io"):
        Installer(refusal=None, run=Recorder(failing="install"), locks=tmp_path).install(["docker.io"], "to run nodes", lambda _: None)


def test_a_second_install_waits_for_the_first(tmp_path: Path) -> None:
    def run(*_: object) -> str:
        assert take(tmp_path / "failover-lab-packages.lock", wait=False) is None
        return ""

    Installer(refusal=None, run=run, locks=tmp_path).install(["docker.io"], "to run nodes", lambda _: None)
    assert list(tmp_path.iterdir()) == []
