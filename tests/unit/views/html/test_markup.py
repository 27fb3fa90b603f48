"""Markup: text stays text, even if it looks like markup."""

import pytest

from lab.views.html.markup import Markup, joined, tag
from tests.unit.views.parsed import parsed


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b", "\"quoted\" 'too'", "]]>", "&lt;", "→ ü \u2028"])
def test_text_comes_back_as_it_was_from_content_and_from_attributes(text: str) -> None:
    found = parsed(tag("p", text, at={"title": text}).text).one("p")
    assert (found.text, found.at["title"]) == (text, text)


def test_what_no_parser_takes_is_written_out() -> None:
    assert parsed(tag("p", "a\x00b\x1b[31mc\x7f\ud800").text).one("p").text == r"a\x00b\x1b[31mc\x7f\ud800"


def test_markup_goes_in_as_it_is() -> None:
    assert tag("p", tag("b", "<"), Markup("<wbr>")).text == "<p><b>&lt;</b><wbr></p>"


def test_classes_follow_the_name_and_elements_without_content_are_closed_as_html_wants_it() -> None:
    assert tag("td.number.quiet").text == '<td class="number quiet"></td>'
    assert tag("meta", at={"charset": "utf-8"}).text == '<meta charset="utf-8">'
    assert tag("path", at={"d": "M0,0"}).text == '<path d="M0,0"/>'


def test_parts_are_joined_each_by_its_kind() -> None:
    assert joined(["<", Markup("<br>"), "&"], between=" & ").text == "&lt; &amp; <br> &amp; &amp;"
