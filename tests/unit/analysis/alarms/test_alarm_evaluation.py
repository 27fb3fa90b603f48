"""The tables of the CloudWatch User Guide, "How alarm state is evaluated when data is missing". 0 is not breaching, X is breaching."""

import pytest

from lab.analysis.alarms.evaluation import state_of
from lab.model.alarm import Alarm, AlarmState, Comparison, Metric, MissingData, Statistic

_OK, _ALARM, _INSUFFICIENT = AlarmState.OK, AlarmState.ALARM, AlarmState.INSUFFICIENT_DATA
_RETAIN = None
_TREATMENTS = (MissingData.MISSING, MissingData.IGNORE, MissingData.BREACHING, MissingData.NOT_BREACHING)

THREE_OF_THREE = {
    "0 - X - X": (_OK, _OK, _OK, _OK),
    "0 - - - -": (_OK, _OK, _OK, _OK),
    "- - - - 0": (_OK, _OK, _OK, _OK),
    "- - - - -": (_INSUFFICIENT, _RETAIN, _ALARM, _OK),
    "0 X X - X": (_ALARM, _ALARM, _ALARM, _ALARM),
    "- - - - X": (_INSUFFICIENT, _RETAIN, _ALARM, _OK),
    "X - - - -": (_ALARM, _RETAIN, _ALARM, _OK),
    "- - X - -": (_ALARM, _RETAIN, _ALARM, _OK),  # not a row of the guide, but its rule: old enough, and nothing else is known
}
TWO_OF_THREE = {
    "0 - X - X": (_ALARM, _ALARM, _ALARM, _ALARM),
    "0 0 X 0 X": (_ALARM, _ALARM, _ALARM, _ALARM),
    "0 - X - -": (_OK, _OK, _ALARM, _OK),
    "- - - - 0": (_OK, _OK, _ALARM, _OK),
    "- - - - X": (_INSUFFICIENT, _RETAIN, _ALARM, _OK),
    "- - - X -": (_ALARM, _RETAIN, _ALARM, _OK),  # as above
}


@pytest.mark.parametrize("present", [_OK, _ALARM])
@pytest.mark.parametrize(
    ("needed", "points", "states"),
    [(needed, *row) for needed, table in ((3, THREE_OF_THREE), (2, TWO_OF_THREE)) for row in table.items()],
)
def test_an_alarm_has_the_state_of_the_guide_s_table(needed, points, states, present):
    for treatment, state in zip(_TREATMENTS, states, strict=True):
        found = state_of(_alarm(needed, treatment), [_VALUES[point] for point in reversed(points.split())], present)
        assert found is (present if state is _RETAIN else state), treatment


@pytest.mark.parametrize(
    ("comparison", "breaching"),
    [
        (Comparison.LESS, [0]),
        (Comparison.LESS_OR_EQUAL, [0, 1]),
        (Comparison.GREATER, [2]),
        (Comparison.GREATER_OR_EQUAL, [1, 2]),
    ],
)
def test_a_value_is_compared_with_the_threshold_as_the_alarm_says(comparison, breaching):
    alarm = _alarm(1, MissingData.MISSING, comparison)
    assert [value for value in (0, 1, 2) if alarm.is_breaching(value)] == breaching


_VALUES = {"0": 1.0, "X": 0.0, "-": None}


def _alarm(needed: int, treatment: MissingData, comparison: Comparison = Comparison.LESS) -> Alarm:
    return Alarm(
        name="down",
        metric=Metric.CONNECTION_STATE,
        dimensions=(("ConnectionId", "dx1"),),
        statistic=Statistic.MINIMUM,
        comparison=comparison,
        threshold=1.0,
        evaluation_periods=3,
        datapoints_to_alarm=needed,
        missing_data=treatment,
    )
