"""Which tests touch the machine: they run one after the other, while another process runs those that need only Python."""

from pathlib import Path

import pytest

TOUCHING = ("live", "browser")
"""Folders of tests that need the engine, a browser or apt. Their marks have the same names."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in TOUCHING:
            item.add_marker(folder)
            item.add_marker(pytest.mark.xdist_group("machine"))
