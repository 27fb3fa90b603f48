"""Root, TUN and control groups: what is refused, and what the message says to do."""

from pathlib import Path

import pytest

from lab.errors import HostError
from lab.runtime.host.prerequisites import require_cgroup, require_root, require_tun


def test_root_is_accepted() -> None:
    require_root(0)


def test_any_other_user_is_told_to_use_sudo() -> None:
    with pytest.raises(HostError, match=r"needs root, but user 1000 started it \(try: sudo \./inv"):
        require_root(1000)


def test_a_present_tun_device_needs_no_module(tmp_path: Path) -> None:
    device = tmp_path / "tun"
    device.touch()
    require_tun(device, lambda: pytest.fail("a module was loaded"))


def test_the_module_is_loaded_if_only_that_is_missing(tmp_path: Path) -> None:
    device = tmp_path / "tun"
    require_tun(device, device.touch)
    assert device.exists()


def test_without_a_tun_device_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HostError, match=r"is missing.*\(try: modprobe tun; in a container"):
        require_tun(tmp_path / "tun", lambda: None)


@pytest.mark.parametrize("kind", ["cgroup", "cgroup2"])
def test_control_groups_of_either_version_are_enough(kind: str) -> None:
    require_cgroup(f"proc /proc proc rw 0 0\nnone /sys/fs/cgroup {kind} rw 0 0\n")


def test_without_control_groups_the_error_says_what_to_do() -> None:
    with pytest.raises(HostError, match=r"no control groups.*\(try: mount -t cgroup2"):
        require_cgroup("proc /proc proc rw 0 0\ntmpfs /sys/fs/cgroup tmpfs rw 0 0\n")
