"""The labs that the contract is tested on. Each parameter is a context manager that gives a healthy lab of the shipped topology."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lab.runtime.capabilities import LabUnderTest
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan


@contextmanager
def fake_lab() -> Iterator[LabUnderTest]:
    """A lab in memory."""
    yield FakeLab(shipped_plan())


@pytest.fixture(params=[pytest.param(fake_lab, id="fake")])
def lab(request: pytest.FixtureRequest) -> Iterator[LabUnderTest]:
    with request.param() as whole:
        yield whole
