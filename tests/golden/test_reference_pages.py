"""The parts of the documentation that are made from the code are up to date. RECORD=1 writes them again."""

import json
import os
from pathlib import Path

import pytest

from lab.api.paper import keys, picture
from lab.intent import json_schemas
from tests.shipped import ROOT

MEASURED = "growth"
"""The picture that `bench --picture` draws from what it measured. All others are pictures of shipped topologies."""
PICTURES = sorted(path for path in (ROOT / "docs" / "pictures").glob("*.svg") if path.stem != MEASURED)
MARK = "<!-- made from the JSON Schema -->\n\n"


@pytest.mark.parametrize("kind", ["topology", "check", "sites"])
def test_the_tables_of_a_page_are_what_would_be_made_now(kind: str) -> None:
    page = ROOT / "docs" / "reference" / f"{kind}.md"
    head, mark, tables = page.read_text(encoding="utf-8").partition(MARK)
    assert mark, f"the tables of {page.name} stand below the line {MARK.strip()}"
    if os.environ.get("RECORD") == "1":
        page.write_text(head + mark + keys(kind), encoding="utf-8")
        tables = keys(kind)
    assert tables == keys(kind)


@pytest.mark.parametrize("kind", ["topology", "check", "sites"])
def test_every_key_says_what_it_means(kind: str) -> None:
    schema = json.loads(json_schemas()[kind])
    documents = {"": schema, **schema["$defs"]}
    named = [(name, key, node) for name, document in documents.items() for key, node in document["properties"].items()]
    assert named
    assert [f"{name}.{key}" for name, key, node in named if not node.get("description")] == []


@pytest.mark.parametrize("kind", ["topology", "check", "sites"])
def test_every_key_of_the_schema_has_a_row(kind: str) -> None:
    schema = json.loads(json_schemas()[kind])
    documents = [schema, *(document for name, document in schema["$defs"].items() if name != "ByTimers")]
    rows = [line.split("`")[1] for line in keys(kind).splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(key for document in documents for key in document["properties"])


@pytest.mark.parametrize("path", PICTURES, ids=[path.stem for path in PICTURES])
def test_a_picture_is_what_would_be_drawn_now(path: Path) -> None:
    if os.environ.get("RECORD") == "1":
        path.write_text(picture(path.stem, "svg", print), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == picture(path.stem, "svg", print)
