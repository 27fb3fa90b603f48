"""The parameters of a fault."""

from dataclasses import dataclass, fields
from typing import Annotated

from pydantic import Field, WithJsonSchema

from lab.intent.document.fields import NotNull, Seconds, Written, checked
from lab.intent.document.rate import RATE_PATTERN
from lab.intent.faults.quantities import PART_PATTERN, bits_per_second, part, whole
from lab.model.fault import Side, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of a fault. None: not given.

    Units: `loss` is a fraction of 1, `rate` is bits per second, `mtu` is octets, `delay` and `jitter` are seconds.
    """

    way: Way | None = None
    side: Side | None = None
    count: int | None = None
    loss: float | None = None
    mtu: int | None = None
    rate: int | None = None
    delay: float | None = None
    jitter: float | None = None

    def said(self) -> tuple[str, ...]:
        """The names of the parameters that were given."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is not None)


_Count = Annotated[int, checked(whole(1, 100, "for more, add steps"))]
_Mtu = Annotated[int, checked(whole(100, 9000, "links carry packets of up to 1500 octets, with jumbo frames 9001"))]
_Part = Annotated[float, checked(part), WithJsonSchema({"type": "string", "pattern": PART_PATTERN})]
_Rate = Annotated[int, checked(bits_per_second), WithJsonSchema({"type": "string", "pattern": RATE_PATTERN})]


class ParametersDocument(Written):
    """The parameters in a YAML file. Other code checks which kind of fault takes which."""

    way: Annotated[
        Way | None,
        NotNull,
        Field(examples=["a-to-b"], description="The direction of the link that the fault breaks. Default: `both`."),
    ] = None
    side: Annotated[Side | None, NotNull, Field(examples=["customer"], description="The side of the circuit that goes dark.")] = None
    count: Annotated[
        _Count | None, NotNull, Field(examples=[5], description="How often the link goes down while the fault lasts: 1 to 100.")
    ] = None
    loss: Annotated[_Part | None, NotNull, Field(examples=["5%"], description="The part of the packets that is lost, at random.")] = None
    mtu: Annotated[
        _Mtu | None, NotNull, Field(examples=[1400], description="The longest IP packet that passes, in octets: 100 to 9000.")
    ] = None
    rate: Annotated[
        _Rate | None, NotNull, Field(examples=["10mbit"], description="The most that passes in a second, each way: 8kbit to 10gbit.")
    ] = None
    delay: Annotated[Seconds | None, NotNull, Field(examples=["20ms"], description="How much later each packet arrives: up to 10s.")] = None
    jitter: Annotated[
        Seconds | None, NotNull, Field(examples=["5ms"], description="How much the delay varies, up and down. Not more than `delay`.")
    ] = None

    def understood(self) -> Parameters:
        """These parameters as plain values."""
        return Parameters(
            way=self.way,
            side=self.side,
            count=self.count,
            loss=self.loss,
            mtu=self.mtu,
            rate=self.rate,
            delay=self.delay,
            jitter=self.jitter,
        )


EXAMPLES: dict[str, str] = {name: str(field.examples[0]) for name, field in ParametersDocument.model_fields.items() if field.examples}
"""An example of each parameter, for messages and help."""
