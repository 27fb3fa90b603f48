"""Mark tests that touch the host, and share all tests out among the processes of pytest-xdist.

Three processes suffice for two cores: two have the tests with labs, each with labs of its own, and the third one has the tests that need
only Python. It gives way to the others, because they measure. Whichever is ready first goes on with the next file.
"""

import os
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOUCHING = ("live", "browser")
"""Folders of tests that need Docker, a browser or apt. Their marks have the same names."""

RUNS = "tests/live/runs/"
"""Tests of runs with several checks, and of interrupted commands. They take as long as all other tests with labs."""

LATE = "tests/live/late/"
"""Tests with labs for the process that has finished all that needs only Python. The other two are still at work then.

No lab here may have the name of a lab of other tests.
"""

_GIVES_WAY = 19


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _folder(item) in TOUCHING:
            item.add_marker(_folder(item))
    items.sort(key=lambda item: 2 if item.nodeid.startswith(LATE) else _folder(item) not in TOUCHING)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give way with tests that need only Python. Only root may take the usual priority again."""
    if os.environ.get("PYTEST_XDIST_WORKER") and os.geteuid() == 0:
        os.setpriority(os.PRIO_PROCESS, 0, 0 if _folder(item) in TOUCHING else _GIVES_WAY)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """The scopes in the order of the tests, so that the longest two begin first."""
    config.option.loadscopereorder = False
    return _SharedOut(config, log)


class _SharedOut(LoadScopeScheduling):
    """A scope is given to one process as a whole. Every file of tests that need only Python is one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(RUNS):
            return "runs"
        if nodeid.startswith(LATE):
            return "late"
        return "labs and pages" if nodeid.split("/")[1] in TOUCHING else nodeid.split("::", maxsplit=1)[0]


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]
