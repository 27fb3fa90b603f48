"""Misspelt words: which known word was probably meant, and how a message says so."""

import difflib
from collections.abc import Iterable
from itertools import takewhile

_LISTED = 12


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant. None if none is close.

    If two words are equally close: the one with more equal first letters, then the first one in `known`.
    """
    by_lower = {candidate.lower(): candidate for candidate in known}
    matches = difflib.get_close_matches(word.lower(), by_lower, n=len(by_lower) or 1, cutoff=0.6)
    in_order = [candidate for candidate in by_lower if candidate in matches]
    return by_lower[max(in_order, key=lambda candidate: _closeness(word.lower(), candidate))] if in_order else None


def _closeness(word: str, candidate: str) -> tuple[float, int]:
    """How similar two words are, then how many of their first letters are equal."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, candidate, strict=False))
    return difflib.SequenceMatcher(None, candidate, word).ratio(), len(list(alike))


def way_out(word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word, in brackets: the similar word first, then the known words."""
    words = tuple(dict.fromkeys(known))
    meant = near(word, words)
    guess = f"did you mean {meant!r}?; " if meant else ""
    return f"({guess}known: {listed(words)})"


def listed(words: Iterable[str]) -> str:
    """Words separated by commas, cut after twelve. `none` if there are no words."""
    each = tuple(words)
    more = f", and {len(each) - _LISTED} more" if len(each) > _LISTED else ""
    return ", ".join(each[:_LISTED]) + more if each else "none"
