"""Rates such as `10gbit` or `500kbit`. A number without a unit is an error."""

import re

from lab.intent.document.wording import shown

_RATE = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?(bit|kbit|mbit|gbit)", re.ASCII)
_BITS = {"bit": 1, "kbit": 1_000, "mbit": 1_000_000, "gbit": 1_000_000_000}
RATE_PATTERN = r"^\d+(\.\d+)? ?(bit|kbit|mbit|gbit)$"
"""A rate, as a JSON Schema pattern."""


def rate(written: object, least: str, most: str, examples: str) -> int:
    """The bits per second of a rate in a YAML file, from `least` to `most`. Raises ValueError with the message for the user."""
    match written:
        case bool():
            pass
        case int() | float():
            raise ValueError(f"{written} has no unit (write {written}mbit, or {written}kbit)")
        case str() if match := _RATE.fullmatch(written):
            bits = _bits(match)
            if _bits_of(least) <= bits <= _bits_of(most):
                return bits
            raise ValueError(f"expected {least} to {most}, found {written}")
    raise ValueError(f"expected a rate such as {examples}, found {shown(written)}")


def _bits(match: re.Match[str]) -> int:
    return round(float(match[1]) * _BITS[match[2]])


def _bits_of(rate: str) -> int:
    match = _RATE.fullmatch(rate)
    return _bits(match) if match else 0
