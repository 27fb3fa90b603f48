"""Values on the command line: what kind of value an option takes, and the message for a wrong value."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TypeVar

from lab.errors import InputError, Problem

NUMBER = "N"
"""The name in the help for a whole number from 1 up."""

_Word = TypeVar("_Word", bound=Enum)


def choice(word: str, option: str, kind: type[_Word]) -> _Word:
    """The member of an Enum that a word names. If there is none, raises InputError. Its message suggests a similar word and lists all."""
    known = {str(each.value): each for each in kind}
    if word not in known:
        raise InputError([_unknown(word, option, list(known))])
    return known[word]


def number(word: str | None, option: str) -> int | None:
    """The whole number from 1 up that a word stands for. None if the word is None. Raises InputError for any other word."""
    if word is None:
        return None
    if not _is_number(word):
        raise InputError([Problem(place=option, message=f"'{word}' is not a whole number from 1 up")])
    return int(word)


def wrong_values(given: Iterable[tuple[str, str, object]]) -> Iterator[Problem]:
    """A problem for each wrong value. `given`: for each value, its option, the kind of value that the option takes, and the value.

    Only numbers and words to choose from are checked here. The command checks other values.
    """
    for place, takes, word in given:
        if not isinstance(word, str):
            continue
        if "|" in takes and word not in takes.split("|"):
            yield _unknown(word, place, takes.split("|"))
        if takes == NUMBER and not _is_number(word):
            yield Problem(place=place, message=f"'{word}' is not a whole number from 1 up")


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word) >= 1


def _unknown(word: str, option: str, known: list[str]) -> Problem:
    from lab.spelling import near

    meant = near(word, known)
    guess = f". Did you mean {meant}?" if meant else ""
    return Problem(place=option, message=f"'{word}' is not one of {', '.join(known)}{guess}")
