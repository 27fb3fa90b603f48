"""A check as written: the shape of the YAML, key by key. Its names are resolved against a plan in `check` and `faults`."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from lab.intent.document.fields import Duration, Name, NotNull, Text, Written, checked
from lab.intent.faults.parameters import ParametersDocument
from lab.intent.faults.quantities import whole
from lab.model.aws import TUNNEL_MTU
from lab.model.check import SHORTEST_PROBE, Direction, Turning

_Names = Annotated[
    list[str],
    BeforeValidator(lambda written: [written] if isinstance(written, str) else written),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


_ProbeSize = Annotated[
    int, checked(whole(SHORTEST_PROBE, 1500, f"links carry packets of up to 1500 octets, tunnels of up to {TUNNEL_MTU}"))
]


class StepDocument(ParametersDocument):
    """One fault on the schedule."""

    fault: Annotated[str, Field(examples=["link-down"])]
    target: Annotated[str, Field(examples=["dci"])]
    at: Annotated[Duration, Field(examples=["5s"], description="After the check's start; at least 1s, so that there is a before.")]
    duration: Annotated[Duration, Field(alias="for", examples=["20s"])]
    name: Annotated[
        Name | None, NotNull, Field(examples=["first"], description="What `when` calls this step; its target unless said otherwise.")
    ] = None


class BeforeDocument(Written):
    """Where a flow must be before any fault; elsewhere the check is an error, or a broken promise if it has no steps."""

    via: Annotated[_Names, NotNull, Field(examples=["dx1"], min_length=1, description="The path passes at least one of these.")]


class PromiseDocument(Written):
    """What must hold for a flow in one phase or event."""

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
    """What a flow owes its users before the faults, while they last, after they are undone, or in one event by its name."""

    flow: Annotated[str, Field(examples=["dc1-app"])]
    direction: Annotated[Direction | None, NotNull, Field(examples=["forward"], description="Both unless one is named.")] = None
    before: Annotated[BeforeDocument | None, NotNull, Field(examples=[{"via": "dx1"}])] = None
    during: Annotated[
        PromiseDocument | None,
        NotNull,
        Field(
            examples=[{"outage_at_most": "1.5s"}],
            description="From the first fault to the last that ends. The outage is that of the whole time; via and reachable hold whenever"
            " most is broken: at the end of each event in which a fault begins and after which one ends.",
        ),
    ] = None
    after: Annotated[
        PromiseDocument | None, NotNull, Field(examples=[{"outage_at_most": "0s"}], description="From the end of the last fault on.")
    ] = None
    when: Annotated[
        dict[str, Turning] | None,
        NotNull,
        Field(
            min_length=1,
            max_length=1,
            examples=[{"dx1": "begins"}],
            description="One event: a step by its name (its target, if it has none) begins or ends. A flap does so several times.",
        ),
    ] = None
    then: Annotated[
        PromiseDocument | None, NotNull, Field(examples=[{"outage_at_most": "1.5s"}], description="From that event to the next.")
    ] = None
    symmetric: Annotated[
        bool, Field(description="Both directions pass the same edge routers, before the faults and at the end of each event.")
    ] = False

    @model_validator(mode="after")
    def _promises_something(self) -> Self:
        if (self.when is None) != (self.then is None):
            example = "write both: when says which event, then what must hold, for instance then: {outage_at_most: 1.5s}"
            raise PydanticCustomError("written", "when and then belong together ({example})", {"example": example})
        if not (self.before or self.during or self.after or self.then or self.symmetric):
            raise PydanticCustomError(
                "written",
                "promises nothing (write before:, during:, after:, when: and then:, or symmetric: true; "
                "for instance during: {outage_at_most: 1.5s})",
            )
        if self.symmetric and self.direction:
            raise PydanticCustomError("written", "symmetric is about both directions (remove direction)")
        return self


class CheckDocument(Written):
    """A question asked of a lab: faults on a schedule, and what must hold."""

    summary: Annotated[Text, Field(examples=["The interconnect goes dark; the sites meet over AWS."])]
    probe_size: Annotated[
        _ProbeSize | None,
        NotNull,
        Field(
            examples=[1400],
            description=f"How long the probes are, in octets of IP; {SHORTEST_PROBE} unless said otherwise. Tunnels carry {TUNNEL_MTU}.",
        ),
    ] = None
    steps: Annotated[
        list[StepDocument] | None,
        NotNull,
        Field(
            min_length=1,
            examples=[[{"fault": "link-down", "target": "dci", "at": "5s", "for": "20s"}]],
            description="Without steps nothing is broken, and expectations may say before: and symmetric: only.",
        ),
    ] = None
    touches: Annotated[
        Literal["nothing"] | None,
        NotNull,
        Field(description="No flow passes what the faults break. Without this word such a check is an error: its faults hit nothing."),
    ] = None
    expect: Annotated[
        list[ExpectationDocument], Field(min_length=1, examples=[[{"flow": "dc1-app", "during": {"outage_at_most": "1.5s"}}]])
    ]
