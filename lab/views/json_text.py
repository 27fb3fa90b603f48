"""Write JSON as all views need it: keys in the given order, indented by 2 spaces, times rounded to microseconds."""

import json
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from lab.model.ip import Address, Prefix
from lab.views.plain_text import in_json

Json = None | bool | int | float | str | Address | Prefix | Sequence["Json"] | Mapping[str, "Json"]
"""A JSON value. Addresses are written as strings."""


class Unrounded(float):
    """A number that is not rounded, because all its digits matter: for instance a probability near 1."""


def json_text(value: Json) -> str:
    """A value as JSON text that ends with a newline. Raises ValueError for infinity and NaN, because JSON does not have them."""
    return in_json(json.dumps(_rounded(value), indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def _rounded(value: Json) -> Json:
    """The value, with its floating-point numbers rounded to microseconds (the resolution of packet times), and its addresses as text."""
    match value:
        case Unrounded():
            return float(value)
        case float():
            return round(value, 6)
        case IPv4Address() | IPv4Network() | IPv6Address() | IPv6Network():
            return str(value)
        case Mapping():
            return {key: _rounded(item) for key, item in value.items()}
        case None | bool() | int() | str():
            return value
    return [_rounded(item) for item in value]
