"""Durations such as `300ms`, `1.5s`, `10s` or `2m`. A number without a unit is an error."""

import re

from lab.errors import InputError, Problem
from lab.intent.document.wording import shown

_WRITTEN = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m)", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_LONGEST_SECONDS = 24 * 3600.0

DURATION_PATTERN = r"^\d+(\.\d+)?(ms|s|m)$"
"""A duration, as a JSON Schema pattern."""


def parse_duration(text: str, place: str = "duration") -> float:
    """The seconds (0 or more) of a duration on the command line. Raises InputError; `place` names the option."""
    try:
        return seconds(text)
    except ValueError as error:
        raise InputError([Problem(place=place, message=str(error))]) from None


def seconds(written: object) -> float:
    """The seconds of a duration in a YAML file. Raises ValueError with the message for the user."""
    match written:
        case bool():
            pass
        case int() | float() if written >= 0:
            raise ValueError(f"{written} has no unit (write {written}s, or {written}ms)")
        case str() if match := _WRITTEN.fullmatch(written):
            return _checked(float(match[1]), match[2])
        case str() if _NUMBER.fullmatch(written) and len(written) <= 12:
            raise ValueError(f"{written} has no unit (write {written}s, or {written}ms)")
    raise ValueError(f"expected a duration such as 300ms, 1.5s, 10s or 2m, found {shown(written)}")


def _checked(number: float, unit: str) -> float:
    length = number / 1000 if unit == "ms" else number * (60 if unit == "m" else 1)
    if length > _LONGEST_SECONDS:
        raise ValueError("the duration is longer than one day, the limit (write a shorter duration)")
    return length
