"""The report's page is short, every column can be reached, a link opens a folded part, and axe-core finds nothing serious."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.model.outcome import FlowOutcome, Report
from lab.views.html import page
from tests.browser.chromium import Browser, Page
from tests.reports import full_report

DESK, TELEPHONE, PAPER = 1400, 390, 1032
"""Widths in pixels. Paper is A4 landscape without its margins."""
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
CLIPPED = """[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth)
  .map(each => `${each.getAttribute('aria-label')} ${each.scrollWidth} > ${each.clientWidth}`)"""
UNREACHABLE = """[...document.querySelectorAll('.scroll')].filter(each => {
  each.focus();
  each.scrollLeft = each.scrollWidth;
  const right = each.getBoundingClientRect().right;
  const cells = [...each.querySelectorAll('tr > :last-child, svg')];
  return document.activeElement !== each || right > innerWidth || cells.some(cell => cell.getBoundingClientRect().right > right + 1);
}).map(each => each.getAttribute('aria-label'))"""
AXE = """axe.run().then(found => found.violations.filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => [each.id, ...each.nodes.map(node => node.html.slice(0, 120))]))"""


def wordy(outcome: FlowOutcome) -> FlowOutcome:
    """The outcome with long texts in its convergence, for the widest possible row."""
    if outcome.convergence is None or outcome.convergence.noticed is None:
        return outcome
    noticed = replace(outcome.convergence.noticed, node="data-centre-1-edge-1", what="neighbor 169.254.100.101 Idle (Hold Timer Expired)")
    return replace(outcome, convergence=replace(outcome.convergence, noticed=noticed, frr_control_plane_seconds=0.05, frr_fib_seconds=0.05))


@pytest.fixture(scope="module")
def report() -> Report:
    """A run of eighteen checks. One failed, one is an error."""
    told = full_report("redundant-dx", checks=18)
    return replace(told, verdicts=tuple(replace(each, flows=tuple(map(wordy, each.flows))) for each in told.verdicts))


@pytest.fixture(scope="module")
def file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the report."""
    path = tmp_path_factory.mktemp("report") / "index.html"
    path.write_text(page(report), encoding="utf-8")
    return path


def test_eighteen_checks_are_less_than_six_thousand_pixels(browser: Browser, file: Path) -> None:
    shown = Page(browser, file, DESK, "light")
    assert shown.value("document.documentElement.scrollHeight") < 6000
    assert shown.value("document.querySelectorAll('details.check').length") == 18
    assert shown.value("[...document.querySelectorAll('details.check[open] .badge')].map(each => each.textContent)") == ["fail", "error"]


def test_no_table_and_no_plot_is_clipped_on_a_desk(browser: Browser, file: Path) -> None:
    shown = Page(browser, file, DESK, "light")
    shown.value(UNFOLD)
    assert shown.value(CLIPPED) == []


def test_every_column_can_be_reached_on_a_telephone_by_keyboard(browser: Browser, file: Path) -> None:
    shown = Page(browser, file, TELEPHONE, "light")
    shown.value(UNFOLD)
    assert len(shown.value(CLIPPED)) > 50
    assert shown.value(UNREACHABLE) == []


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_a_link_to_a_folded_check_opens_it_and_leads_there(browser: Browser, file: Path, width: int) -> None:
    shown = Page(browser, file, width, "light")
    fold = "document.getElementById('redundant-dx/check-7').closest('details')"
    assert shown.value(f"{fold}.open") is False
    shown.value("document.querySelector('.matrix a[href$=\"check-7\"]').click()")
    assert shown.value(f"{fold}.open") is True
    top, bottom = shown.value(f"(({{top, bottom}}) => [top, bottom])({fold}.querySelector('summary').getBoundingClientRect())")
    assert 0 <= top < bottom < 200


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (DESK, "dark"), (TELEPHONE, "light")])
def test_axe_finds_nothing_serious(browser: Browser, axe: str, file: Path, width: int, scheme: str) -> None:
    shown = Page(browser, file, width, scheme)
    shown.value("[...document.querySelectorAll('article')].slice(4).forEach(each => each.remove())")
    shown.value("document.querySelectorAll('details.check').forEach(each => each.open = true)")
    shown.value(f"{axe}; 0")
    assert shown.value(AXE) == []


def test_on_paper_nothing_is_clipped_and_a_folded_check_is_told_in_its_line(browser: Browser, file: Path) -> None:
    shown = Page(browser, file, PAPER, "light")
    shown.print()
    assert shown.value("[...document.querySelectorAll('article')].filter(each => each.getBoundingClientRect().height < 20).length") == 0
    assert shown.value("document.querySelector('details.check:not([open]) .gist').getBoundingClientRect().height") > 10
    wide = (
        "[...document.querySelectorAll('table, svg:not(.definitions)')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)"
    )
    assert shown.value(f"{wide}.map(each => `${{each.getAttribute('class')}} ${{each.getBoundingClientRect().right}}`)") == []
