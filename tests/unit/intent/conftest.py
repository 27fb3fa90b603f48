"""Shared by the tests of reading: a shipped topology's text, and files with a given text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent import read_topology
from tests.unit.intent.samples import SHIPPED


@pytest.fixture
def shipped() -> str:
    return SHIPPED.read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "lab.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def problems(written: Callable[..., Path]) -> Callable[[str], list[str]]:
    """The problems of a topology's text, each as `line: message`."""

    def read(text: str) -> list[str]:
        path = written(text)
        try:
            read_topology(path)
        except InputError as error:
            return [str(problem).removeprefix(f"{path}:") for problem in error.problems]
        return []

    return read
