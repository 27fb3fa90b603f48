"""Quantities such as `5%` or `10mbit`. A number without a unit is an error."""

import re
from collections.abc import Callable

from lab.intent.document.rate import rate
from lab.intent.document.wording import shown

_PART = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?%", re.ASCII)
_SMALLEST_PART = 1e-6
_OUTSIDE = "expected more than 0% and less than 100%, found {} (to lose everything use silent-loss)"

PART_PATTERN = r"^\d+(\.\d+)? ?%$"


def part(written: object) -> float:
    """A fraction between 0 and 1, from a percentage in a YAML file. Raises ValueError with the message for the user."""
    match written:
        case bool():
            pass
        case int() | float() if _SMALLEST_PART <= written < 1:  # a user who writes 0.05 probably means a fraction
            fraction = f"{written * 100:.6f}".rstrip("0").rstrip(".")
            raise ValueError(f"{written} has no unit (write {fraction}% if you mean the fraction {written}, else {written}%)")
        case int() | float() if 1 <= written < 100:
            raise ValueError(f"{written} has no unit (write {written}%)")
        case int() | float():
            raise ValueError(_OUTSIDE.format(written))
        case str() if match := _PART.fullmatch(written):
            percent = float(match[1])
            if 0 < percent < 100:
                return percent / 100
            raise ValueError(_OUTSIDE.format(written))
    raise ValueError(f"expected a percentage such as 5%, found {shown(written)}")


def bits_per_second(written: object) -> int:
    """The bits per second of a limit that a link can get. Raises ValueError with the message for the user."""
    return rate(written, "8kbit", "10gbit", "10mbit or 500kbit")


def whole(least: int, most: int, otherwise: str) -> Callable[[object], int]:
    """A function that checks for a whole number from `least` to `most`.

    It raises ValueError with the message for the user. `otherwise` is the end of the message: what to do.
    """

    def check(written: object) -> int:
        if isinstance(written, int) and not isinstance(written, bool) and least <= written <= most:
            return written
        raise ValueError(f"expected a whole number from {least} to {most}, found {shown(written)} ({otherwise})")

    return check
