"""Suggestions for a misspelt word."""

import difflib
from collections.abc import Iterable
from itertools import takewhile

_LISTED = 12


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most similar to `word`. None if none is similar.

    If two words are equally similar, the one with more equal first letters wins, then the first one in `known`.
    """
    by_lower = {candidate.lower(): candidate for candidate in known}
    matches = difflib.get_close_matches(word.lower(), by_lower, n=len(by_lower) or 1, cutoff=0.6)
    in_order = [candidate for candidate in by_lower if candidate in matches]
    return by_lower[max(in_order, key=lambda candidate: _closeness(word.lower(), candidate))] if in_order else None


def _closeness(word: str, candidate: str) -> tuple[float, int]:
    """The similarity of two words (0 to 1), and the number of their equal first letters."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, candidate, strict=False))
    return difflib.SequenceMatcher(None, candidate, word).ratio(), len(list(alike))


def way_out(word: str, known: Iterable[str], meant: str | None = None) -> str:
    """The suggestion for an unknown word, in brackets: the word that is `meant` or similar first, then all known words."""
    words = tuple(dict.fromkeys(known))
    meant = meant or near(word, words)
    guess = f"did you mean {meant!r}?; " if meant else ""
    return f"({guess}known: {listed(words)})"


def listed(words: Iterable[str]) -> str:
    """The words, separated by commas: at most twelve, and then how many more there are. `none` if there are no words."""
    each = tuple(words)
    more = f", and {len(each) - _LISTED} more" if len(each) > _LISTED else ""
    return ", ".join(each[:_LISTED]) + more if each else "none"
