"""Every code of a finding has a flawed network that shows it, and an entry on the page. RECORD=1 makes the texts and the page again."""

import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from lab.api.audit import audits, codes
from lab.model.audit import Audit, Severity
from lab.model.plan import Timers
from lab.predict.audit.section_8 import MISCONFIGURATIONS, NOT_IN_A_DESIGN
from lab.views.audit.as_text import audits_text
from lab.views.audit.markdown import codes_markdown, misconfigurations_markdown
from tests.shipped import ROOT, TOPOLOGIES

FLAWED = Path(__file__).parent / "audit"
FILES = sorted(FLAWED.glob("*.yaml"))
CODES = tuple(each.code for each in codes())
UNDER_DEFAULT_TIMERS = {"FL501"}
PAGE = ROOT / "docs" / "audit.md"
MARK = "<!-- made from the rules -->\n\n"
KNOWN_MARK, KNOWN_END = "<!-- made from the list of misconfigurations -->\n\n", "\n## "


@cache
def audit_of(path: Path) -> Audit:
    timers = Timers.DEFAULT if path.stem in UNDER_DEFAULT_TIMERS else Timers.TUNED
    return audits((str(path),), timers, "5s")[0]


def text_of(path: Path) -> str:
    """What the audit says, with the file's name alone."""
    return audits_text((replace(audit_of(path), file=path.name),))


def example_of(code: str) -> str:
    """The finding of a code in the text of its example."""
    lines = text_of(FLAWED / f"{code}.yaml").splitlines()
    first = next(number for number, line in enumerate(lines) if f": {code} " in line)
    last = next((number for number in range(first + 1, len(lines)) if not lines[number].startswith(" ")), len(lines))
    return "\n".join(lines[first:last])


def test_every_code_has_a_flawed_network_and_every_flawed_network_a_code() -> None:
    assert {path.stem.partition("-")[0] for path in FILES} == set(CODES)
    assert {path.stem for path in FILES} >= set(CODES), "each code has an example of its own name, which the page shows"
    assert len(FILES) >= 25
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_flaw_is_found_by_its_code_and_told_in_these_words(path: Path) -> None:
    assert path.stem.partition("-")[0] in {each.finding.code for each in audit_of(path).findings if each.accepted is None}
    golden = path.with_suffix(".txt")
    if os.environ.get("RECORD") == "1":
        golden.write_text(text_of(path), encoding="utf-8")
    assert text_of(path) == golden.read_text(encoding="utf-8")
    assert max(map(len, text_of(path).splitlines())) <= 80


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_a_shipped_network_has_only_findings_that_its_comments_accept(name: str) -> None:
    found = audit_of(ROOT / "topologies" / f"{name}.yaml")
    assert [f"{each.line}: {each.finding.code} {each.finding.message}" for each in found.findings if each.accepted is None] == []


def test_the_page_has_every_code_with_its_example() -> None:
    head, mark, told = PAGE.read_text(encoding="utf-8").partition(MARK)
    assert mark, f"the codes stand below the line {MARK.strip()}"
    made = codes_markdown(codes(), {code: example_of(code) for code in CODES})
    if os.environ.get("RECORD") == "1":
        PAGE.write_text(head + mark + made, encoding="utf-8")
        told = made
    assert told == made
    assert re.findall(r"^### (FL\d{3}):", told, re.MULTILINE) == list(CODES)


def test_every_known_misconfiguration_has_a_code_or_a_reason() -> None:
    found = {number for code in codes() for number in code.section_8}
    assert found.isdisjoint(NOT_IN_A_DESIGN)
    assert found | NOT_IN_A_DESIGN.keys() == MISCONFIGURATIONS.keys()
    text = PAGE.read_text(encoding="utf-8")
    head, mark, rest = text.partition(KNOWN_MARK)
    assert mark
    told, end, tail = rest.partition(KNOWN_END)
    made = misconfigurations_markdown(codes(), MISCONFIGURATIONS, NOT_IN_A_DESIGN)
    if os.environ.get("RECORD") == "1":
        PAGE.write_text(head + mark + made + end + tail, encoding="utf-8")
        told = made
    assert told == made


def test_texts_are_sentences_that_fit_where_they_stand() -> None:
    for each in codes():
        assert re.fullmatch(r"FL\d{3}", each.code)
        assert each.symptom.endswith("."), each.code
        assert each.remedy.endswith("."), each.code
        assert not each.title.endswith("."), each.code
        assert not each.revealed_by.endswith("."), each.code
        assert each.severity in Severity
