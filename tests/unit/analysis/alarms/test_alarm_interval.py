"""The interval of an alarm: compared with a simulation of every phase, and with what one can compute by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.analysis.alarms.history import History
from lab.analysis.alarms.ringing import Interval, Watched, first_ring, interval
from lab.model.alarm import Alarm, Comparison, Metric, MissingData, Statistic

_SECOND = 1_000_000
_STEP = 5
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
    watched = Watched(alarm=alarm, series=tuple(series))
    found, simulated = interval(watched), _simulated(watched)
    if simulated is None:
        return  # a ring between two tried phases is possible
    assert found is not None
    assert found.earliest <= simulated.earliest <= found.earliest + _STEP + 0.001
    assert found.latest - _STEP - 0.001 <= simulated.latest <= found.latest
    assert simulated.is_certain or not found.is_certain


def _simulated(watched: Watched) -> Interval | None:
    """The interval over all phases in steps, each also a microsecond earlier and later. None if the alarm never rings."""
    if all(each.is_constant for each in watched.series):
        return None
    first = [
        first_ring(watched, (sample * _SECOND + early) % (30 * _SECOND), (minute * _SECOND + late) % (60 * _SECOND))
        for sample in range(0, 30, _STEP)
        for minute in range(0, 60, _STEP)
        for early in (-1, 0)
        for late in (-1, 0, 1)
    ]
    rings = [instant for instant in first if instant is not None]
    return Interval(earliest=min(rings), latest=max(rings), is_certain=len(rings) == len(first)) if rings else None
