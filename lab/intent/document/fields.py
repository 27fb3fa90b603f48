"""The types of values in a YAML file. Each has its validation, its message and its JSON Schema."""

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from lab.intent.document.duration import DURATION_PATTERN, seconds
from lab.intent.document.rate import RATE_PATTERN, rate
from lab.intent.document.wording import shown
from lab.model.plan import Timers

_ONE, _EACH = ALTERNATIVES = ("\0one", "\0each")
"""pydantic's names for the two forms of a duration, in the places of errors. No key of a file can be equal to them."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,10})?) ?%", re.ASCII)
_MOST_FAILURES = 1_000_000
_LENGTH = re.compile(r".+/[0-9]{1,2}", re.ASCII)
_IPV6_LENGTH = re.compile(r".+/[0-9]{1,3}", re.ASCII)
_IPV6_KEYS = "ipv6_prefixes of a site, ipv6_cidr of a VPC, or allowed_ipv6_prefixes"


class Written(BaseModel):
    """The base of all models of YAML mappings. Unknown keys are errors. Values are not converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def checked(check: Callable[[object], object]) -> BeforeValidator:
    """A pydantic validator that calls `check`. `check` raises ValueError with the message for the user."""

    def validate(written: object) -> object:
        try:
            return check(written)
        except ValueError as error:
            # pydantic treats braces in the text as a template.
            raise PydanticCustomError("written", "{message}", {"message": str(error)}) from None

    return BeforeValidator(validate)


def refused(reason: str) -> BeforeValidator:
    """A validator that refuses a key with the reason why there is no such thing here."""

    def refuse(_: object) -> object:
        raise ValueError(reason)

    return checked(refuse)


def valid_name(written: object) -> str:
    """The value, if it is a name that containers and links can have. Raises ValueError. `--` is reserved for links (`a--b`)."""
    if not isinstance(written, str):
        raise ValueError(f"expected a name, found {shown(written)}")
    if not _NAME.fullmatch(written):
        raise ValueError(
            f"{shown(written)} is not a valid name (use lower-case letters, digits and hyphens, a letter first, at most 31 characters)"
        )
    if "--" in written:
        raise ValueError(f"{shown(written)} has two hyphens in a row, but only names of links may have two (write one hyphen)")
    return written


def _prefix(written: object) -> IPv4Network:
    if not isinstance(written, str):
        raise ValueError(f"expected a prefix such as 10.1.0.0/16, found {shown(written)}")
    if not _LENGTH.fullmatch(written):
        raise ValueError(f"expected a prefix such as 10.1.0.0/16, found {shown(written)} (write address/length)")
    try:
        network = ip_network(written, strict=False)
    except ValueError:
        raise ValueError(f"expected a prefix such as 10.1.0.0/16, found {shown(written)}") from None
    if isinstance(network, IPv6Network):
        raise ValueError(f"{written} is IPv6, and this key is for IPv4 (write it in {_IPV6_KEYS})")
    if str(network.network_address) != written.partition("/")[0]:
        raise ValueError(f"{written} has host bits set (write {network})")
    return network


def _inside_cidr(written: object) -> IPv4Network:
    if isinstance(written, str) and ":" in written:
        why = "the lab carries only IPv4 in VPN tunnels. AWS has IPv6 there only on a transit gateway"
        raise ValueError(f"{written} is IPv6, and {why} (write a /30 such as 169.254.10.0/30)")
    return _prefix(written)


def _ipv6_prefix(written: object) -> IPv6Network:
    example = "expected an IPv6 prefix such as 2001:db8:1::/48"
    if not isinstance(written, str) or not _IPV6_LENGTH.fullmatch(written):
        raise ValueError(f"{example}, found {shown(written)}")
    try:
        network = ip_network(written, strict=False)
    except ValueError:
        raise ValueError(f"{example}, found {shown(written)}") from None
    if isinstance(network, IPv4Network):
        raise ValueError(f"{written} is IPv4, and this key is for IPv6 (write an IPv6 prefix such as 2001:db8:1::/48)")
    if network.network_address != ip_address(written.partition("/")[0]):
        raise ValueError(f"{written} has host bits set (write {network})")
    return network


def _bandwidth(written: object) -> int:
    return rate(written, "1mbit", "400gbit", "10gbit or 500mbit")


def _something(written: object) -> object:
    if written is None:
        raise ValueError("expected a value, found nothing (write a value, or remove the key)")
    return written


def _text(written: object) -> str:
    if not isinstance(written, str) or not written.strip():
        raise ValueError(f"expected a sentence, found {shown(written or None)}")
    return written


def _share(written: object) -> float:
    """A share of the time in a YAML file, 0 to 1. Raises ValueError with the message for the user."""
    number = _number(written, "a number from 0 to 1, for instance 0.999")
    if not 0 <= number <= 1:
        percent = f", and {shown(number)} % is {number / 100:.10g}" if 1 < number <= 100 else ""
        raise ValueError(f"expected a number from 0 to 1, found {shown(written)} (1 is always up{percent})")
    return number


def _how_often(written: object) -> float:
    """A number of times a year in a YAML file. Raises ValueError with the message for the user."""
    number = _number(written, "a number of failures a year, for instance 2")
    if not 0 <= number <= _MOST_FAILURES:
        raise ValueError(f"expected 0 to {_MOST_FAILURES} failures a year, found {shown(written)}")
    return number


def _number(written: object, expected: str) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float):
        percent = _PERCENT.fullmatch(written) if isinstance(written, str) else None
        hint = f" ({percent[1]} % is {float(percent[1]) / 100:.10g})" if percent else ""
        raise ValueError(f"expected {expected}, found {shown(written)}{hint}")
    return float(written)


Name = Annotated[str, checked(valid_name), Field(json_schema_extra={"pattern": f"^{_NAME.pattern}$"})]
Text = Annotated[str, checked(_text), Field(json_schema_extra={"minLength": 1})]
Prefix = Annotated[IPv4Network, checked(_prefix), WithJsonSchema({"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/[0-9]+$"})]
InsideCidr = Annotated[
    IPv4Network, checked(_inside_cidr), WithJsonSchema({"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/[0-9]+$"})
]
Ipv6Prefix = Annotated[IPv6Network, checked(_ipv6_prefix), WithJsonSchema({"type": "string", "pattern": r"^[0-9a-fA-F:]+/[0-9]+$"})]
Seconds = Annotated[float, checked(seconds), WithJsonSchema({"type": "string", "pattern": DURATION_PATTERN})]
Bandwidth = Annotated[int, checked(_bandwidth), WithJsonSchema({"type": "string", "pattern": RATE_PATTERN})]
Share = Annotated[float, checked(_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
HowOften = Annotated[float, checked(_how_often), WithJsonSchema({"type": "number", "minimum": 0, "maximum": _MOST_FAILURES})]
NotNull = checked(_something)
"""For optional keys: the key may be missing, but if it is there it needs a value."""


class ByTimers(Written):
    """A duration with one value for each timer profile."""

    tuned: Annotated[Seconds, Field(examples=["1.5s"], description="The duration under `--timers tuned`.")]
    default: Annotated[Seconds, Field(examples=["32s"], description="The duration under `--timers default`.")]

    def under(self, timers: Timers) -> float:
        """How many seconds the duration has with this timer profile."""
        return self.tuned if timers is Timers.TUNED else self.default


Duration = Annotated[
    Annotated[Seconds, Tag(_ONE)] | Annotated[ByTimers, Tag(_EACH)],
    Discriminator(lambda written: _EACH if isinstance(written, dict | ByTimers) else _ONE),
]
"""One duration, or one for each timer profile."""

PREDICTED: Literal["predicted"] = "predicted"
"""The word that means the predicted duration."""

DurationOrPredicted = Annotated[
    Annotated[Seconds, Tag(_ONE)] | Annotated[ByTimers, Tag(_EACH)] | Annotated[Literal["predicted"], Tag(PREDICTED)],
    Discriminator(lambda written: PREDICTED if written == PREDICTED else _EACH if isinstance(written, dict | ByTimers) else _ONE),
]
"""A `Duration`, or the word `predicted`."""


def under(timers: Timers, duration: float | ByTimers) -> float:
    """The seconds of a duration under a timer profile."""
    return duration.under(timers) if isinstance(duration, ByTimers) else duration


def by_profile(duration: float | ByTimers) -> tuple[float, float]:
    """How many seconds a duration has with the timer profiles tuned and default, in this order."""
    return (duration.tuned, duration.default) if isinstance(duration, ByTimers) else (duration, duration)
