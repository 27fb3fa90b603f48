"""Every row of the table, shown on a running lab."""

import pytest

from lab.runtime.lab import RunningLab
from tests.live.behaviour.row import Row
from tests.live.behaviour.table import ROWS


def _cases() -> list[object]:
    """Each row with its lab; rows of one lab stand together, so that it is deployed once."""
    shown = [row for row in ROWS if row.shown_by]
    return [pytest.param(row.lab, row, id=row.behaviour) for row in sorted(shown, key=lambda row: row.lab)]


@pytest.mark.parametrize(("shared", "row"), _cases(), indirect=["shared"])
def test_it_behaves_as_aws_does(running: RunningLab, row: Row) -> None:
    assert row.shown_by is not None
    row.shown_by(running)
