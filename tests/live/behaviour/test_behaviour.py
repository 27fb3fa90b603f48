"""Show every row of the table on a running lab."""

import pytest

from lab.runtime.lab import RunningLab
from tests.live.behaviour.row import Row
from tests.live.behaviour.table import ROWS

SHOWN = sorted((row for row in ROWS if row.shown_by), key=lambda row: row.lab)
"""The rows, grouped by lab, so that each lab is deployed once."""


@pytest.mark.parametrize("row", SHOWN, ids=[row.behaviour for row in SHOWN])
def test_it_behaves_as_aws_does(running: RunningLab, row: Row) -> None:
    assert row.shown_by is not None
    row.shown_by(running)
