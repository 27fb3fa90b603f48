"""Fixtures for the tests of jobs."""

from pathlib import Path

import pytest

from tests.unit.api.jobs.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)
