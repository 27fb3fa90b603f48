"""The keys of an entry in `alarms`, as pydantic models. The keys are CloudWatch's (`PutMetricAlarm`), in lower case."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from lab.intent.document.duration import DURATION_PATTERN, seconds
from lab.intent.document.fields import NotNull, Written, checked
from lab.intent.document.wording import shown
from lab.intent.faults.quantities import whole

MOST_SECONDS = 86400
"""Period × evaluation periods is at most a day (CloudWatch User Guide, "Common features of alarms")."""
_MINUTE = 60
_MOST_PERIODS = MOST_SECONDS // _MINUTE


def _period(written: object) -> int:
    length = seconds(written)
    if length < _MINUTE or length % _MINUTE:
        raise ValueError(f"expected whole minutes, found {shown(written)} (AWS sends these metrics once a minute; write 1m or 5m)")
    return int(length)


def _threshold(written: object) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float) or abs(written) > 1e9:
        raise ValueError(f"expected a number, found {shown(written)} (for instance 1)")
    return float(written)


_Periods = Annotated[
    int, checked(whole(1, _MOST_PERIODS, "for instance 3")), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MOST_PERIODS})
]
_Name = Annotated[str | None, NotNull]


class DimensionsDocument(Written):
    """What the metric is about. The values are names of the topology, in place of AWS's ids."""

    vpn: Annotated[_Name, Field(alias="VpnId", examples=["vpn1"], description="For TunnelState: a VPN connection.")] = None
    tunnel: Annotated[
        _Name,
        Field(alias="TunnelIpAddress", examples=["vpn1-1"], description="For TunnelState: one of its tunnels. Default: both."),
    ] = None
    connection: Annotated[
        _Name, Field(alias="ConnectionId", examples=["dx1"], description="For ConnectionState: a Direct Connect connection.")
    ] = None
    virtual_interface: Annotated[
        _Name, Field(alias="VirtualInterfaceId", examples=["vif1"], description="For the other metrics: a virtual interface.")
    ] = None

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each dimension with its value, by CloudWatch's names."""
        return tuple(self.model_dump(by_alias=True, exclude_none=True).items())


class AlarmDocument(Written):
    """An alarm of CloudWatch. The report says when it would ring. See [who would have noticed](../monitoring.md)."""

    metric: Annotated[
        Literal["TunnelState", "ConnectionState", "VirtualInterfaceBgpStatus", "VirtualInterfaceBgpPrefixesAccepted"],
        Field(examples=["TunnelState"], description="The metric of AWS."),
    ]
    dimensions: Annotated[DimensionsDocument, Field(examples=[{"VpnId": "vpn1"}], description="What the metric is about.")]
    statistic: Annotated[
        Literal["Minimum", "Maximum", "Average", "Sum"],
        Field(examples=["Minimum"], description="How CloudWatch makes one data point of all samples in a period."),
    ]
    comparison_operator: Annotated[
        Literal["LessThanThreshold", "LessThanOrEqualToThreshold", "GreaterThanThreshold", "GreaterThanOrEqualToThreshold"],
        Field(examples=["LessThanThreshold"], description="Which data points are breaching."),
    ]
    threshold: Annotated[
        float,
        checked(_threshold),
        WithJsonSchema({"type": "number"}),
        Field(examples=[1], description="The value that each data point is compared with."),
    ]
    period: Annotated[
        int | None,
        checked(_period),
        WithJsonSchema({"type": "string", "pattern": DURATION_PATTERN}),
        Field(examples=["1m"], description="The length of a period: whole minutes. Default: 5m."),
    ] = None
    evaluation_periods: Annotated[_Periods, Field(examples=[3], description="How many of the last data points count.")] = 1
    datapoints_to_alarm: Annotated[
        _Periods | None,
        NotNull,
        Field(examples=[2], description="How many of them must be breaching. Default: all."),
    ] = None
    treat_missing_data: Annotated[
        Literal["missing", "notBreaching", "breaching", "ignore"],
        Field(examples=["breaching"], description="What a period without samples counts as."),
    ] = "missing"
