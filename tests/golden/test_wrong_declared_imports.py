"""Files that `import-terraform` refuses, and the exact messages. After a change of a message, run with RECORD=1 and read the diff."""

import os
import re
from pathlib import Path

import pytest

from lab.api.import_aws import Order
from lab.api.import_terraform import import_terraform
from lab.errors import InputError

CASES = sorted(path for path in (Path(__file__).parent / "declared_wrong").iterdir() if path.is_dir())
SECRET = re.compile(r"Zz9\w+|198\.51\.100\.\d+")


def test_the_wrong_files_are_there() -> None:
    assert len(CASES) >= 6
    assert [case.name for case in CASES if not any((case / "files").iterdir())] == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_wrong_files_are_told_in_these_words_all_at_once_and_show_no_secret(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    files = tuple(sorted(Path("files").iterdir()))
    with pytest.raises(InputError) as caught:
        import_terraform(Order(files=files, sites=Path("sites.yaml")))
    text = f"{caught.value}\n"
    golden = case / "message.txt"
    if os.environ.get("RECORD") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert SECRET.findall(text) == []
