"""Printed: what one command of the AWS CLI printed, and the table of readers for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lab.importers.account import Thing
from lab.importers.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One JSON object that a command printed. `file`: where it came from, for messages. `region`: its Region, "" if unknown.

    `is_found`: it was found in a folder. The user did not name it, so it may be something else.
    """

    file: str
    region: str
    data: dict[str, object]
    is_found: bool = False


Read = Callable[[Record, str], Iterator[Thing]]
"""Read one object of a list. Given are the object, and the Region of the file ("" if unknown)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the list under one top-level key is read. `is_one`: there is one object in place of a list.

    - `command`: the command that prints it.
    - `needs_region`: its objects do not say their Region, so the file must.
    - `belongs_to`: the key beside the list that says what it belongs to. `read` is given its value ("" if there is none), not the Region.
    """

    command: str
    read: Read
    needs_region: bool = True
    belongs_to: str = ""
    is_one: bool = False


def nothing(why: str) -> Read:
    """A reader for output that is known, but not needed. `why` is not told to the user: nothing is lost."""

    def read(_: Record, __: str) -> Iterator[Thing]:
        yield from ()

    read.__doc__ = why
    return read
