"""Predictions as text: how many sets affect no flow."""

from dataclasses import replace

import pytest

from lab.predict import Predictor
from lab.views.predict.as_text import predictions_text
from tests.shipped import shipped_plan


@pytest.mark.parametrize(("sets", "told"), [(1, "by this set"), (2, "by any of the 2 sets")])
def test_only_sets_beside_affected_ones_are_others(sets: int, told: str) -> None:
    found = Predictor(shipped_plan("hybrid-backup")).all_sets(1)
    unfelt = [each for each in found.sets if all(flow.outage_seconds == (0.0, 0.0) for flow in each.flows)]
    text = predictions_text((replace(found, sets=tuple(unfelt[:sets])),))
    assert f"  no flow is affected {told}\n" in text
    assert f"  no flow is affected by the other {len(unfelt)} sets\n" in predictions_text((found,))
