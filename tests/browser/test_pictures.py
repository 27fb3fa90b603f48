"""Pictures of networks in a real browser: no words overlap, and a picture is dark on a dark screen and light on paper."""

from pathlib import Path

import pytest

from lab.views.graph import svg
from tests.browser.chromium import Browser, Page
from tests.browser.png import colours
from tests.unit.views.graph.drawn import NAMES, drawn

_FONTS = ("Helvetica, Arial, sans-serif", "'DejaVu Sans', sans-serif")
"""The font of a picture, and the broadest font that a page may use instead."""
_ON_ONE_ANOTHER = """(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    const words = [...svg.querySelectorAll('text')].map(e => [e.firstChild.textContent, e.getBoundingClientRect()]);
    const sheet = svg.getBoundingClientRect();
    words.forEach(([one, a], i) => {
      if (a.left < sheet.left || a.right > sheet.right || a.bottom > sheet.bottom) found.push(`${one} runs out`);
      for (const [other, b] of words.slice(i + 1)) {
        if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom) found.push(`${one} on ${other}`);
      }
    });
  }
  return found;
})()"""
_OUT_OF_THEIR_BOXES = """(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    const boxes = [...svg.querySelectorAll('rect.node, rect.dx, rect.risk')].map(e => e.getBoundingClientRect());
    for (const text of svg.querySelectorAll('text[text-anchor=middle]')) {
      const word = text.getBoundingClientRect(), x = (word.left + word.right) / 2, y = (word.top + word.bottom) / 2;
      const around = boxes.filter(b => b.left < x && x < b.right && b.top < y && y < b.bottom);
      if (!around.length || around.some(b => word.left < b.left || word.right > b.right)) found.push(text.firstChild.textContent);
    }
  }
  return found;
})()"""


@pytest.fixture(scope="module", params=_FONTS, ids=("its-own-font", "broad-font"))
def shown(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """All networks, one under the other."""
    file = tmp_path_factory.mktemp("pictures") / "all.html"
    style = f'<meta charset="utf-8"><style>svg text {{ font-family: {request.param}; }}</style>'
    file.write_text(style + "\n".join(svg(drawn(name)) for name in NAMES), encoding="utf-8")
    return Page(browser, file, 1400, "light")


def test_all_are_drawn(shown: Page) -> None:
    assert shown.value("document.querySelectorAll('svg').length") == len(NAMES)


def test_no_words_lie_on_others_or_run_out_of_the_picture(shown: Page) -> None:
    assert shown.value(_ON_ONE_ANOTHER) == []


def test_words_keep_to_their_boxes(shown: Page) -> None:
    assert shown.value(_OUT_OF_THEIR_BOXES) == []


@pytest.mark.parametrize(("scheme", "paper"), [("light", b"\xff\xff\xff"), ("dark", b"\x11\x16\x1c")])
def test_a_picture_is_light_or_dark_as_the_screen_asks(scheme: str, paper: bytes, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "sitelink.svg"
    file.write_text(svg(drawn("sitelink")), encoding="utf-8")
    seen = colours(Page(browser, file, 1400, scheme).screenshot(height=400, scale=0.5))
    assert max(seen, key=lambda colour: seen[colour]) == paper
    assert len(seen) > 100
