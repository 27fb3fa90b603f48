"""The keys of a check file, as pydantic models. `reading` and `faults` resolve the names in it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from lab.intent.document.fields import ALTERNATIVES, Duration, DurationOrPredicted, Name, NotNull, Text, Written, checked
from lab.intent.faults.parameters import ParametersDocument
from lab.intent.faults.quantities import whole
from lab.model.aws import JUMBO_MTU, TUNNEL_MTU
from lab.model.check import SHORTEST_PROBE, Turning
from lab.model.direction import Direction
from lab.model.topology import LINK_MTU

_Names = Annotated[
    list[str],
    BeforeValidator(lambda written: [written] if isinstance(written, str) else written),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]


_ProbeSize = Annotated[
    int,
    checked(
        whole(
            SHORTEST_PROBE,
            JUMBO_MTU,
            f"links carry packets of up to {LINK_MTU} octets, with jumbo frames {JUMBO_MTU}, tunnels of up to {TUNNEL_MTU}",
        )
    ),
]


class StepDocument(ParametersDocument):
    """One fault on the schedule. Parameters of the fault stand beside the other keys."""

    fault: Annotated[
        str, Field(examples=["link-down"], description="The kind of fault. Each takes its own kinds of target and its own parameters.")
    ]
    target: Annotated[
        str, Field(examples=["dci"], description="What breaks: a node, link, tunnel, session, or a name that stands for several of them.")
    ]
    at: Annotated[
        Duration,
        Field(examples=["5s"], description="When the fault begins, counted from the start of the check: 1s or later."),
    ]
    duration: Annotated[Duration, Field(alias="for", examples=["20s"], description="How long the fault lasts.")]
    name: Annotated[
        Name | None,
        NotNull,
        Field(examples=["first"], description="The name of this step for `when`. Default: its target."),
    ] = None


class BeforeDocument(Written):
    """Where a flow must be before any fault. If it is elsewhere the check is an error; without steps, a broken promise."""

    via: Annotated[
        _Names,
        NotNull,
        Field(examples=["dx1"], min_length=1, description="The path passes this, or at least one of a list."),
    ]


class PromiseDocument(Written):
    """What must hold for a flow in one phase or event."""

    outage_at_most: Annotated[
        DurationOrPredicted | None,
        NotNull,
        Field(
            examples=["1.5s"],
            description="The flow may be out for this long, and no longer. In `during` also `predicted`: as long as "
            "[predicted](../how-to/predict.md#your-own-checks).",
        ),
    ] = None
    outage_at_least: Annotated[
        Duration | None,
        NotNull,
        Field(examples=["1s"], description="The flow must be out for at least this long. Otherwise the fault had no effect."),
    ] = None
    via: Annotated[
        _Names | None,
        NotNull,
        Field(
            examples=["vpn1"],
            min_length=1,
            description="The path passes this, or at least one of a list. It is the path at the end of the phase or event.",
        ),
    ] = None
    reachable: Annotated[
        bool,
        Field(examples=[False], description="Whether packets get through in the end. `false` promises that they do not."),
    ] = True


class ExpectationDocument(Written):
    """The promises for one flow: before the faults, while they last, after them, or in one event."""

    flow: Annotated[str, Field(examples=["dc1-app"], description="A flow of the topology.")]
    direction: Annotated[
        Direction | None,
        NotNull,
        Field(
            examples=["forward"],
            description="`forward`: from the flow's `from` to its `to`. `reverse`: back. Default: both.",
        ),
    ] = None
    before: Annotated[
        BeforeDocument | None,
        NotNull,
        Field(examples=[{"via": "dx1"}], description="Where the flow goes before anything breaks."),
    ] = None
    during: Annotated[
        PromiseDocument | None,
        NotNull,
        Field(
            examples=[{"outage_at_most": "1.5s"}],
            description="From the first fault to the end of the last one. The outage is that of the whole time. `via` and `reachable` must "
            "hold when most is broken: after a fault has begun, if the next event ends a fault.",
        ),
    ] = None
    after: Annotated[
        PromiseDocument | None,
        NotNull,
        Field(examples=[{"outage_at_most": "0s"}], description="From the end of the last fault on."),
    ] = None
    when: Annotated[
        dict[str, Turning] | None,
        NotNull,
        Field(
            min_length=1,
            max_length=1,
            examples=[{"dx1": "begins"}],
            description="One event: a step, by its name or target, `begins` or `ends`. A flap does so several times.",
        ),
    ] = None
    then: Annotated[
        PromiseDocument | None,
        NotNull,
        Field(examples=[{"outage_at_most": "1.5s"}], description="What must hold from the event in `when` to the next event."),
    ] = None
    symmetric: Annotated[
        bool,
        Field(
            examples=[True],
            description="Both directions pass the same edge routers, before the faults and at the end of each event.",
        ),
    ] = False


class AlarmPromiseDocument(Written):
    """An alarm that must ring after a fault begins, if the fault stays."""

    rule: Annotated[
        str,
        Field(
            examples=["dx1-connection-down"],
            description="The name of an [alarm](../monitoring.md#the-alarms) of the topology, or of a "
            "[rule](../monitoring.md#the-rules) of Prometheus. The latter is tested only with `--monitor`.",
        ),
    ]
    within: Annotated[
        Duration | None,
        NotNull,
        Field(examples=["5m"], description="At the latest so long after the fault. Default: at any time."),
    ] = None


_NONE, _RULE = ALTERNATIVES
_AlarmPromise = Annotated[
    Annotated[Literal["none"], Tag(_NONE)] | Annotated[AlarmPromiseDocument, Tag(_RULE)],
    Discriminator(lambda written: _RULE if isinstance(written, dict | AlarmPromiseDocument) else _NONE),
]


class CheckDocument(Written):
    """A check: faults on a schedule, and what must hold."""

    summary: Annotated[
        Text,
        Field(
            examples=["The interconnect goes dark; the sites meet over AWS."],
            description="One sentence: what breaks, and what should happen.",
        ),
    ]
    probe_size: Annotated[
        _ProbeSize | None,
        NotNull,
        Field(
            examples=[1400],
            description=f"The length of the probes, as IP packets, in octets. Default: {SHORTEST_PROBE}. "
            f"Their Don't Fragment bit is set. Links carry up to {LINK_MTU}, tunnels up to {TUNNEL_MTU}, jumbo frames up to {JUMBO_MTU}.",
        ),
    ] = None
    steps: Annotated[
        list[StepDocument] | None,
        NotNull,
        Field(
            min_length=1,
            examples=[[{"fault": "link-down", "target": "dci", "at": "5s", "for": "20s"}]],
            description="The faults. Without them nothing breaks, and only `before` and `symmetric` may be promised.",
        ),
    ] = None
    touches: Annotated[
        Literal["nothing"] | None,
        NotNull,
        Field(
            examples=["nothing"],
            description="`nothing`: no flow passes what the faults break. Without this key such a check is an error.",
        ),
    ] = None
    expect: Annotated[
        list[ExpectationDocument],
        Field(
            min_length=1,
            examples=[[{"flow": "dc1-app", "during": {"outage_at_most": "1.5s"}}]],
            description="The promises. Each flow, direction and phase has at most one.",
        ),
    ]
    alarm: Annotated[
        _AlarmPromise | None,
        NotNull,
        Field(
            examples=[{"rule": "dx1-connection-down", "within": "5m"}],
            description="An alarm that must ring, or `none`: no alarm may ring.",
        ),
    ] = None
    automation: Annotated[
        _Names | None,
        NotNull,
        Field(
            examples=["brown-out"],
            min_length=1,
            description="The [automations](../monitoring.md#let-an-alarm-act) of the topology that act in this check, one or a list. "
            "Without this key none acts. Such a check needs `--monitor`.",
        ),
    ] = None
