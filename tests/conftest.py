"""Mark tests that touch the host, and share all tests out among the processes of pytest-xdist.

Two processes suffice for two cores: one has the tests that run whole commands, the other one the tests of running labs and of pages. Each
has its own labs. Whichever is ready first goes on with the tests that need only Python.
"""

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOUCHING = ("live", "browser")
"""Folders of tests that need Docker, a browser or apt. Their marks have the same names."""

RUNS = "tests/live/runs/"
"""The tests that run whole commands on labs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _folder(item) in TOUCHING:
            item.add_marker(_folder(item))
    items.sort(key=lambda item: _folder(item) not in TOUCHING)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """The scopes in the order of the tests, so that the longest two begin first."""
    config.option.loadscopereorder = False
    return _TwoWithLabs(config, log)


class _TwoWithLabs(LoadScopeScheduling):
    """A scope is given to one process as a whole. Every file of tests that need only Python is one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(RUNS):
            return "commands on labs"
        return "labs and pages" if nodeid.split("/")[1] in TOUCHING else nodeid.split("::", maxsplit=1)[0]


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]
