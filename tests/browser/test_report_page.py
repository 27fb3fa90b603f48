"""The report's page in a real browser: it fetches nothing, has no errors, cuts nothing off, and is not blank."""

from pathlib import Path

import pytest

from lab.views.html import page
from tests.browser.chromium import Browser, Page
from tests.browser.png import colours
from tests.reports import full_report

WIDTHS = (1400, 390)
_LIGHT, _DARK = b"\xff\xff\xff", b"\x11\x16\x1c"
_PICTURES = "[...document.querySelectorAll('svg:not(.definitions, .meter)')]"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a run of every topology. Each topology has a failure and an error."""
    path = tmp_path_factory.mktemp("report") / "index.html"
    path.write_text(page(full_report(checks=3)), encoding="utf-8")
    return path


@pytest.fixture(
    scope="module", params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")], ids=lambda each: f"{each[0]}-{each[1]}"
)
def shown(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Page:
    """The page at the width of a desktop and of a telephone, in a light and in a dark scheme."""
    return Page(browser, file, *request.param)


def test_nothing_is_fetched_and_nothing_complains(shown: Page, file: Path) -> None:
    assert shown.requests() == [file.as_uri()]
    assert shown.complaints() == []


def test_no_content_is_wider_than_the_window(shown: Page) -> None:
    page_width, window = shown.value("[document.documentElement.scrollWidth, window.innerWidth]")
    assert page_width == window
    outside = "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, .definitions, svg, details:not([open])'))"
    wide = f"{outside}.filter(e => e.getBoundingClientRect().right > window.innerWidth + 0.5).map(e => e.outerHTML.slice(0, 80))"
    assert shown.value(wide) == []


def test_every_picture_has_a_size_and_something_drawn_in_it(shown: Page) -> None:
    shown.value("document.querySelectorAll('details').forEach(e => e.open = true)")
    sizes = shown.value(f"{_PICTURES}.map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height, e.getBBox().width])")
    assert len(sizes) > 50
    assert all(width > 100 and height > 15 and drawn > 50 for width, height, drawn in sizes)


def test_every_reference_of_a_picture_and_every_link_of_the_page_leads_somewhere(shown: Page) -> None:
    ids = "new Set([...document.querySelectorAll('[id]')].map(e => e.id))"
    to = "[...document.querySelectorAll('use, a[href^=\"#\"]')].map(e => decodeURIComponent(e.getAttribute('href').slice(1)))"
    assert shown.value(f"{to}.length") > 500
    assert shown.value(f"(() => {{ const ids = {ids}; return {to}.filter(each => !ids.has(each)) }})()") == []
    assert shown.value("document.querySelectorAll('[id]').length") == shown.value(f"{ids}.size")


def test_the_words_of_the_network_stay_words(shown: Page) -> None:
    assert "it holds <b>markup</b> & \\x1b[31mcolours" in shown.value("document.querySelector('.reason').innerText")


def test_a_screenshot_is_not_blank(shown: Page) -> None:
    seen = colours(shown.screenshot(height=1600, scale=0.4))
    paper = max(seen, key=lambda colour: seen[colour])
    assert paper == (_DARK if shown.value("matchMedia('(prefers-color-scheme: dark)').matches") else _LIGHT)
    assert seen[paper] < 0.95 * sum(seen.values())
    assert len(seen) > 100


def test_words_are_dark_enough_on_their_ground_to_be_read(shown: Page) -> None:
    """WCAG 2.2, success criterion 1.4.3: 4.5 to 1. Also for badges and cells with their own background."""
    assert shown.value(_CONTRAST) == []


_CONTRAST = """(() => {
  const parse = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const over = (top, below) => {
    const a = top.length > 3 ? top[3] : 1;
    return [0, 1, 2].map(i => top[i] * a + below[i] * (1 - a));
  };
  const ground = element => {
    if (!element) return [255, 255, 255];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.length > 3 && own[3] === 0 ? ground(element.parentElement) : over(own, ground(element.parentElement));
  };
  const light = colour => {
    const [r, g, b] = colour.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const poor = new Set();
  for (const element of document.querySelectorAll('body :not(svg, svg *)')) {
    const words = [...element.childNodes].filter(node => node.nodeType === 3 && node.textContent.trim());
    if (!words.length || element.closest('details:not([open]), .nought')) continue;
    const below = ground(element), ink = over(parse(getComputedStyle(element).color), below);
    const [high, low] = [light(below), light(ink)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
})()"""
