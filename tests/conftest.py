"""Mark tests that change or load the host. One process runs them one after another, while others run the tests that need only Python."""

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOUCHING = ("live", "browser")
"""Folders of tests that need Docker, a browser or apt. Their marks have the same names."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in TOUCHING:
            item.add_marker(folder)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """All tests that touch the host are one scope. Every other file of tests is a scope of its own."""
    return _OneMachine(config, log)


class _OneMachine(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "machine" if nodeid.split("/")[1] in TOUCHING else nodeid.split("::", maxsplit=1)[0]
