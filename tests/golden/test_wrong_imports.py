"""Accounts and sites files with mistakes, and the exact messages. After a change of a message, run with RECORD=1 and read the diff."""

import os
from pathlib import Path

import pytest

from lab.api.import_aws import Order, import_aws
from lab.errors import InputError
from tests.golden.test_imports import secrets

CASES = sorted(path for path in (Path(__file__).parent / "imports_wrong").iterdir() if path.is_dir())
NAMED = "named-"
"""In these cases every file is named. In the others the folder is."""


def test_the_wrong_imports_are_there() -> None:
    assert len(CASES) >= 12
    assert [case.name for case in CASES if not (case / "sites.yaml").is_file()] == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_wrong_import_is_told_in_these_words_and_shows_no_secret(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    files = sorted(Path("account").rglob("*.json")) if case.name.startswith(NAMED) else [Path("account")]
    with pytest.raises(InputError) as caught:
        import_aws(Order(files=tuple(files), sites=Path("sites.yaml")), print)
    text = f"{caught.value}\n"
    golden = case / "message.txt"
    if os.environ.get("RECORD") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert [secret for secret in secrets(case) if secret in text] == []
