"""Read the section `alarms` of a topology."""

from collections.abc import Iterator

from lab.intent.document.shape import Shaped
from lab.intent.topology.alarm_document import AlarmDocument
from lab.model.alarm import Alarm, Comparison, Metric, MissingData, Statistic

_DEFAULT_SECONDS = 300
"""CloudWatch's default period."""


def own_alarms(shaped: Shaped) -> Iterator[Alarm]:
    """The alarms without mistakes in their shape, in the order of the file."""
    for at, written in shaped.entries(("alarms",), AlarmDocument):
        yield Alarm(
            name=str(at[-1]),
            metric=Metric(written.metric),
            dimensions=written.dimensions.pairs(),
            statistic=Statistic(written.statistic),
            comparison=Comparison(written.comparison_operator),
            threshold=written.threshold,
            period=written.period or _DEFAULT_SECONDS,
            evaluation_periods=written.evaluation_periods,
            datapoints_to_alarm=written.datapoints_to_alarm or written.evaluation_periods,
            missing_data=MissingData(written.treat_missing_data),
        )
