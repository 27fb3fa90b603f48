"""Durations such as `300ms`, `1.5s`, `2m` or `8h`. A number without a unit is an error."""

import re

from lab.errors import InputError, Problem
from lab.intent.document.wording import shown

_WRITTEN = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)", re.ASCII)
_OTHERWISE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) *([a-z]+)", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_LONGEST_SECONDS = 24 * 3600.0
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_OTHER_WORDS = {"ms": ("msec", "millisecond"), "s": ("sec", "second"), "m": ("min", "minute"), "h": ("hr", "hour")}

DURATION_PATTERN = r"^\d+(\.\d+)?(ms|s|m|h)$"
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
    raise ValueError(f"expected a duration such as 300ms, 1.5s, 2m or 8h, found {shown(written)}{_meant(written)}")


def _meant(written: object) -> str:
    """The duration in our units, in brackets, if it is written in other words: `5 min`. Otherwise ""."""
    match = _OTHERWISE.fullmatch(written) if isinstance(written, str) else None
    word = match[2].lower() if match else ""
    unit = next((unit for unit, others in _OTHER_WORDS.items() if word.removesuffix("s") in others or word == unit), None)
    return f" (write {match[1]}{unit})" if match and unit else ""


def _checked(number: float, unit: str) -> float:
    length = number / 1000 if unit == "ms" else number * _SECONDS[unit]
    if length > _LONGEST_SECONDS:
        raise ValueError("the duration is longer than one day, the limit (write a shorter duration)")
    return length
