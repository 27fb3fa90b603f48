"""The keys for the customer's end of a virtual interface or VPN connection. Both sections have the same ones."""

from dataclasses import replace
from ipaddress import IPv4Network
from typing import Annotated, Protocol

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from lab.intent.document.fields import NotNull, Prefix, Seconds, Written, checked, refused
from lab.model.customer_side import CustomerBfd, CustomerSide, SessionTimers

Prefer = Annotated[
    Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": 4294967295})] | None,
    NotNull,
    Field(
        examples=[150],
        description="Your router's local preference for routes from AWS on it. The highest wins. Without this key: 200 on a virtual "
        "interface, 100 on a VPN connection. Over an interconnect the other site's circuits have 150, and its VPN connections 50. "
        "In one AS every site keeps the number.",
    ),
]
Accept = Annotated[
    list[Prefix],
    Field(
        min_length=1,
        examples=[["172.16.0.0/12"]],
        description="Your router accepts from AWS only these prefixes, and parts of them. Default: all but the site's own.",
    ),
]
Announce = Annotated[
    list[Prefix],
    Field(
        min_length=1,
        examples=[["10.1.0.0/17"]],
        description="What your router announces to AWS on it. Default: what its site announces.",
    ),
]
Prepend = Annotated[
    int,
    Field(
        examples=[2],
        description="How often your router adds its own ASN to its announcements. AWS prefers a longer AS path less.",
        json_schema_extra={"minimum": 0, "maximum": 10},
    ),
]


class TimersDocument(Written):
    """Your router's BGP timers, whatever `--timers` says. AWS proposes a hold time of 90 s, on a VPN 30 s. The lower counts."""

    keepalive: Annotated[Seconds, Field(examples=["10s"], description="Whole seconds between keepalives.")]
    hold: Annotated[
        Seconds, Field(examples=["30s"], description="Whole seconds without a keepalive until the session ends. AWS accepts 3 s or more.")
    ]


Timers = Annotated[
    TimersDocument | None,
    NotNull,
    Field(examples=[{"keepalive": "10s", "hold": "30s"}], description="Your router's BGP timers. Default: those of `--timers`."),
]


def _restart_time(written: object) -> object:
    if isinstance(written, bool):
        way_out = "write how long AWS keeps your routes: 120s is usual" if written else "remove graceful_restart: it is off by default"
        raise ValueError(f"expected a duration such as 120s, found {str(written).lower()} ({way_out})")
    return written


GracefulRestart = Annotated[
    Seconds | None,
    NotNull,
    checked(_restart_time),
    Field(
        examples=["120s"],
        description="How long AWS keeps your routes while your router restarts. Your router then keeps AWS's for 120 s. The same "
        "after a silent loss that the hold time notices. Default: graceful restart is off.",
    ),
]
BfdInterval = Annotated[
    Seconds | None,
    NotNull,
    Field(examples=["1s"], description="The interval of your router's BFD packets, both ways. AWS has 300 ms. The slower end counts."),
]
BfdMultiplier = Annotated[
    Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": 255})] | None,
    NotNull,
    Field(examples=[5], description="AWS notices a loss when so many of your BFD packets are missing. AWS's own is 3. Default: 3."),
]
BfdChecks = Annotated[
    bool,
    Field(
        examples=[True],
        description="Whether your router ignores that BFD is down while `graceful_restart` keeps routes. FRR and Cisco call it "
        "`check-control-plane-failure`.",
    ),
]


NoCommunities = SkipJsonSchema[
    Annotated[
        None,
        refused(
            "AWS reads communities for its preference (7224:7x00) only on virtual interfaces "
            "(use as_path_prepend; your router's own local preference is prefer)"
        ),
    ]
]
NoBfd = SkipJsonSchema[
    Annotated[None, refused("AWS has no BFD on a VPN, so yours would have no partner (remove bfd; BGP's hold time notices failures)")]
]
NoRestart = SkipJsonSchema[
    Annotated[None, refused("AWS documents graceful restart only on virtual interfaces, so yours would have no partner (remove it)")]
]
NoCertificates = SkipJsonSchema[
    Annotated[
        None,
        refused("the lab makes pre-shared keys of its own, and certificates would show nothing else on a path (remove authentication)"),
    ]
]
NoIpv6 = SkipJsonSchema[
    Annotated[
        None,
        refused(
            "the lab carries only IPv4 in VPN tunnels. AWS has IPv6 there only on a transit gateway, and then no IPv4 in the same "
            "connection (remove ipv6; virtual interfaces carry both)"
        ),
    ]
]
"""Keys that a VPN connection does not have, with the reason. They are in no schema."""


class OnAnyLine(Protocol):
    """A document with the keys that virtual interfaces and VPN connections have."""

    @property
    def prefer(self) -> int | None:
        """The key `prefer`."""

    @property
    def accept(self) -> list[IPv4Network]:
        """The key `accept`."""

    @property
    def announce(self) -> list[IPv4Network]:
        """The key `announce`."""

    @property
    def timers(self) -> TimersDocument | None:
        """The key `timers`."""


class OnAVif(OnAnyLine, Protocol):
    """A document with the keys that only virtual interfaces have, too."""

    @property
    def graceful_restart(self) -> float | None:
        """The key `graceful_restart`."""

    @property
    def bfd_interval(self) -> float | None:
        """The key `bfd_interval`."""

    @property
    def bfd_multiplier(self) -> int | None:
        """The key `bfd_multiplier`."""

    @property
    def bfd_checks_control_plane(self) -> bool:
        """The key `bfd_checks_control_plane`."""


def customer_side(written: OnAnyLine) -> CustomerSide:
    """The customer's end, from the keys of a VPN connection."""
    timers = written.timers
    return CustomerSide(
        prefer=written.prefer,
        accept=tuple(written.accept),
        announce=tuple(written.announce),
        timers=SessionTimers(keepalive=timers.keepalive, hold=timers.hold) if timers else None,
    )


def customer_side_of_vif(written: OnAVif) -> CustomerSide:
    """The customer's end, from the keys of a virtual interface."""
    bfd = CustomerBfd(
        interval=written.bfd_interval, multiplier=written.bfd_multiplier, checks_control_plane=written.bfd_checks_control_plane
    )
    return replace(customer_side(written), graceful_restart=written.graceful_restart, bfd=bfd)
