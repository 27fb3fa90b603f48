"""The keys of the IPv6 session of a virtual interface. A key that is not written has the value that it has for IPv4."""

from dataclasses import replace
from typing import Annotated, Literal, Protocol

from pydantic import Field

from lab.intent.document.fields import NotNull, Written
from lab.intent.topology.customer_side import BfdInterval, BfdMultiplier, GracefulRestart, Prefer, Timers
from lab.model.customer_side import CustomerBfd, CustomerSide, SessionTimers
from lab.model.dx_session import Ipv6Session, LocalPreference


class Ipv6Document(Written):
    """The BGP session of a virtual interface for IPv6. A key that is not written has the value that it has for IPv4."""

    bfd: Annotated[bool | None, NotNull, Field(examples=[False], description="Whether your router runs BFD for IPv6.")] = None
    timers: Timers = None
    graceful_restart: GracefulRestart = None
    bfd_interval: BfdInterval = None
    bfd_multiplier: BfdMultiplier = None
    prefer: Prefer = None
    local_preference: Annotated[
        Literal["low", "medium", "high"] | None,
        NotNull,
        Field(examples=["high"], description="How much AWS prefers this path back to you for IPv6."),
    ] = None
    as_path_prepend: Annotated[
        Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": 10})] | None,
        NotNull,
        Field(examples=[2], description="How often your router adds its own ASN to its IPv6 announcements."),
    ] = None


Ipv6 = Annotated[
    Ipv6Document | None,
    NotNull,
    Field(
        examples=[{"bfd": False}],
        description="It also carries IPv6, with a BGP session of its own. `{}`: this session is like the one for IPv4. "
        "Whatever differs is written here.",
    ),
]


class DualStack(Protocol):
    """A document of a virtual interface, as far as the IPv6 session takes its values from there."""

    @property
    def bfd(self) -> bool:
        """The key `bfd`."""

    @property
    def local_preference(self) -> str | None:
        """The key `local_preference`."""

    @property
    def as_path_prepend(self) -> int:
        """The key `as_path_prepend`."""

    @property
    def ipv6(self) -> Ipv6Document | None:
        """The key `ipv6`."""


def ipv6_session(written: DualStack, customer: CustomerSide) -> Ipv6Session | None:
    """The IPv6 session of a virtual interface. `customer`: the customer's end of its IPv4 session. None if it carries only IPv4.

    Lists of IPv4 prefixes do not count for IPv6. BFD's numbers do not count without BFD.
    """
    own = written.ipv6
    if own is None:
        return None
    has_bfd = written.bfd if own.bfd is None else own.bfd
    preference = own.local_preference or written.local_preference
    return Ipv6Session(
        bfd=has_bfd,
        local_preference=LocalPreference[preference.upper()] if preference else None,
        as_path_prepend=written.as_path_prepend if own.as_path_prepend is None else own.as_path_prepend,
        customer=replace(
            customer,
            prefer=customer.prefer if own.prefer is None else own.prefer,
            accept=(),
            announce=(),
            timers=SessionTimers(keepalive=own.timers.keepalive, hold=own.timers.hold) if own.timers else customer.timers,
            graceful_restart=customer.graceful_restart if own.graceful_restart is None else own.graceful_restart,
            bfd=_bfd(own, customer.bfd, has_bfd=has_bfd),
        ),
    )


def _bfd(own: Ipv6Document, ipv4: CustomerBfd, *, has_bfd: bool) -> CustomerBfd:
    inherited = ipv4 if has_bfd else CustomerBfd()
    return replace(
        inherited,
        interval=inherited.interval if own.bfd_interval is None else own.bfd_interval,
        multiplier=inherited.multiplier if own.bfd_multiplier is None else own.bfd_multiplier,
    )
