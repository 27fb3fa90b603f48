"""The interval of an alarm: compared with a simulation of every phase, and with what one can compute by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.analysis.alarms.evaluation import MORE_POINTS, state_of
from lab.analysis.alarms.history import History
from lab.analysis.alarms.ringing import Watched, first_ring, interval
from lab.model.alarm import Alarm, AlarmState, Comparison, Metric, MissingData, Statistic

_SECOND = 1_000_000
_STEP = 10
"""The simulation tries every phase that is a multiple of this many seconds. The changes happen at such instants, too."""

DOWN = History(before=1.0, changes=((10.0, 0.0),))
FLAP = History(before=1.0, changes=((10.0, 0.0), (20.0, 1.0)))
UP = History(before=1.0)
SILENT = History(before=1.0, changes=((10.0, None),))
ALARM = Alarm(
    name="down",
    metric=Metric.TUNNEL_STATE,
    dimensions=(("VpnId", "vpn1"),),
    statistic=Statistic.MINIMUM,
    comparison=Comparison.LESS,
    threshold=1.0,
    missing_data=MissingData.BREACHING,
)


@pytest.mark.parametrize(
    ("changed", "series", "earliest", "latest"),
    [
        ({}, (DOWN,), 10, 100),  # a sample within 30 s, and then the end of a minute
        ({}, (DOWN, UP), 10, 100),  # any tunnel
        ({"evaluation_periods": 3, "datapoints_to_alarm": 3}, (DOWN,), 610, 700),
        ({"evaluation_periods": 3, "datapoints_to_alarm": 2}, (DOWN,), 310, 400),
        ({"period": 60}, (DOWN,), 10, 100),
        ({"statistic": Statistic.MAXIMUM}, (DOWN,), 280, 370),  # no good sample in a whole period
        ({"statistic": Statistic.MAXIMUM}, (DOWN, DOWN), 280, 370),  # all tunnels
        ({"statistic": Statistic.SUM, "threshold": 10.0}, (DOWN,), 10, 100),
        ({"statistic": Statistic.AVERAGE, "threshold": 0.5}, (DOWN,), 160, 250),
        ({"missing_data": MissingData.BREACHING}, (SILENT,), 880, 970),  # three periods must be empty
    ],
)
def test_an_alarm_rings_between_these_seconds(changed, series, earliest, latest):
    found = interval(Watched(alarm=replace(ALARM, **changed), series=series))
    assert found is not None
    assert found.is_certain
    assert (found.earliest, found.latest) == (pytest.approx(earliest, abs=0.001), pytest.approx(latest, abs=0.001))


@pytest.mark.parametrize(
    ("changed", "series"),
    [
        ({}, (UP,)),
        ({"statistic": Statistic.MAXIMUM}, (DOWN, UP)),  # one tunnel of two
        ({"statistic": Statistic.MAXIMUM}, (FLAP,)),
        ({"missing_data": MissingData.NOT_BREACHING}, (SILENT,)),
        ({"missing_data": MissingData.IGNORE}, (SILENT,)),
        ({"missing_data": MissingData.MISSING}, (SILENT,)),
        ({}, (History(before=0.0, changes=((10.0, 1.0),)),)),  # it rang before
    ],
)
def test_an_alarm_does_not_begin_to_ring(changed, series):
    assert interval(Watched(alarm=replace(ALARM, **changed), series=series)) is None


def test_a_short_outage_rings_only_if_a_sample_falls_into_it():
    found = interval(Watched(alarm=ALARM, series=(FLAP,)))
    assert found is not None
    assert not found.is_certain


def test_an_alarm_is_silent_while_the_other_one_rings():
    other = Watched(alarm=ALARM, series=(DOWN,))
    assert interval(Watched(alarm=ALARM, series=(DOWN,), unless=other)) is None
    assert interval(Watched(alarm=ALARM, series=(DOWN,), unless=replace(other, series=(UP,)))) is not None


_VALUES = st.sampled_from([0.0, 1.0, None])
_HISTORIES = st.builds(
    lambda gaps, values: History(
        before=1.0, changes=tuple((float(_STEP * sum(gaps[: n + 1])), value) for n, value in enumerate(values[: len(gaps)]))
    ),
    st.lists(st.integers(1, 30), min_size=1, max_size=3),
    st.lists(_VALUES, min_size=3, max_size=3),
)


@st.composite
def _alarms(draw: st.DrawFn) -> Alarm:
    periods = draw(st.integers(1, 3))
    return replace(
        ALARM,
        period=draw(st.sampled_from([60, 120])),
        statistic=draw(st.sampled_from(Statistic)),
        evaluation_periods=periods,
        datapoints_to_alarm=draw(st.integers(1, periods)),
        missing_data=draw(st.sampled_from(MissingData)),
    )


@settings(deadline=None, max_examples=40)
@given(alarm=_alarms(), series=st.lists(_HISTORIES, min_size=1, max_size=2))
def test_the_interval_is_that_of_a_simulation_of_every_phase(alarm, series):
    if all(each.is_constant for each in series):
        return
    watched = Watched(alarm=alarm, series=tuple(series))
    phases = [(sample, minute) for sample in range(0, 30, _STEP) for minute in range(0, 60, _STEP)]
    simulated = [_simulated(watched, *phase) for phase in phases]
    assert simulated == [first_ring(watched, sample * _SECOND, minute * _SECOND) for sample, minute in phases]
    found, rings = interval(watched), [instant for instant in simulated if instant is not None]
    if not rings:
        return  # it may still ring with a phase between two simulated ones
    assert found is not None
    assert found.earliest <= min(rings) <= found.earliest + 2 * _STEP  # each phase may be up to one step away
    assert found.latest - 2 * _STEP <= max(rings) <= found.latest
    assert not found.is_certain or len(rings) == len(phases)


def _simulated(watched: Watched, sample: int, minute: int) -> float | None:
    """When the alarm begins to ring, second by second, with these phases in seconds. It looks at every evaluation from long before."""
    alarm, begin, end = watched.alarm, -1200, 2400
    samples = [
        (second, value)
        for second in range(begin, end)
        if second % 30 == sample
        for each in watched.series
        if (value := each.at(float(second))) is not None
    ]
    state, first = AlarmState.OK, None
    for now in range(begin + 900 + (minute - begin - 900) % 60, end, 60):
        ends = [now - number * alarm.period for number in range(alarm.evaluation_periods + MORE_POINTS)]
        before, state = state, state_of(alarm, [_point(alarm, samples, until) for until in ends], state)
        if state is AlarmState.ALARM and before is not AlarmState.ALARM and now > 0:
            first = now if first is None else first
    return first


def _point(alarm: Alarm, samples: list[tuple[int, float]], until: int) -> float | None:
    inside = [value for second, value in samples if until - alarm.period <= second < until]
    if not inside:
        return None
    match alarm.statistic:
        case Statistic.MINIMUM:
            return min(inside)
        case Statistic.MAXIMUM:
            return max(inside)
        case Statistic.AVERAGE:
            return sum(inside) / len(inside)
        case Statistic.SUM:
            return sum(inside)
