"""Browser tests: pages in a real Chromium. Chromium is installed automatically where that is possible."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from lab.errors import HostError
from lab.runtime.host.apt import installer
from tests.browser.chromium import Browser, browsing, found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser. If it is missing and cannot be installed, tests are skipped, but in CI they fail."""
    if found() is None:
        try:
            installer().install(["chromium", "fonts-dejavu-core"], "to look at reports in a browser", print)
        except HostError as error:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Chromium: {error}")
    program = found()
    assert program is not None
    return program


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, which checks accessibility. If it cannot be downloaded, tests are skipped, but in CI they fail."""
    folder = tmp_path_factory.mktemp("axe")
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--dest", str(folder))
    order = [sys.executable, "-m", "pip", "download", *options, "--requirement", str(Path(__file__).with_name("axe.txt"))]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    if done.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no axe-core: {done.stderr.strip()}")
    (wheel,) = folder.glob("*.whl")
    return ZipFile(wheel).read("axe_playwright_python/axe.min.js").decode()


@pytest.fixture(scope="session")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all pages."""
    with browsing(chromium, tmp_path_factory.mktemp("profile")) as running:
        yield running
