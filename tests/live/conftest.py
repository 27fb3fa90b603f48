"""The live tests: real containers, real tunnels, real packets. They need root. They install the engine and build the image."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.api.labs import UpOptions, bring_down, bring_up
from lab.api.running import opened
from lab.runtime.lab import RunningLab
from tests.live.commands import ROOT

NAME = "live-suite"
LONE = "live-alone"
"""Names that no user would choose, so that no other lab is touched. The second is for tests that deploy and remove their own lab."""

SOME_CHECKS = ("charon-lost", "internet", "one-appliance", "one-tunnel")
"""One of the shipped checks for each detector. All checks would take ten minutes more."""


def _shipped_as(name: str, folder: Path) -> Path:
    """The shipped active-active-vpn under another name, with some of its checks."""
    if os.geteuid() != 0:
        pytest.fail("the live tier needs root (sudo ./inv test, or ./inv test --pure for the other tiers)")
    checks = folder / "checks" / name
    checks.mkdir(parents=True)
    for check in SOME_CHECKS:
        shutil.copy(ROOT / "checks" / "active-active-vpn" / f"{check}.yaml", checks)
    path = folder / f"{name}.yaml"
    text = (ROOT / "topologies" / "active-active-vpn.yaml").read_text()
    path.write_text(text.replace("name: active-active-vpn", f"name: {name}"))
    return path


@pytest.fixture(scope="session")
def lone_topology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For tests that start and remove their own lab."""
    return _shipped_as(LONE, tmp_path_factory.mktemp("lone"))


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLab]:
    """One lab for all tests that only read it, or that undo what they broke."""
    bring_up(str(_shipped_as(NAME, tmp_path_factory.mktemp("shared"))), UpOptions(), print)
    try:
        with opened(NAME) as running:
            yield running
    finally:
        bring_down(NAME, print, every=False)
