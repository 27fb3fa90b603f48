"""A check as written: the shape of the YAML, key by key. Its names are resolved against a plan in `check` and `faults`."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from lab.intent.faults.parameters import ParametersDocument
from lab.intent.faults.quantities import whole
from lab.intent.fields import Duration, NotNull, Text, Written, checked
from lab.model.check import SHORTEST_PROBE, Direction

_Names = Annotated[
    list[str],
    BeforeValidator(lambda written: [written] if isinstance(written, str) else written),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


_ProbeSize = Annotated[int, checked(whole(SHORTEST_PROBE, 1500, "links carry packets of up to 1500 octets, tunnels of 1400"))]


class StepDocument(ParametersDocument):
    """One fault on the schedule."""

    fault: Annotated[str, Field(examples=["link-down"])]
    target: Annotated[str, Field(examples=["dci"])]
    at: Annotated[Duration, Field(examples=["5s"], description="After the check's start; at least 1s, so that there is a before.")]
    duration: Annotated[Duration, Field(alias="for", examples=["20s"])]


class PromiseDocument(Written):
    """What must hold for a flow in one phase."""

    outage_at_most: Annotated[Duration | None, NotNull, Field(examples=["1.5s"])] = None
    outage_at_least: Annotated[Duration | None, NotNull, Field(examples=["1s"])] = None
    via: Annotated[_Names | None, NotNull, Field(examples=["vpn1"], min_length=1, description="The path passes at least one of these.")] = (
        None
    )
    reachable: bool = True

    @model_validator(mode="after")
    def _says_something_consistent(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("written", "promises nothing (for instance outage_at_most: 1.5s)")
        if not self.reachable and self.model_fields_set != {"reachable"}:
            others = ", ".join(name for name in type(self).model_fields if name in self.model_fields_set - {"reachable"})
            raise PydanticCustomError("written", "reachable: false excludes {others} (remove one side)", {"others": others})
        return self


class ExpectationDocument(Written):
    """What a flow owes its users while the faults last and after they are undone."""

    flow: Annotated[str, Field(examples=["dc1-app"])]
    direction: Annotated[Direction | None, NotNull, Field(examples=["forward"], description="Both unless one is named.")] = None
    during: Annotated[PromiseDocument | None, NotNull, Field(examples=[{"outage_at_most": "1.5s"}])] = None
    after: Annotated[PromiseDocument | None, NotNull, Field(examples=[{"outage_at_most": "0s"}])] = None

    @model_validator(mode="after")
    def _promises_something(self) -> Self:
        if self.during is None and self.after is None:
            raise PydanticCustomError("written", "promises nothing (write during: or after:, for instance during: {outage_at_most: 1.5s})")
        return self


class CheckDocument(Written):
    """A question asked of a lab: faults on a schedule, and what must hold."""

    summary: Annotated[Text, Field(examples=["The interconnect goes dark; the sites meet over AWS."])]
    probe_size: Annotated[
        _ProbeSize | None,
        NotNull,
        Field(examples=[1400], description=f"How long the probes are, in octets of IP; {SHORTEST_PROBE} unless said otherwise."),
    ] = None
    steps: Annotated[
        list[StepDocument], Field(min_length=1, examples=[[{"fault": "link-down", "target": "dci", "at": "5s", "for": "20s"}]])
    ]
    expect: Annotated[
        list[ExpectationDocument], Field(min_length=1, examples=[[{"flow": "dc1-app", "during": {"outage_at_most": "1.5s"}}]])
    ]
