"""Alarms: CloudWatch's alarms in AWS's words."""

from dataclasses import dataclass
from enum import Enum


class Metric(Enum):
    """A metric of AWS that the lab can compute, by its name in CloudWatch.

    - `TunnelState`: 1 if BGP is established in the tunnel, or for a static VPN, if IPsec is up. Else 0.
    - `ConnectionState`: 1 if AWS's port has light. It says nothing about BGP.
    - `VirtualInterfaceBgpStatus`: 1 if BGP is established. Else 0.
    - `VirtualInterfaceBgpPrefixesAccepted`: how many prefixes AWS accepts on the virtual interface.
    """

    TUNNEL_STATE = "TunnelState"
    CONNECTION_STATE = "ConnectionState"
    BGP_STATUS = "VirtualInterfaceBgpStatus"
    PREFIXES_ACCEPTED = "VirtualInterfaceBgpPrefixesAccepted"

    @property
    def namespace(self) -> str:
        """The namespace of the metric in CloudWatch."""
        return "AWS/VPN" if self is Metric.TUNNEL_STATE else "AWS/DX"

    @property
    def dimension(self) -> str:
        """The dimension that every alarm on the metric needs."""
        return {Metric.TUNNEL_STATE: VPN_ID, Metric.CONNECTION_STATE: CONNECTION_ID}.get(self, VIF_ID)


VPN_ID, TUNNEL, CONNECTION_ID, VIF_ID = "VpnId", "TunnelIpAddress", "ConnectionId", "VirtualInterfaceId"
"""CloudWatch's dimensions. Their values are names of the topology, in place of AWS's ids."""


class Statistic(Enum):
    """How CloudWatch makes one data point of all samples in a period."""

    MINIMUM = "Minimum"
    MAXIMUM = "Maximum"
    AVERAGE = "Average"
    SUM = "Sum"


class Comparison(Enum):
    """The comparison of a data point with the threshold. If the comparison is true, the data point is breaching."""

    LESS = "LessThanThreshold"
    LESS_OR_EQUAL = "LessThanOrEqualToThreshold"
    GREATER = "GreaterThanThreshold"
    GREATER_OR_EQUAL = "GreaterThanOrEqualToThreshold"


class MissingData(Enum):
    """What a period without samples counts as (`TreatMissingData`)."""

    MISSING = "missing"
    NOT_BREACHING = "notBreaching"
    BREACHING = "breaching"
    IGNORE = "ignore"


class AlarmState(Enum):
    """The state of an alarm."""

    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A metric alarm of CloudWatch. It rings if `datapoints_to_alarm` of the last `evaluation_periods` data points are breaching.

    - `dimensions`: pairs of a dimension and a name of the topology, for instance (`VpnId`, `vpn1`).
    - `period`: the length of a period in seconds, a multiple of 60.
    - `unless`: the name of another alarm. While that alarm rings, this one does not ring (a composite alarm). None: there is no such alarm.
    """

    name: str
    metric: Metric
    dimensions: tuple[tuple[str, str], ...]
    statistic: Statistic
    comparison: Comparison
    threshold: float
    period: int = 300
    evaluation_periods: int = 1
    datapoints_to_alarm: int = 1
    missing_data: MissingData = MissingData.MISSING
    unless: str | None = None

    def is_breaching(self, value: float) -> bool:
        """Whether a data point with this value is breaching."""
        match self.comparison:
            case Comparison.LESS:
                return value < self.threshold
            case Comparison.LESS_OR_EQUAL:
                return value <= self.threshold
            case Comparison.GREATER:
                return value > self.threshold
            case Comparison.GREATER_OR_EQUAL:
                return value >= self.threshold
