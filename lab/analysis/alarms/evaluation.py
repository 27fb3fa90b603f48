"""The state of an alarm, from its data points, by CloudWatch's rules.

Source: Amazon CloudWatch User Guide, "Evaluating an alarm" and "Configuring how CloudWatch alarms treat missing data"
(`AlarmThatSendsEmail`, `alarms-and-missing-data`). The tests have its tables.
"""

from collections.abc import Sequence

from lab.analysis.alarms.history import Value
from lab.model.alarm import Alarm, AlarmState, MissingData

MORE_POINTS = 2
"""How many data points CloudWatch retrieves in addition to the evaluation periods.

The guide says only "a higher number". Its example retrieves 5 for 3 evaluation periods, so we take 2 more.
"""


def state_of(alarm: Alarm, points: Sequence[Value], present: AlarmState = AlarmState.OK) -> AlarmState:
    """The state of an alarm after an evaluation. `points`: the data points of the evaluation range, the latest first. `present`: the
    state before.

    - The latest data points that exist count, up to the number of evaluation periods.
    - If there are too few, missing ones are filled in by `missing_data`, "only as few times as possible".
    - Exception for `missing`: if only breaching points exist, and the oldest is at least `datapoints_to_alarm` old, the alarm rings.
    """
    exist = [(age, alarm.is_breaching(value)) for age, value in enumerate(points, start=1) if value is not None]
    exist = exist[: alarm.evaluation_periods]
    breaching = sum(each for _, each in exist)
    lacking = alarm.evaluation_periods - len(exist)
    if alarm.missing_data is MissingData.BREACHING:
        breaching += lacking
    if breaching >= alarm.datapoints_to_alarm:
        return AlarmState.ALARM
    if not lacking or alarm.missing_data in {MissingData.BREACHING, MissingData.NOT_BREACHING} or breaching < len(exist):
        return AlarmState.OK
    if alarm.missing_data is MissingData.IGNORE:
        return present
    return AlarmState.ALARM if exist and exist[-1][0] >= alarm.datapoints_to_alarm else AlarmState.INSUFFICIENT_DATA
