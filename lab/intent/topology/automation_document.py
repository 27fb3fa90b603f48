"""The keys of an entry in `automation`, as pydantic models."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from lab.intent.document.duration import DURATION_PATTERN, seconds
from lab.intent.document.fields import NotNull, Prefix, Seconds, Text, Written, checked
from lab.intent.document.wording import shown
from lab.intent.faults.quantities import whole
from lab.model.script import TIMEOUT_SECONDS

_MOST_TIMES = 10
_LONGEST_SECONDS = 300.0
ACTIONS = ("bgp-shutdown", "bgp-open", "prepend", "local-preference", "withdraw", "announce", "static-route", "run")


def _one_action(written: object) -> object:
    if isinstance(written, dict) and len(written) != 1:
        found = ", ".join(written) or "none"
        raise ValueError(f"expected one action, found {len(written)} ({found}; write one of {', '.join(ACTIONS)})")
    if not isinstance(written, dict):
        raise ValueError(f"expected an action, found {shown(written)} (for instance {{bgp-shutdown: vif1}})")
    return written


def _timeout(written: object) -> float:
    length = seconds(written)
    if not 0 < length <= _LONGEST_SECONDS:
        raise ValueError(f"expected more than 0 s and at most {_LONGEST_SECONDS:g} s, found {shown(written)} (for instance 10s)")
    return length


_Times = Annotated[
    int, checked(whole(1, _MOST_TIMES, "for instance 3")), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MOST_TIMES})
]
_Timeout = Annotated[float, checked(_timeout), WithJsonSchema({"type": "string", "pattern": DURATION_PATTERN})]
_Announcer = Annotated[str, Field(examples=["vpn1"], description="A virtual interface, or a VPN connection with BGP.")]


class PrependDocument(Written):
    """The site adds its own ASN to the AS path of its announcements. AWS prefers shorter paths."""

    target: _Announcer
    times: Annotated[_Times, Field(examples=[3], description="How often the AS path has the ASN added.")]


class LocalPreferenceDocument(Written):
    """The site adds another community to its announcements. AWS prefers paths by it."""

    target: Annotated[str, Field(examples=["vif1"], description="A virtual interface.")]
    community: Annotated[
        Literal["7224:7100", "7224:7200", "7224:7300"],
        Field(examples=["7224:7100"], description="`7224:7100` low, `7224:7200` medium, `7224:7300` high."),
    ]


class WithdrawDocument(Written):
    """The site announces a prefix no more. Its BGP session stays up."""

    target: _Announcer
    prefix: Annotated[Prefix | None, NotNull, Field(examples=["10.1.0.0/16"], description="One prefix of the site. Default: all.")] = None


class AnnounceDocument(Written):
    """The site announces more prefixes. Routers prefer a longer prefix."""

    target: _Announcer
    prefix: Annotated[
        Prefix | None,
        NotNull,
        Field(examples=["10.1.0.0/17"], description="A prefix inside a prefix of the site. Default: both halves of each prefix."),
    ] = None


class StaticRouteDocument(Written):
    """A static route into the tunnels of a VPN connection."""

    target: Annotated[str, Field(examples=["vpn1"], description="A VPN connection.")]
    side: Annotated[
        Literal["aws", "site"],
        Field(examples=["aws"], description="`aws`: AWS's route to the site. `site`: the customer gateway's route to the VPCs."),
    ]
    prefix: Annotated[Prefix | None, NotNull, Field(examples=["10.1.0.0/16"], description="Default: all prefixes of the other side.")] = (
        None
    )


class RunDocument(Written):
    """A script of yours runs in a node, as `lab-exec` would run it. See [a script of your own](../monitoring.md#a-script-of-your-own)."""

    node: Annotated[str, Field(examples=["dc1-r1"], description="An edge, or the core router or host of a data centre.")]
    script: Annotated[Text, Field(examples=["drain.sh"], description="A file, as a path from the topology's file.")]
    undo_script: Annotated[
        Text | None,
        NotNull,
        Field(
            examples=["undrain.sh"], description="A file that undoes it. Default: none, and the lab is repaired at the end of the check."
        ),
    ] = None
    timeout: Annotated[
        _Timeout, Field(examples=["10s"], description="A script that runs longer is ended, and the check is an error. Default: 10s.")
    ] = TIMEOUT_SECONDS


class DoDocument(Written):
    """What happens when the alarm rings: exactly one of these keys."""

    shut: Annotated[
        str | None,
        NotNull,
        Field(
            alias="bgp-shutdown",
            examples=["vif1"],
            description="The site's router closes the BGP sessions of a virtual interface or a VPN connection.",
        ),
    ] = None
    open: Annotated[
        str | None,
        NotNull,
        Field(
            alias="bgp-open",
            examples=["vif1"],
            description="Its BGP sessions begin anew. That also opens one that too many prefixes closed. There is nothing to undo.",
        ),
    ] = None
    prepend: Annotated[
        PrependDocument | None, NotNull, Field(examples=[{"target": "vif1", "times": 3}], description="A longer AS path.")
    ] = None
    local_preference: Annotated[
        LocalPreferenceDocument | None,
        NotNull,
        Field(
            alias="local-preference", examples=[{"target": "vif1", "community": "7224:7100"}], description="Another community 7224:7x00."
        ),
    ] = None
    withdraw: Annotated[
        WithdrawDocument | None, NotNull, Field(examples=[{"target": "vif1"}], description="A prefix less, or none at all.")
    ] = None
    announce: Annotated[
        AnnounceDocument | None,
        NotNull,
        Field(examples=[{"target": "vpn1", "prefix": "10.1.0.0/17"}], description="Longer prefixes."),
    ] = None
    static_route: Annotated[
        StaticRouteDocument | None,
        NotNull,
        Field(alias="static-route", examples=[{"target": "vpn1", "side": "aws"}], description="A static route more."),
    ] = None
    run: Annotated[
        RunDocument | None, NotNull, Field(examples=[{"node": "dc1-r1", "script": "drain.sh"}], description="A script of your own.")
    ] = None


class UndoDocument(Written):
    """When the action is undone."""

    after: Annotated[Seconds, Field(examples=["60s"], description="At the earliest so long after the action.")]
    when: Annotated[
        Literal["healthy"] | None,
        NotNull,
        Field(
            examples=["healthy"],
            description="`healthy`: only when the alarm has ended, and pings over the target lose nothing for 5 s.",
        ),
    ] = None


class AutomationDocument(Written):
    """An automation: an alarm of Prometheus rings, and something happens. See [automation](../monitoring.md#let-an-alarm-act)."""

    on: Annotated[
        str,
        Field(
            examples=["FlowLossHigh"],
            description="The [rule](../monitoring.md#the-rules) of Prometheus that triggers it: shipped or your own (`monitoring`).",
        ),
    ]
    labels: Annotated[
        dict[str, str],
        Field(examples=[{"flow": "dc1-app"}], description="Only if the alarm has these labels. Default: any alarm of the rule."),
    ] = Field(default_factory=dict)
    do: Annotated[
        DoDocument,
        checked(_one_action),
        Field(examples=[{"bgp-shutdown": "vif1"}], description="What happens."),
    ]
    undo: Annotated[
        UndoDocument | None,
        NotNull,
        Field(examples=[{"after": "60s", "when": "healthy"}], description="When it is undone. Default: at the end of the check."),
    ] = None
    hold_down: Annotated[
        Seconds,
        Field(
            examples=["60s"], description="For so long after it was undone or refused, nothing happens. So it cannot flap. Default: 60s."
        ),
    ] = 60.0
    never: Annotated[
        Literal["last path"] | None,
        NotNull,
        Field(
            examples=["last path"], description="`last path`: refuse the action if a flow would have no path, and undo it if one has none."
        ),
    ] = None
