"""Find a check on the page of redundant-dx."""

from tests.unit.views.parsed import Branch


def section(shown: Branch, number: int) -> Branch:
    """The section of a check."""
    return next(each for each in shown.all("article") if each.one("div", "body").at["id"] == f"redundant-dx/check-{number}")
