"""The keys for the customer's end of a virtual interface or VPN connection. Both sections have the same ones."""

from ipaddress import IPv4Network
from typing import Annotated, Protocol

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from lab.intent.document.fields import NotNull, Prefix, checked
from lab.model.customer_side import CustomerSide

Prefer = Annotated[
    Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": 4294967295})] | None,
    NotNull,
    Field(
        examples=[150],
        description="Your router's local preference for routes from AWS on it. The highest wins. Without this key: 200 on a virtual "
        "interface, 100 on a VPN connection. Over an interconnect the other site's circuits have 150, and its VPN connections 50.",
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


def _refused(reason: str) -> BeforeValidator:
    """A validator that refuses a key with the reason why there is no such thing here."""

    def refuse(_: object) -> object:
        raise ValueError(reason)

    return checked(refuse)


NoCommunities = SkipJsonSchema[
    Annotated[None, _refused("AWS reads communities for its preference (7224:7x00) only on virtual interfaces (use as_path_prepend)")]
]
NoBfd = SkipJsonSchema[
    Annotated[None, _refused("AWS has no BFD on a VPN, so yours would have no partner (remove bfd; BGP's hold time notices failures)")]
]
"""Keys that a VPN connection does not have, with AWS's reason. They are in no schema."""


class Written(Protocol):
    """A document with these keys."""

    @property
    def prefer(self) -> int | None:
        """The key `prefer`."""

    @property
    def accept(self) -> list[IPv4Network]:
        """The key `accept`."""

    @property
    def announce(self) -> list[IPv4Network]:
        """The key `announce`."""


def customer_side(written: Written) -> CustomerSide:
    """The customer's end, from the keys of a virtual interface or VPN connection."""
    return CustomerSide(prefer=written.prefer, accept=tuple(written.accept), announce=tuple(written.announce))
