"""Reference pages written by hand: they have every word of the output and every kind of name."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from lab.model.contrast import Change, Contrast, NewPath
from lab.model.evidence import Source
from lab.model.outcome import Report, Status
from lab.model.plan import Role
from lab.model.run import Run
from lab.views.report.as_json import report_json
from lab.views.report.promise_words import BROKEN, KEPT, UNKNOWN, UNTOUCHED
from lab.views.report.words import ARROWS
from tests.reports import full_report
from tests.shipped import ROOT, TOPOLOGIES, shipped_plan

OUTPUT = (ROOT / "docs" / "reference" / "output.md").read_text(encoding="utf-8")
NAMING = (ROOT / "docs" / "reference" / "naming.md").read_text(encoding="utf-8")
NAMED_BY_HOSTS = {"capabilities", "images"}
"""Objects whose keys are names of features and programs."""

PUT_TOGETHER = {"trials rejected", "promises not tested", "lab up", "of which FRR's fixed"}
"""Words of the output that are in no source as a whole, because numbers and names are between them."""
EXAMPLES = re.compile(r"\b(vpn2|dx1|silent-loss)\b")


def quoted(page: str) -> set[str]:
    """The words between backticks."""
    return {word for code in re.findall(r"`([^`\n]+)`", page) for word in re.findall(r"[a-z0-9_]+", code)}


def keys(value: Any) -> Iterator[str]:
    match value:
        case dict():
            yield from value
            yield from (key for name, each in value.items() if name not in NAMED_BY_HOSTS for key in keys(each))
        case list():
            yield from (key for each in value for key in keys(each))


def whole_report() -> Report:
    """A report of several runs with a baseline, so that every key is in it."""
    report = full_report(*TOPOLOGIES[:1], checks=4)
    change = Change(what="outage", topology="a", check="b", baseline=1.0, now=2.0)
    path = NewPath(topology="a", flow="b", direction="forward", path=("c",), checks=("d",))
    contrast = Contrast(file="b.json", worse=(change,), better=(change,), unsure=(change,), new=("e",), unlike=("f",), new_paths=(path,))
    run = Run(version="1", host=report.host, begun="", wall_seconds=1.0, journal="j")
    return replace(report, contrast=contrast, runs=(run, run))


def test_the_output_page_names_every_key_of_the_report() -> None:
    found = set(keys(json.loads(report_json(whole_report()))))
    assert {"breaches", "starts", "probability", "new_paths", "only"} <= found
    assert sorted(found - quoted(OUTPUT)) == []


def test_the_output_page_names_every_status_mark_and_source() -> None:
    words = [*(status.name for status in Status), KEPT, BROKEN, UNKNOWN, UNTOUCHED, *ARROWS.values(), *get_args(Source)]
    assert [word for word in words if f"`{word}`" not in OUTPUT] == []


def shown_words() -> Iterator[str]:
    """The words that the page describes: those between backticks in the first column of its tables."""
    terminal = OUTPUT[OUTPUT.index("## A check on the terminal") : OUTPUT.index("## The report folder")]
    for cell in re.findall(r"^\| (.+?) \|", terminal, re.MULTILINE):
        for code in re.findall(r"`([^`]+)`", cell):
            yield from (words.strip(" ,") for words in re.findall(r"[A-Za-z][A-Za-z' ,]{3,}", EXAMPLES.sub("", code)))


def test_every_word_that_the_output_page_explains_is_shown_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for room in ("views", "door") for path in (ROOT / "lab" / room).rglob("*.py"))
    words = {*shown_words()} - PUT_TOGETHER
    assert {"cut off as promised", "untouched by the faults", "differs from its plan"} <= words
    assert sorted(word for word in words if word not in source and word.lower() not in source) == []


def test_the_naming_page_names_every_kind_of_target_and_node() -> None:
    nodes = {role.value for role in Role}
    kinds = {target.what for name in TOPOLOGIES for target in shipped_plan(name).targets} - nodes
    assert {"data centre", "shared risk", "virtual interface"} <= kinds
    assert sorted(kind for kind in kinds if f"\n| {kind} |" not in NAMING) == []
    assert sorted(role for role in nodes if role not in NAMING) == []


def test_the_map_of_the_house_has_every_room() -> None:
    house = (ROOT / "docs" / "explanation" / "house.md").read_text(encoding="utf-8")
    rooms = [each.name for each in (ROOT / "lab").iterdir() if (each / "__init__.py").is_file()]
    views = [each.name for each in (ROOT / "lab" / "views").iterdir() if (each / "__init__.py").is_file()]
    assert {"door", "views"} <= set(rooms)
    assert [room for room in (*rooms, *views) if f"{room}/" not in house] == []
