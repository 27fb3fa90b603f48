"""ALARMS: which alarms of CloudWatch ring after a fault, and when.

Law: all results are computed by AWS's published rules from the record of a check.

- `history`: the value of a metric over time
- `metrics`: AWS's metrics, from the events of a check
- `evaluation`: the state of an alarm, from its data points
- `ringing`: the earliest and the latest instant of an alarm
- `notices`: who noticed each event: a router, an alarm, or nobody
- `foreseen`: who would notice a predicted failure, and which alarms ring after it
- `promised`: compare the alarms that a check promises with those that ring
"""

from lab.analysis.alarms.foreseen import foreseen_alarms, foreseen_notice
from lab.analysis.alarms.notices import notices
from lab.analysis.alarms.promised import broken_alarms, unheard

__all__ = ["broken_alarms", "foreseen_alarms", "foreseen_notice", "notices", "unheard"]
